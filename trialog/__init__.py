"""Trialog: a conversational guide to clinical studies."""
