"""How a row becomes cells, and what a spreadsheet must never take for a formula."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from tools.context import Standing
from tools.exports.models import Column, Export, ExportedFile, Kind
from tools.kit.money import major

Cell: TypeAlias = str | int | Decimal | None

SCOPES: Mapping[Kind, str] = {
    "orders": "orders:read",
    "attendees": "orders:read",
    "check_ins": "check_ins:read",
    "sales": "reports:read",
    "ledger": "finance:read",
    "payouts": "finance:read",
}
"""What one must be allowed to read to have it as a file."""

# Also their wide forms, which some spreadsheets read as the narrow ones.
_STARTS_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def harmless(text: str) -> str:
    """Text that a spreadsheet shows and never runs: what starts like a formula gets an apostrophe in front."""
    return f"'{text}" if text.startswith(_STARTS_FORMULA) or text.lstrip().startswith(_STARTS_FORMULA) else text


def cells(columns: Sequence[Column], row: Mapping[str, Any]) -> list[Cell]:
    """The row's values in the order of the columns: money in the unit people say, times as ISO 8601 in the row's zone."""
    return [_cell(column, row) for column in columns]


def as_text(cell: Cell) -> str:
    """As it stands in a CSV."""
    if cell is None:
        return ""
    return harmless(cell) if isinstance(cell, str) else str(cell)


def file_name(data: Export, event_name: str | None, standing: Standing) -> str:
    """`orders-winter-gala-2030-12-12.csv`: safe in a header and on any disk."""
    event = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in (event_name or "").lower())
    words = [data.kind.replace("_", "-"), *event.split("-"), f"{standing.now.astimezone(standing.zone):%Y-%m-%d}"]
    return f"{'-'.join(word for word in words if word)[:120]}.{data.format}"


def told(file: ExportedFile, _: Standing) -> str:
    of_event = f" of {file.event_name}" if file.event_name else ""
    return f"Download {file.rows} rows of {file.kind.replace('_', ' ')}{of_event} as {file.format.upper()}"


def _cell(column: Column, row: Mapping[str, Any]) -> Cell:
    value = row[column.name]
    if value is None:
        return None
    match column.form:
        case "amount":
            return major(value, row["currency"])
        case "time":
            return str(value.astimezone(ZoneInfo(row["zone"])).isoformat(timespec="seconds"))
        case "count":
            return int(value)
        case "text":
            return str(value)
