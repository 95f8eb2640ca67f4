"""Conversations and their runs: who owns a thread, and which process holds the turn under way."""
