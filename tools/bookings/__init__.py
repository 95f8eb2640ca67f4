"""Bookings: which space an event has, and when."""
