"""How a language is read: phrases, sentences, numbers, ages. Knows no study and no Rasa; another language writes it anew."""
