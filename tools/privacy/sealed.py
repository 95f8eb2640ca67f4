"""SQL of the fields that are sealed: which there are, which are due for another key or for an index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID

from tools.kit.sealing import Place, Sealer
from tools.store.addresses import COLUMNS
from tools.store.database import Transaction


@dataclass(frozen=True, slots=True)
class Field:
    table: LiteralString
    column: LiteralString
    is_address: bool = False
    """Then its blind index stands beside it."""

    def place(self, org: UUID, row: UUID) -> Place:
        return Place(self.table, self.column, org, row)


FIELDS = (
    Field("orders", "billing_address"),
    Field("mails", "body"),
    Field("mails", "html"),
    Field("erasures", "terms"),
    *(Field(each.table, each.column, is_address=True) for each in COLUMNS),
)
"""Every sealed column; decisions 0016 and 0019 say why these."""


async def due(tx: Transaction, field: Field, keys: Sealer, after: UUID, at_most: int) -> list[dict[str, Any]]:
    """Rows that are not sealed with the first key, or not indexed with the present secret, in the order of their ids, locked.

    Those somebody has locked are left out.
    """
    stale = f"not starts_with(t.{field.column}, %(prefix)s)"
    if field.is_address:
        stale = f"({stale} or coalesce(not starts_with(t.{field.column}_index, %(index_prefix)s), true))"
    return await tx.fetch_dicts(
        f"select t.id, t.org_id, t.{field.column} as value from public.{field.table} t"
        f" where t.id > %(after)s and t.{field.column} <> '' and {stale}"
        " order by t.id limit %(at_most)s for update skip locked",
        {"after": after, "prefix": keys.prefix, "index_prefix": keys.index_prefix, "at_most": at_most},
    )


async def replace(tx: Transaction, field: Field, values: Mapping[UUID, tuple[str, str | None]]) -> None:
    """The text of each row, and the index of what is an address."""
    also = f", {field.column}_index = n.index" if field.is_address else ""
    await tx.execute(
        f"update public.{field.table} t set {field.column} = n.value{also}"
        " from unnest(%(ids)s::uuid[], %(values)s::text[], %(indexes)s::text[]) as n (id, value, index) where t.id = n.id",
        {
            "ids": list(values),
            "values": [value for value, _ in values.values()],
            "indexes": [index for _, index in values.values()],
        },
    )
