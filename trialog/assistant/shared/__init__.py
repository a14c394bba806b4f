"""Conversations that several processes share: on Redis, and their dialogues on PostgreSQL where that is set."""
