"""What a message in another language asks, and whether it tells of danger."""
