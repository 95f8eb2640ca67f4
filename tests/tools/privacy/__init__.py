"""Tests of a person's own data: handed out, forgotten, kept for a time."""
