"""What is true: studies, words explained and topics, loaded and checked. Knows neither Rasa nor the web."""
