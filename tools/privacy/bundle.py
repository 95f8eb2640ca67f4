"""What is held about a person as one file to hand over: JSON for programs, a CSV each for people. Knows no database and no door."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence

from pydantic import BaseModel

from tools.exports.rules import harmless
from tools.privacy.models import PersonExport

SECTIONS = ("orders", "tickets", "check_ins", "payments", "refunds", "waiting_list", "mails", "audit")


def bundle(held: PersonExport) -> bytes:
    """A ZIP with `person.json` and a CSV of each section that has rows."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("person.json", held.model_dump_json(indent=2))
        for name in SECTIONS:
            if rows := getattr(held, name):
                archive.writestr(f"{name}.csv", _table(rows))
    return packed.getvalue()


def _table(rows: Sequence[BaseModel]) -> str:
    columns = list(type(rows[0]).model_fields)
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(columns)
    for row in rows:
        values = row.model_dump(mode="json")
        writer.writerow("" if values[name] is None else _cell(values[name]) for name in columns)
    return written.getvalue()


def _cell(value: object) -> object:
    return harmless(value) if isinstance(value, str) else value
