"""The widths in which pictures are kept beside themselves, for whoever makes them and whoever asks for one. Knows no noun."""

from __future__ import annotations

from uuid import UUID

WIDTHS = (320, 960, 1600)
"""Pixels: a thumbnail, a phone's screen, a page."""


def width_asking_for(width: int) -> int:
    """The step by which a copy so wide is asked for; of what is not wide there is one copy, as wide as the picture."""
    return next((step for step in WIDTHS if step >= width), WIDTHS[-1])


def poster_version(file_id: str) -> str:
    """What stands in a poster's address for this picture, so that another one has another address."""
    return UUID(file_id).hex[-16:]
