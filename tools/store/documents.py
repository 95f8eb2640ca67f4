"""Documents that quote addresses: the texts in them that do are sealed, one by one, and the rest stays as it is for SQL to read."""

from __future__ import annotations

from hashlib import sha256
from typing import Any
from uuid import UUID

from tools.kit.sealing import MARK, Place, Sealer

_PARTS = (str, dict, list)


def seal_document(fields: Sealer, place: Place, document: Any) -> Any:
    """The document with every text that may hold an address sealed; also one that looks sealed, so that it opens as what it was."""
    if isinstance(document, str):
        return fields.seal(place, document) if "@" in document or document.startswith(MARK) else document
    if isinstance(document, dict):
        return {
            # Most values are short words and numbers, and every sale has such a document: they are not worth a call each.
            name: seal_document(fields, place, value)
            if isinstance(value, _PARTS) and (not isinstance(value, str) or "@" in value or value.startswith(MARK))
            else value
            for name, value in document.items()
        }
    if isinstance(document, list):
        return [seal_document(fields, place, value) for value in document]
    return document


def open_document(fields: Sealer, place: Place, document: Any) -> Any:
    """Raises UnknownFieldKey; SealBroken for what was sealed elsewhere. What was stored before texts were sealed is as it is."""
    match document:
        case str():
            return fields.open(place, document)
        case dict():
            return {name: open_document(fields, place, value) for name, value in document.items()}
        case list():
            return [open_document(fields, place, value) for value in document]
        case _:
            return document


def answer_place(org: UUID, user: UUID, key: str) -> Place:
    """Where the kept answer of an idempotency key stands: its row is known by these two."""
    row = sha256(user.bytes + key.encode()).digest()[:16]
    return Place("idempotency_keys", "response", org, UUID(bytes=row))
