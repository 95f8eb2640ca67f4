"""Payments: money that comes and goes by a provider, and what became of it."""
