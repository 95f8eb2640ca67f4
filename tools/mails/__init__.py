"""Mails to buyers: which ones follow from what happened, what they say, and how they leave."""
