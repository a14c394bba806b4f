"""The script: all that the assistant can say, to be read, compared and approved by people."""
