"""SQL of documents with sealed texts: only the service can look into them, so it goes through them for erasures and for new keys."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, LiteralString

from tools.kit.sealing import Place
from tools.privacy.rules import Traces, redacted
from tools.store.database import Transaction
from tools.store.documents import answer_place, open_document, seal_document
from tools.threads.repository import input_place


@dataclass(frozen=True, slots=True)
class Document:
    table: LiteralString
    column: LiteralString

    def place(self, row: dict[str, Any]) -> Place:
        match self.table:
            case "idempotency_keys":
                return answer_place(row["org_id"], row["user_id"], row["key"])
            case "runs":
                return input_place(row["user_id"], row["thread_id"])
            case _:
                return Place(self.table, self.column, row["org_id"], row["id"])

    @property
    def known_by(self) -> LiteralString:
        match self.table:
            case "idempotency_keys":
                return "t.user_id, t.key"
            case "runs":
                return "t.user_id, t.thread_id"
            case _:
                return "t.id"

    @property
    def lock(self) -> LiteralString:
        """A kept answer is written once and never again: it needs none to keep its place."""
        return "" if self.table == "idempotency_keys" else "for update skip locked"


STAYING = (
    Document("idempotency_keys", "response"),
    Document("proposals", "steps"),
    Document("proposals", "preview"),
    Document("proposals", "failure"),
)
"""What an erasure goes through; conversations that name the person go as a whole."""
DOCUMENTS = (*STAYING, Document("runs", "input"))
_SEALED: LiteralString = "t.org_id = %(org)s and position('\"sealed:' in t.{column}::text) > 0"
_DUE: LiteralString = (
    "(position('@' in t.{column}::text) > 0 or position('\"sealed:' in replace(t.{column}::text, %(current)s, '')) > 0)"
)


async def redact(tx: Transaction, erasure: dict[str, Any], document: Document, traces: Traces, at_most: int) -> int:
    """In how many of an organisation's rows something was replaced. What somebody has locked is waited for."""

    def without(clear: Any) -> Any:
        return redacted(clear, traces, erasure["pseudonym"])

    touched, after = 0, "(0,0)"
    while True:
        rows = await _rows(
            tx, document, _SEALED, {"org": erasure["org_id"], "after": after, "at_most": at_most}, waits=True
        )
        if not rows:
            break
        after = rows[-1]["place"]
        touched += await _changed(tx, document, rows, without, all_of_them=False)
    await tx.execute(
        "update public.erasures set mentions = mentions + %(n)s where id = %(id)s and %(n)s > 0",
        {"id": erasure["id"], "n": touched},
    )
    return touched


async def last_place(tx: Transaction, document: Document) -> str:
    """Where the table ends now: a row that was changed stands behind it."""
    return str(await tx.fetch_value(f"select coalesce(max(t.ctid)::text, '(0,0)') from public.{document.table} t"))


async def reseal(tx: Transaction, document: Document, after: str, until: str, at_most: int) -> tuple[str, int]:
    """Of the next rows those that are not sealed with the first key, whole; where they end, and how many they were."""
    which = f"t.ctid <= %(until)s::tid and {_DUE}"
    current = f'"{tx.fields.prefix}'
    rows = await _rows(tx, document, which, {"current": current, "after": after, "until": until, "at_most": at_most})
    if not rows:
        return after, 0
    return rows[-1]["place"], await _changed(tx, document, rows, lambda clear: clear, all_of_them=True)


async def _rows(
    tx: Transaction, document: Document, which: LiteralString, params: dict[str, Any], *, waits: bool = False
) -> list[dict[str, Any]]:
    lock = document.lock.removesuffix(" skip locked") if waits else document.lock
    return await tx.fetch_dicts(
        f"select t.ctid::text as place, t.org_id, {document.known_by}, t.{document.column} as document"
        f" from public.{document.table} t"
        f" where t.ctid > %(after)s::tid and {which.replace('{column}', document.column)}"
        f" order by t.ctid limit %(at_most)s {lock}",
        params,
    )


async def _changed(
    tx: Transaction, document: Document, rows: list[dict[str, Any]], change: Callable[[Any], Any], *, all_of_them: bool
) -> int:
    places, anew = [], []
    for row in rows:
        clear = open_document(tx.fields, document.place(row), row["document"])
        if (after := change(clear)) != clear or all_of_them:
            places.append(row["place"])
            anew.append(seal_document(tx.fields, document.place(row), after))
    if not places:
        return 0
    return int(
        await tx.fetch_value(
            "select app.replace_documents(%(table)s, %(column)s, %(places)s, %(documents)s::jsonb)",
            {"table": document.table, "column": document.column, "places": places, "documents": json.dumps(anew)},
        )
    )
