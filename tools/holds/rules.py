"""What is decided about holds, without a database."""

from __future__ import annotations

from tools.context import Standing
from tools.errors import InvalidInput
from tools.holds.models import Hold
from tools.kit.zones import say_when

DEFAULT_SECONDS = 2 * 24 * 3600
MOST_EXTENSIONS = 100_000
"""The organiser may always ask for more time; buyers may three times."""


def seconds_of(minutes: int | None, days: int | None) -> int:
    """Raises InvalidInput when both are given."""
    if minutes is not None and days is not None:
        raise InvalidInput("Give minutes or days, not both.")
    if minutes is not None:
        return minutes * 60
    return days * 24 * 3600 if days is not None else DEFAULT_SECONDS


def told_held(hold: Hold, standing: Standing) -> str:
    whom = f" for {hold.label}" if hold.label else ""
    return f"Hold {_what(hold)} of {hold.event_name}{whom} until {say_when(hold.expires_at, None, standing.timezone)}"


def told_extended(hold: Hold, standing: Standing) -> str:
    return f"Keep {_what(hold)} of {hold.event_name} until {say_when(hold.expires_at, None, standing.timezone)}"


def told_released(hold: Hold, _: Standing) -> str:
    return f"Give back {_what(hold)} of {hold.event_name} that were held"


def _what(hold: Hold) -> str:
    return ", ".join(f"{item.quantity:,} {item.ticket_type_name}" for item in hold.items)
