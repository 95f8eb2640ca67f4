"""Venues, their spaces, and who has booked them when."""
