"""SQL of the fields that are sealed: which there are, which are due for another key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID

from tools.store.database import Transaction


@dataclass(frozen=True, slots=True)
class Field:
    table: LiteralString
    column: LiteralString


FIELDS = (
    Field("orders", "billing_address"),
    Field("mails", "body"),
    Field("mails", "html"),
    Field("erasures", "terms"),
)
"""Every sealed column; decision 0016 says why these."""


async def due(tx: Transaction, field: Field, prefix: str, after: UUID, at_most: int) -> list[dict[str, Any]]:
    """Rows whose text does not start with `prefix`, in the order of their ids, locked; those somebody has locked are left out."""
    return await tx.fetch_dicts(
        f"select t.id, t.org_id, t.{field.column} as value from public.{field.table} t"
        f" where t.id > %(after)s and t.{field.column} <> '' and not starts_with(t.{field.column}, %(prefix)s)"
        " order by t.id limit %(at_most)s for update skip locked",
        {"after": after, "prefix": prefix, "at_most": at_most},
    )


async def replace(tx: Transaction, field: Field, values: Mapping[UUID, str]) -> None:
    await tx.execute(
        f"update public.{field.table} t set {field.column} = n.value"
        " from unnest(%(ids)s::uuid[], %(values)s::text[]) as n (id, value) where t.id = n.id",
        {"ids": list(values), "values": list(values.values())},
    )
