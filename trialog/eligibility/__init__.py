"""The preliminary questionnaire: reading answers, judging them, and its course. Pure functions; knows neither Rasa nor the web."""
