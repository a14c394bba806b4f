"""Whole conversations written down in YAML: read, played, compared with what was expected, and written."""
