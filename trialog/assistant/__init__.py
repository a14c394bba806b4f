"""One conversation: the trained assistant, what it stores, and Rasa's parts fitted for one process."""
