"""Fills an organisation with the demo's world, through the operations themselves, dates moved to the coming months."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from tools.context import Caller, Greenroom

_WORLD: dict[str, Any] = json.loads(files("embedded.seed").joinpath("world.json").read_text())
WORLD_NOW = datetime.fromisoformat(_WORLD["now"])


async def seed_world(greenroom: Greenroom, caller: Caller, today: date, timezone: str = "Europe/Amsterdam") -> None:
    """Venues, events, ticket types, orders 1042 to 1049 and sponsors. Weekdays stay: dates move by whole weeks to after `today`."""
    weeks = max(0, -(-(today - WORLD_NOW.date()).days // 7))
    zone = ZoneInfo(timezone)

    async def do(operation: str, data: dict[str, Any]) -> Any:
        call = greenroom.catalog[operation]
        # A key per row: a start that was cut off goes on where it stopped.
        key = f"seed/{operation}/{json.dumps(data, sort_keys=True, default=str)}"[:255]
        return await call(greenroom, replace(caller, idempotency_key=key), call.input.model_validate(data))

    for venue in _WORLD["venues"]:
        await do("create_venue", venue)
    for event in _WORLD["events"]:
        start = datetime.fromisoformat(event["start_date"]).replace(tzinfo=zone) + timedelta(weeks=weeks)
        made = {"name": event["name"], "description": event["description"], "start_date": start.isoformat()}
        made["end_date"] = (start + timedelta(hours=event["hours"])).isoformat()
        await do("create_event", made | ({"venue": event["venue"]} if event["venue"] else {}))
        if event.get("book"):
            await do("book_venue", {"event": event["name"], "venue": event["venue"]})
    for ticket_type in _WORLD["ticket_types"]:
        await do("create_ticket_type", ticket_type)
    for event in _WORLD["events"]:
        if event.get("publish"):
            await do("publish_event", {"event": event["name"]})
    for order in _WORLD["orders"]:
        await do("sell_tickets", order)
    for sponsor in _WORLD["sponsors"]:
        await do("add_sponsor", sponsor)
