"""Loads the cases and maps their labels (`title`, `starts_at`, `price`) to our operations; scores nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage, ToolMessage

from tools.kit.money import exponent

DATASETS = Path(__file__).parent / "datasets"
NAMES = {
    "title": "name",
    "starts_at": "start_date",
    "ends_at": "end_date",
    "price": "price_amount",
    "order_id": "order",
    "percent": "percent_basis_points",
    "off": "off_amount",
    "keep": "keep_amount",
}
"""Labels of the datasets -> inputs of our operations; a label not named here is the input's own name."""
MONEY = frozenset(("price_amount", "amount", "off_amount", "keep_amount"))
MOMENTS = frozenset(("start_date", "end_date", "valid_until", "sales_start", "sales_end"))


@dataclass(frozen=True, slots=True)
class World:
    """The moment and the organisation the utterances speak of."""

    now: str
    events: tuple[dict[str, Any], ...]
    venues: tuple[dict[str, Any], ...]
    currency: str = "EUR"
    timezone: str = "Europe/Amsterdam"

    def aware(self, wall: str) -> str:
        """A wall time of the dataset as RFC 3339 with the organisation's offset; a date alone stays a date."""
        return (
            wall
            if len(wall) == 10
            else datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(self.timezone)).isoformat()
        )

    def context(self) -> dict[str, Any]:
        """What the system message tells a model."""
        return {
            "now": self.aware(self.now),
            "timezone": self.timezone,
            "currency": self.currency,
            "locale": "en",
            "organization": "Canal Events",
            "events": [
                {
                    "id": f"event-{n}",
                    "name": e["name"],
                    "start_date": self.aware(e["starts_at"]),
                    "end_date": None,
                    "venue": e["venue"],
                    "status": "published",
                }
                for n, e in enumerate(self.events, 1)
            ],
            "venues": [{"id": f"venue-{n}", **v} for n, v in enumerate(self.venues, 1)],
        }


@dataclass(frozen=True, slots=True)
class Expected:
    """A call a case accepts. `args` maps an input to its allowed values; `optional` may be left out, `loose` are matched by meaning."""

    operation: str
    args: dict[str, tuple[Any, ...]]
    optional: frozenset[str] = frozenset()
    loose: frozenset[str] = frozenset()
    may_be_absent: bool = False


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file of the conversation; `latest`: it came with the utterance."""

    id: str
    name: str
    media_type: str
    latest: bool

    @classmethod
    def of(cls, case_id: str, name: str, media_type: str, latest: bool) -> SentFile:
        return cls(file_id(case_id, name), name, media_type, latest)


def file_id(case_id: str, name: str) -> str:
    """The id by which a case's file goes, the same on every stage."""
    return str(uuid5(NAMESPACE_URL, f"{case_id}/{name}"))


@dataclass(frozen=True, slots=True)
class Case:
    """One utterance with what was said before and every plan that is right."""

    id: str
    text: str
    accepts: tuple[tuple[Expected, ...], ...]
    history: tuple[tuple[Any, ...], ...] = ()
    ask: tuple[str, ...] = ()
    events: tuple[dict[str, Any], ...] = field(default=())
    """Events beside the world's own, where a case needs them."""
    given: tuple[tuple[str, dict[str, Any]], ...] = field(default=())
    """What was done before, so that the utterance has something to speak of: operations with their inputs."""
    files: tuple[SentFile, ...] = ()

    def messages(self, world: World) -> list[BaseMessage]:
        """The conversation a model sees, the utterance last."""
        context = world.context()
        context["events"] += [
            {
                "id": f"extra-{n}",
                "name": e["name"],
                "start_date": world.aware(e["starts_at"]),
                "end_date": None,
                "venue": e.get("venue"),
                "status": "draft",
            }
            for n, e in enumerate(self.events)
        ]
        if self.files:
            context["attachments"] = [
                {"id": f.id, "name": f.name, "type": f.media_type, "bytes": 9, "with_last_message": f.latest}
                for f in self.files
            ]
        told: list[BaseMessage] = [SystemMessage(f"You are Greenroom.\n<context>{json.dumps(context)}</context>")]
        for number, turn in enumerate(self.history):
            told += _turn(turn, world, f"{self.id}-{number}")
        return [*told, HumanMessage(self.text)]


