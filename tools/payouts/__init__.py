"""Payouts: money a payment provider sent to the organiser's bank."""
