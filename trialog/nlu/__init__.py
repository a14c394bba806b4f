"""Understanding: what a message asks for and which words it names, as components of Rasa's pipeline."""
