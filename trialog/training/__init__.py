"""What only builders run: evaluation, checks of the training data, training of the danger model."""
