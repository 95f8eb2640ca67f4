"""Attendees: who comes on which ticket, and the papers they come with."""
