"""Webhooks: what happened, told to other programs."""
