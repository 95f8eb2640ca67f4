"""The waiting list of an event: who waits for which tickets, and the places offered to them."""
