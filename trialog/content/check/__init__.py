"""Every fault of the content, found at once."""
