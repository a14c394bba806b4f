"""One conversation: the trained assistant, and what is stored of it."""
