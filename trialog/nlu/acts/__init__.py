"""What a message does in a conversation, beside what it is about."""
