"""What only builders run: training, evaluation, checks of the training data."""
