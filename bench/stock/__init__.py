"""Stock Rasa with our intents, to be measured beside Trialog."""
