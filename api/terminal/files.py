"""Files over the command line, with how far they are: lists to download, attendees to import, pictures and papers to upload."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

from api.terminal.session import Misused, Session

LINES_AT_ONCE = 200
"""Of an import: each piece is a transaction of a second or so. What was imported is skipped when the file is sent again."""

attendees = typer.Typer(no_args_is_help=True)
exports = typer.Typer(no_args_is_help=True)
uploads = typer.Typer(no_args_is_help=True)
GROUPS = {"attendees": attendees, "exports": exports, "files": uploads}

_PIECE = 64 * 1024

List = Literal["orders", "attendees", "sales", "ledger", "check_ins", "payouts"]


@exports.command("download")
def download(
    ctx: typer.Context,
    kind: List,
    to: Annotated[
        Path | None, typer.Option("--to", help="Where to; the list's name when left out, - prints it.")
    ] = None,
    form: Annotated[Literal["csv", "xlsx"], typer.Option("--format")] = "csv",
    event: Annotated[str | None, typer.Option(help="Name or id; all events when left out.")] = None,
    from_date: Annotated[str | None, typer.Option(help="First day.")] = None,
    to_date: Annotated[str | None, typer.Option(help="Last day, inclusive.")] = None,
) -> None:
    """Download a list as a file."""
    session: Session = ctx.obj
    asked = {"event": event, "from_date": from_date, "to_date": to_date}
    query = {name: value for name, value in asked.items() if value is not None}
    pieces = session.client.connection.download(f"/api/exports/{kind}.{form}", query)
    if to == Path("-"):
        for piece, _ in pieces:
            sys.stdout.buffer.write(piece)
        return
    target = to or Path(f"{kind}.{form}")
    part = target.with_name(f".{target.name}.part")
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    try:
        with Progress(*columns, console=session.err, transient=True) as progress, part.open("wb") as file:
            task = progress.add_task(target.name, total=None)
            for piece, size in pieces:
                file.write(piece)
                progress.update(task, advance=len(piece), total=size or None)
        part.replace(target)
    except OSError as failure:
        raise Misused(f"{target} can not be written ({failure.strerror}).") from failure
    finally:
        part.unlink(missing_ok=True)
    session.err.print(Text(f"{target}: {os.path.getsize(target):,} bytes"))


@attendees.command("import")
def import_attendees(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV as UTF-8, a header line first.")],
    event: Annotated[str, typer.Option(help="Name or id.")],
    ticket_type: Annotated[str | None, typer.Option(help="For lines that name none.")] = None,
    payment_method: Annotated[str | None, typer.Option(help="How the prices in the file were paid.")] = None,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Import; only tells what would be made when left out.")
    ] = False,
) -> None:
    """Import attendees from a CSV file, in pieces; without --yes only tell what would be made.

    The same file can be sent again: who has a ticket already is skipped.
    """
    session: Session = ctx.obj
    try:
        records = list(records_of(file.read_text(encoding="utf-8-sig")))
    except (OSError, UnicodeDecodeError) as failure:
        raise Misused(f"{file} can not be read as UTF-8 text.") from failure
    if len(records) < 2:
        raise Misused(f"{file} has no line below its header.")
    named = {"event": event, "ticket_type": ticket_type, "payment_method": payment_method}
    sent = {name: value for name, value in named.items() if value is not None} | {"dry_run": not yes}
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    total: dict[str, Any] = {"would_import" if not yes else "imported": 0, "skipped": 0, "failed": []}
    with Progress(*columns, console=session.err, transient=True) as progress:
        task = progress.add_task(file.name, total=len(records) - 1)
        for start, piece in _pieces(records):
            answer = session.client.call("import_attendees", {**sent, "csv": "".join(piece)})
            _add(total, answer, start)
            progress.update(task, advance=len(piece) - 1)
    session.show(total)
    if total["failed"]:
        raise typer.Exit(1)


@uploads.command("upload")
def upload(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="A picture or a PDF.")],
    kind: Annotated[Literal["event_poster", "sponsor_logo", "contract", "attachment"], typer.Option()],
    event: Annotated[str | None, typer.Option(help="Of a poster; a contract may name one.")] = None,
    sponsor: Annotated[str | None, typer.Option(help="Of a logo; a contract may name one.")] = None,
    venue: Annotated[str | None, typer.Option(help="A contract may name one.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
) -> None:
    """Upload a poster, a logo, a contract or an attachment."""
    session: Session = ctx.obj
    session.as_json |= as_json
    asked = {"event": event, "sponsor": sponsor, "venue": venue}
    named: Any = {name: value for name, value in asked.items() if value is not None}
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    try:
        with Progress(*columns, console=session.err, transient=True) as progress:
            task = progress.add_task(file.name, total=file.stat().st_size)
            pieces = _Pieces(file, lambda done: progress.update(task, completed=done))
            made = session.client.files.upload_file(pieces, kind=kind, name=file.name, **named)
    except OSError as failure:
        raise Misused(f"{file} can not be read ({failure.strerror}).") from failure
    session.show(made)


@dataclass(frozen=True)
class _Pieces:
    """A file's content, from its start each time it is gone through; `told` hears how much of it is on its way."""

    file: Path
    told: Callable[[int], None]

    def __iter__(self) -> Iterator[bytes]:
        done = 0
        with self.file.open("rb") as opened:
            while piece := opened.read(_PIECE):
                yield piece
                done += len(piece)
                self.told(done)


def records_of(text: str) -> Iterator[str]:
    """The records of a CSV with their line ends; a line end between quotes belongs to the record."""
    record = ""
    for line in text.splitlines(keepends=True):
        record += line
        if record.count('"') % 2 == 0:
            if record.strip():
                yield record if record.endswith("\n") else record + "\n"
            record = ""
    if record.strip():
        yield record


def _pieces(records: list[str]) -> Iterator[tuple[int, list[str]]]:
    """How many records came before, and the next ones below the header."""
    header, *rest = records
    for start in range(0, len(rest), LINES_AT_ONCE):
        yield start, [header, *rest[start : start + LINES_AT_ONCE]]


def _add(total: dict[str, Any], answer: dict[str, Any], start: int) -> None:
    total[next(iter(total))] += answer["made"]
    total["skipped"] += answer["skipped"]
    total["failed"] += [{**each, "row": each["row"] + start} for each in answer["failed_rows"]]
