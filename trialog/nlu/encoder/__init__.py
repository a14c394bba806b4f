"""The sentence encoder and the form in which it is kept."""