def _turn(turn: Sequence[Any], world: World, key: str) -> list[BaseMessage]:
    kind = turn[0]
    if kind == "user":
        return [HumanMessage(turn[1])]
    if kind == "assistant":
        return [AIMessage(turn[1])]
    if kind == "proposed":
        steps = [
            {"index": n, "operation": name, "input": _plain_args(args, world)} for n, (name, args) in enumerate(turn[1])
        ]
        calls = [
            {"name": s["operation"], "args": s["input"], "id": f"{key}-{n}", "type": "tool_call"}
            for n, s in enumerate(steps)
        ]
        card = json.dumps({"proposal": {"id": key, "status": turn[2] if len(turn) > 2 else "proposed", "steps": steps}})
        return [AIMessage("", tool_calls=calls), *(ToolMessage(card, tool_call_id=call["id"]) for call in calls)]
    _, name, args, result = turn
    call = {"name": name, "args": _plain_args(args, world), "id": key, "type": "tool_call"}
    return [AIMessage("", tool_calls=[call]), ToolMessage(json.dumps(_result(name, result)), tool_call_id=key)]


def _plain_args(args: dict[str, Any], world: World) -> dict[str, Any]:
    currency = str(args.get("currency", world.currency))
    return {
        NAMES.get(label, label): _value(NAMES.get(label, label), value, currency, world)
        for label, value in args.items()
    }


def _result(name: str, result: dict[str, Any]) -> dict[str, Any]:
    """A labelled tool result in the shape our tools answer with."""
    if name == "find_venues":
        return {"items": result["venues"], "next_cursor": None}
    if name == "sell_tickets":
        return {
            "proposal": {
                "status": "applied",
                "preview": {
                    "steps": [
                        {"ok": True, "result": {"number": result["order_id"], "total_amount": result.get("total")}}
                    ]
                },
            }
        }
    return {"proposal": {"status": "applied"}} if result.get("ok") else result


def _value(name: str, value: Any, currency: str, world: World) -> Any:
    if name in MOMENTS and isinstance(value, str):
        return world.aware(value)
    if name == "percent_basis_points":
        return int(Decimal(str(value)) * 100)
    if name in MONEY:
        return int(Decimal(str(value)).scaleb(exponent(currency)))
    return value


def _expected(labelled: dict[str, Any], world: World, case_id: str) -> Expected:
    operation = str(labelled["call"])
    args: dict[str, tuple[Any, ...]] = {}
    optional, loose = set(), set()
    currencies = [v for k, v in labelled["args"].items() if k.lstrip("?~") == "currency"]
    currency = str(currencies[0]) if currencies else world.currency
    for label, value in labelled["args"].items():
        name = NAMES.get(label.lstrip("?~"), label.lstrip("?~"))
        values = value if isinstance(value, list) else [value]
        if name == "file":
            values = [file_id(case_id, one) for one in values]
        args[name] = tuple(_value(name, v, currency, world) for v in values)
        if label.startswith("?"):
            optional.add(name)
        if label.startswith("~"):
            loose.add(name)
    if operation.lstrip("?") == "book_venue":
        # Our booking takes hours, not a date: the event's own day is the booking's.
        args.pop("date", None)
    return Expected(
        operation.lstrip("?"), args, frozenset(optional & set(args)), frozenset(loose), operation.startswith("?")
    )


def load_world() -> World:
    """The organisation of the datasets."""
    told = json.loads((DATASETS / "organiser-world.json").read_text(encoding="utf-8"))["world"]
    return World(told["now"], tuple(told["events"]), tuple(told["venues"]), told["currency"])


def load(name: str) -> list[Case]:
    """The cases of `evals/datasets/<name>.json`. Raises FileNotFoundError for an unknown name."""
    world = load_world()
    rows = json.loads((DATASETS / f"{name}.json").read_text(encoding="utf-8"))
    return [
        Case(
            id=row["id"],
            text=row["text"],
            accepts=tuple(tuple(_expected(call, world, row["id"]) for call in plan) for plan in row["accept"]),
            history=tuple(tuple(turn) for turn in row.get("history") or ()),
            ask=tuple(row.get("ask") or ()),
            events=tuple(row.get("events") or ()),
            given=tuple((name, _plain_args(args, world)) for name, args in row.get("given") or ()),
            files=tuple(SentFile.of(row["id"], *file) for file in row.get("files") or ()),
        )
        for row in rows
    ]
