"""Quotas: how many may be sold, of one ticket type, of several together, or of the whole event; and why it is sold out."""
