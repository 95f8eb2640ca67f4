"""Answers as tables and cards, refusals with what to do about them. Everything a service sent is text here, never markup."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from babel.numbers import get_currency_precision
from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from api.client import Refused

_AMOUNT = re.compile(r"(^|_)amount$")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters and changes of direction, by which a name could pose as something else on a terminal."""

_IN_NO_ROW = frozenset({"version", "created_at", "updated_at", "description", "digest", "next_cursor"})
_MOST_COLUMNS = 8
_LONGEST_CELL = 48
_FEWEST_COLUMNS = 3
_GAP = 3


def show(console: Console, answer: Any, *, as_json: bool) -> None:
    if as_json:
        console.out(json.dumps(answer, indent=2, ensure_ascii=not console.encoding.lower().startswith("utf")))
    elif answer is None:
        console.print("Done.")
    elif isinstance(answer, Mapping) and {"digest", "preview", "steps"} <= answer.keys():
        console.print(_proposal(answer))
    elif isinstance(answer, Mapping) and "next_cursor" in answer:
        console.print(_list(answer["items"], width=console.width))
        if answer["next_cursor"]:
            console.print(Text(f"There is more: --cursor {answer['next_cursor']}", style="dim"))
    elif isinstance(answer, Mapping):
        console.print(_thing(answer, console.width))
    else:
        console.print(plain(answer))


def show_refusal(console: Console, refusal: Refused) -> None:
    """What went wrong, where, and what to do."""
    console.print(Text.assemble(("Refused: ", "bold red"), plain(refusal.detail), (f" ({refusal.code})", "dim")))
    errors = refusal.problem.get("errors")
    for fault in errors[1:] if isinstance(errors, list) else ():
        console.print(plain(f"  {str(fault.get('pointer', '')).lstrip('/')}: {fault.get('message', '')}"))
    if refusal.remedy:
        console.print(Text.assemble(("What to do: ", "bold"), plain(refusal.remedy)))


def plain(value: Any) -> Text:
    """Text as it is: no markup of ours, no control of the terminal."""
    return Text(_UNPRINTABLE.sub("\ufffd", str(value)))


def money(amount: int, currency: str) -> str:
    """`2500, EUR` -> `25.00 EUR`."""
    digits = get_currency_precision(currency)
    whole, rest = divmod(abs(amount), 10**digits)
    sign = "-" if amount < 0 else ""
    return f"{sign}{whole:,}{f'.{rest:0{digits}}' if digits else ''} {currency}"


def _cell(name: str, value: Any, currency: str | None) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and _AMOUNT.search(name) and currency:
        return money(value, currency)
    if isinstance(value, str) and _INSTANT.match(value):
        return datetime.fromisoformat(value.replace("Z", "+00:00")).astimezone().strftime("%Y-%m-%d %H:%M")
    if isinstance(value, list) and all(not isinstance(each, dict | list) for each in value):
        return ", ".join(map(str, value))
    if isinstance(value, Mapping):
        return _in_a_line(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else str(value)


def _in_a_line(value: Mapping[str, Any]) -> str:
    """What a thing within a thing is called and is: `Blue Note Events, owner, EUR`."""
    told = [each for name, each in value.items() if name not in _IN_NO_ROW | {"id"} and not name.endswith("_id")]
    plain_ones = [
        str(each) for each in told if isinstance(each, str | int) and not isinstance(each, bool) and each != ""
    ]
    return ", ".join(plain_ones) or json.dumps(value, ensure_ascii=False)


def _list(items: Sequence[Any], currency: str | None = None, *, width: int) -> RenderableType:
    """`currency` is that of the whole the items are parts of. As many columns as the width has room for, at least three."""
    if not items:
        return Text("Nothing found.", style="dim")
    if not all(isinstance(item, Mapping) for item in items):
        return Group(*(plain(item) for item in items))
    names = _columns(items)
    cells = [
        [plain(_short(_cell(name, item.get(name), item.get("currency") or currency))) for name in names]
        for item in items
    ]
    titles = [name.removesuffix("_amount").replace("_", " ") for name in names]
    wide = [max(len(titles[n]), *(row[n].cell_len for row in cells)) + _GAP for n in range(len(names))]
    while len(names) > _FEWEST_COLUMNS and sum(wide[: len(names)]) > width:
        names.pop()
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title, name in zip(titles, names, strict=False):
        right = all(isinstance(item.get(name), int) and not isinstance(item.get(name), bool) for item in items)
        table.add_column(title, justify="right" if right else "left", no_wrap=name == "id", overflow="fold")
    for row in cells:
        table.add_row(*row[: len(names)])
    return table


def _columns(items: Sequence[Mapping[str, Any]]) -> list[str]:
    """What tells one row from another: no nested things, no ids of others, nothing that is empty or nought in all of them."""
    names = [
        name
        for name in items[0]
        if name not in _IN_NO_ROW
        and not name.endswith("_id")
        and not isinstance(items[0][name], dict | list)
        and any(item.get(name) not in (None, "", 0) for item in items)
    ]
    money_shown = any(_AMOUNT.search(name) for name in names)
    kept = [name for name in names if not (name == "currency" and money_shown)]
    return kept[:_MOST_COLUMNS]


def _thing(thing: Mapping[str, Any], width: int) -> RenderableType:
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    below: list[RenderableType] = []
    for name, value in thing.items():
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            below += [
                Text(f"\n{name.replace('_', ' ')}", style="bold"),
                _list(value, thing.get("currency"), width=width),
            ]
        elif value not in (None, "", []):
            table.add_row(name.replace("_", " "), plain(_cell(name, value, thing.get("currency"))))
    return Group(table, *below)


def _proposal(proposal: Mapping[str, Any]) -> RenderableType:
    preview = proposal["preview"]
    lines = [Text.assemble((_UNPRINTABLE.sub("\ufffd", proposal["title"]), "bold"), (f"  {proposal['status']}", "dim"))]
    for step in preview["steps"]:
        mark = {True: ("✓ ", "green"), False: ("✗ ", "red"), None: ("– ", "dim")}[step["ok"]]
        lines.append(Text.assemble("  ", mark, plain(step["summary"])))
        lines += [Text.assemble("      ", plain(_change(change)), style="dim") for change in step["changes"]]
    lines += [plain(f"  {each['label']}: {money(each['amount'], each['currency'])}") for each in preview["totals"]]
    lines += [Text.assemble(("  ! ", "yellow"), plain(each)) for each in preview["warnings"]]
    lines += [Text.assemble(("  ✗ ", "red"), plain(each)) for each in preview["conflicts"]]
    lines.append(Text(f"  id {proposal['id']}", style="dim"))
    return Group(*lines)


def _change(change: Mapping[str, Any]) -> str:
    done = {"insert": "new", "update": "change", "delete": "remove"}[change["action"]]
    fields = ", ".join(f"{field['name']} {_told(field)}" for field in change["fields"][:6])
    return f"{done} {change['table']} {change['label']}{': ' if fields else ''}{fields}"


def _told(field: Mapping[str, Any]) -> str:
    after = _short(str(field["after"]))
    return after if field["before"] is None else f"{_short(str(field['before']))} → {after}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"
