"""Shapes of exports. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import Annotated, Literal, NotRequired, TypedDict


class ExportQuery(TypedDict):
    event: NotRequired[Annotated[str | None, "All events when left out; payouts belong to none"]]
    from_date: NotRequired[Annotated[str | None, "First day, in the organisation's zone"]]
    to_date: NotRequired[Annotated[str | None, "Last day, inclusive"]]
    bom: NotRequired[Annotated[bool, "Start a CSV with the mark by which spreadsheets know UTF-8"]]
    kind: Literal["orders", "attendees", "sales", "ledger", "check_ins", "payouts"]
    format: NotRequired[Literal["csv", "xlsx"]]


class ExportedFile(TypedDict):
    kind: Literal["orders", "attendees", "sales", "ledger", "check_ins", "payouts"]
    format: Literal["csv", "xlsx"]
    event_id: str | None
    event_name: str | None
    file_name: str
    path: Annotated[str, "Where the file is downloaded, signed in as the one who asked"]
    rows: int
    columns: list[str]
    preview: Annotated[list[list[str]], "The first rows as they stand in the file"]
