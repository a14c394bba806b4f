"""Notices personal data, and which kind."""
