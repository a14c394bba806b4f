"""Whether a message tells of danger."""
