"""The ages of people in a text, as intervals of whole months."""
