"""The HTTP side: the API of docs/api.md, and the pages that use it."""
