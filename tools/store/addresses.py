"""E-mail addresses of outsiders: sealed in their columns, each beside a blind index by which SQL counts, compares and finds them.

What was stored before addresses were sealed stands in the clear and has no index until the worker has sealed it; it is read and found
all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, LiteralString, TypeVar
from uuid import UUID

from tools.kit.sealing import Place, Sealer

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class AddressColumn:
    """The index stands in the column of the same name with `_index` behind it."""

    table: LiteralString
    column: LiteralString

    def place(self, org: UUID, row: UUID) -> Place:
        return Place(self.table, self.column, org, row)


BUYER = AddressColumn("orders", "buyer_email")
ATTENDEE = AddressColumn("tickets", "attendee_email")
WAITING = AddressColumn("waiting_list_entries", "email")
RECIPIENT = AddressColumn("mails", "recipient")
COLUMNS = (BUYER, ATTENDEE, WAITING, RECIPIENT)
INDEXES = frozenset(f"{each.column}_index" for each in COLUMNS)
_BY_TABLE = {each.table: each for each in COLUMNS}


def open_address(fields: Sealer, column: AddressColumn, org: UUID, row: UUID, stored: str | None) -> str | None:
    """Raises UnknownFieldKey; SealBroken for what was sealed elsewhere."""
    return fields.open(column.place(org, row), stored) if stored else stored


def seal_address(fields: Sealer, column: AddressColumn, org: UUID, row: UUID, address: str | None) -> str | None:
    return fields.seal(column.place(org, row), address) if address else address


def index_address(fields: Sealer, org: UUID, address: str | None) -> str | None:
    return fields.address_index(org, address) if address else None


def opened(
    fields: Sealer, column: AddressColumn, org: UUID, rows: Sequence[Row], attribute: str, id_attribute: str = "id"
) -> Sequence[Row]:
    """The rows, changed: the address in `attribute`, of the row of `column` whose id is in `id_attribute`, can be read."""
    for row in rows:
        stored = getattr(row, attribute)
        if stored:
            object.__setattr__(row, attribute, open_address(fields, column, org, getattr(row, id_attribute), stored))
    return rows


def opened_image(fields: Sealer, org: UUID, table: str, image: dict[str, Any] | None) -> dict[str, Any] | None:
    """A whole row, as a trigger captured it, with the address in it that can be read."""
    column = _BY_TABLE.get(table)
    if column is None or image is None or not image.get(column.column):
        return image
    address = open_address(fields, column, org, UUID(image["id"]), image[column.column])
    return image | {column.column: address}


def theirs(column: LiteralString) -> LiteralString:
    """SQL: whether the address in `column` (`o.buyer_email`) is the one of `sought`."""
    return f"({column}_index = %(address_index)s or ({column}_index is null and lower({column}) = lower(%(address)s::text)))"


def sought(fields: Sealer, org: UUID, address: str | None) -> dict[str, Any]:
    """The parameters `theirs` asks for."""
    return {"address": address, "address_index": index_address(fields, org, address)}
