"""What a message is: what it asks for and names, by components of Rasa."""
