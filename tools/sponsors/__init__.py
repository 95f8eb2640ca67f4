"""Sponsors and what they agreed for an event."""
