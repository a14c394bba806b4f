"""Rasa actions: they choose the reply; the words are in data/responses/ and content/."""
