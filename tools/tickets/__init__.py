"""Ticket types and the quotas that say how many may be sold."""
