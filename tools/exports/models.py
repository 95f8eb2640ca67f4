"""Words of the wire for exports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from tools.kit.inputs import Input
from tools.kit.text import Day, Reference

Kind = Literal["orders", "attendees", "sales", "ledger", "check_ins", "payouts"]
Format = Literal["csv", "xlsx"]
Form = Literal["text", "amount", "time", "count"]


@dataclass(frozen=True, slots=True)
class Column:
    """`time` is an instant, written in the row's zone; `amount` minor units of the row's currency, written as people say it."""

    name: str
    form: Form = "text"


class Selection(Input):
    event: Reference | None = Field(None, description="All events when left out; payouts belong to none")
    from_date: Day | None = Field(None, description="First day, in the organisation's zone")
    to_date: Day | None = Field(None, description="Last day, inclusive")
    bom: bool = Field(False, description="Start a CSV with the mark by which spreadsheets know UTF-8")


class Export(Selection):
    kind: Kind
    format: Format = "csv"


class ExportedFile(BaseModel):
    kind: Kind
    format: Format
    event_id: UUID | None
    event_name: str | None
    file_name: str
    path: str = Field(description="Where the file is downloaded, signed in as the one who asked")
    rows: int
    columns: list[str]
    preview: list[list[str]] = Field(description="The first rows as they stand in the file")
