"""What the planner is told about the organisation in the system message; nothing is looked up anywhere else."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_CONTEXT = re.compile(r"<context>(.*?)</context>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """An event the planner may name. `start` is wall time in the organisation's zone."""

    name: str
    start: datetime | None = None
    end: datetime | None = None
    venue: str | None = None
    status: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class KnownVenue:
    """A venue the planner may name."""

    name: str
    city: str = ""
    capacity: int | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file of the conversation."""

    id: str
    name: str
    is_picture: bool
    is_latest: bool
    """Whether it came with the last message."""


@dataclass(frozen=True, slots=True)
class World:
    """The moment, the place and the names of one request."""

    now: datetime
    zone: ZoneInfo
    currency: str = "EUR"
    month_first: bool = False
    organization: str = ""
    events: tuple[KnownEvent, ...] = field(default=())
    venues: tuple[KnownVenue, ...] = field(default=())
    files: tuple[KnownFile, ...] = ()
    """Of the conversation, the oldest first."""

    @property
    def attached(self) -> tuple[str, ...]:
        """Names of the files that came with the message."""
        return tuple(file.name for file in self.files if file.is_latest)

    @property
    def today(self) -> date:
        """Today's date where the organisation is."""
        return self.now.date()

    def event(self, name: str | None) -> KnownEvent | None:
        """The event of that name or id, if the planner was told of it."""
        wanted = (name or "").casefold()
        return next((e for e in self.events if wanted and wanted in (e.name.casefold(), e.id.casefold())), None)

    def venue(self, name: str | None) -> KnownVenue | None:
        """The venue of that name or id, if the planner was told of it."""
        wanted = (name or "").casefold()
        return next((v for v in self.venues if wanted and wanted in (v.name.casefold(), v.id.casefold())), None)

    @property
    def cities(self) -> tuple[str, ...]:
        """The cities that have a venue."""
        return tuple(dict.fromkeys(v.city for v in self.venues if v.city))


def instant(value: object, zone: ZoneInfo) -> datetime | None:
    """An RFC 3339 time as wall time in the zone; None for anything else."""
    if not isinstance(value, str):
        return None
    try:
        read = datetime.fromisoformat(value.replace("Z", "+00:00"))
    except ValueError:
        return None
    return read.replace(tzinfo=zone) if read.tzinfo is None else read.astimezone(zone)


def _zone(name: object) -> ZoneInfo:
    try:
        return ZoneInfo(str(name or "UTC"))
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def read_world(system_text: str) -> World:
    """The world in a system message's `<context>` block; an empty one (now, UTC) where there is none."""
    blocks = _CONTEXT.findall(system_text)
    told: dict[str, Any] = {}
    if blocks:
        try:
            loaded = json.loads(blocks[-1])
        except json.JSONDecodeError:
            loaded = {}
        told = loaded if isinstance(loaded, dict) else {}
    zone = _zone(told.get("timezone"))
    now = instant(told.get("now"), zone) or datetime.now(UTC).astimezone(zone)
    locale = str(told.get("locale") or "en").replace("_", "-").lower()
    return World(
        now=now,
        zone=zone,
        currency=str(told.get("currency") or "EUR"),
        month_first=locale in ("en-us", "en-ph"),
        organization=str(told.get("organization") or ""),
        events=tuple(_event(e, zone) for e in told.get("events") or () if isinstance(e, dict) and e.get("name")),
        venues=tuple(_venue(v) for v in told.get("venues") or () if isinstance(v, dict) and v.get("name")),
        files=tuple(_file(a) for a in told.get("attachments") or () if isinstance(a, dict) and a.get("name")),
    )


def _file(told: dict[str, Any]) -> KnownFile:
    return KnownFile(
        id=str(told.get("id") or ""),
        name=str(told["name"]),
        is_picture=str(told.get("type") or "").startswith("image/"),
        is_latest=bool(told.get("with_last_message")),
    )


def _event(told: dict[str, Any], zone: ZoneInfo) -> KnownEvent:
    venue = told.get("venue") or told.get("venue_name")
    if isinstance(venue, dict):
        venue = venue.get("name")
    start, end = instant(told.get("start_date"), zone), instant(told.get("end_date"), zone)
    return KnownEvent(
        str(told["name"]),
        start,
        end,
        str(venue) if venue else None,
        str(told.get("status") or ""),
        str(told.get("id") or ""),
    )


def _venue(told: dict[str, Any]) -> KnownVenue:
    capacity = told.get("capacity")
    return KnownVenue(
        str(told["name"]),
        str(told.get("city") or ""),
        capacity if isinstance(capacity, int) else None,
        str(told.get("id") or ""),
    )
