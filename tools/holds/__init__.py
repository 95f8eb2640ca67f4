"""Holds: places kept for somebody until a time, by a buyer who is deciding or by the organiser."""
