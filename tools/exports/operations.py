"""Lists as files: what the chat shows of one, and the writing of it for a door."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import IO, Any
from urllib.parse import urlencode

from tools.context import Caller, Context, Greenroom
from tools.errors import InvalidInput
from tools.events.models import Event
from tools.events.resolve import event_of
from tools.exports import repository, rules
from tools.exports.files import CsvTable, Table, XlsxTable
from tools.exports.models import Export, ExportedFile
from tools.kit.sealing import Place
from tools.kit.zones import day_bounds
from tools.operation import Effect, Http, enter, operation
from tools.store.addresses import ATTENDEE, BUYER, open_address

PREVIEWED = 10


@operation(
    scope="reports:read", effect=Effect.read, http=(Http("GET", "/exports"),), card="export", describe=rules.told
)
async def export(ctx: Context, data: Export) -> ExportedFile:
    """Offer a list as a file: orders, attendees, sales, the ledger, check-ins or payouts, as CSV or for a spreadsheet.

    Use when the organiser wants a list to keep, to print or to hand on. Answers where to download it, how many rows it has and the first
    of them. Money is in the unit people say, beside its currency; times are those of the event's place.
    """
    wanted, event = await _asked(ctx, data)
    found = _readable(ctx, await repository.first_rows(ctx.tx, data.kind, wanted, PREVIEWED))
    columns = repository.LISTINGS[data.kind].columns
    return _file(
        ctx,
        data,
        event,
        await repository.count(ctx.tx, data.kind, wanted),
        [[rules.as_text(cell) for cell in rules.cells(columns, row)] for row in found],
    )


async def write_export(greenroom: Greenroom, caller: Caller, data: Export, file: IO[bytes]) -> ExportedFile:
    """All of a list into `file`, read as the caller and in one moment; who took it stands in the audit.

    Holds no more than a batch of rows. Raises what `export` raises, and TooManyRows.
    """
    async with enter(greenroom, caller) as (tx, standing):
        ctx = Context(greenroom, caller, standing, tx)
        ctx.require(export.scope)
        wanted, event = await _asked(ctx, data)
        columns = repository.LISTINGS[data.kind].columns
        table: Table = CsvTable(file, columns, bom=data.bom) if data.format == "csv" else XlsxTable(file, columns)
        written = 0
        async with aclosing(repository.rows(tx, data.kind, wanted)) as batches:
            async for batch in batches:
                # Thousands of cells: other requests go on meanwhile.
                await asyncio.to_thread(table.add, (rules.cells(columns, row) for row in _readable(ctx, batch)))
                written += len(batch)
        await asyncio.to_thread(table.finish)
        offered = _file(ctx, data, event, written, [])
        await export.leave_trace(ctx, offered)
        return offered


def _readable(ctx: Context, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with their sealed fields opened."""
    fields, org = ctx.greenroom.fields, ctx.org_id
    for row in rows:
        if sealed := row.get("billing_address"):
            row["billing_address"] = fields.open(Place("orders", "billing_address", org, row["order_id"]), sealed)
        if "buyer_email" in row:
            row["buyer_email"] = open_address(fields, BUYER, org, row["order_id"], row["buyer_email"])
        if "attendee_email" in row:
            row["attendee_email"] = open_address(fields, ATTENDEE, org, row["ticket_id"], row["attendee_email"])
    return rows


async def _asked(ctx: Context, data: Export) -> tuple[repository.Range, Event | None]:
    """Raises Forbidden for a list the caller may not read, NotFound, Ambiguous and InvalidInput."""
    ctx.require(rules.SCOPES[data.kind])
    if data.from_date and data.to_date and data.to_date < data.from_date:
        raise InvalidInput("to_date is before from_date.")
    if data.event and data.kind == "payouts":
        raise InvalidInput("Payouts belong to no event.", remedy="Ask for them without an event.")
    event = await event_of(ctx, data.event) if data.event else None
    since, before = day_bounds(data.from_date, data.to_date, ctx.standing.zone)
    return repository.Range(ctx.org_id, event.id if event else None, since, before, ctx.standing.timezone), event


def _file(ctx: Context, data: Export, event: Event | None, rows: int, preview: list[list[str]]) -> ExportedFile:
    asked = {
        "event": str(event.id) if event else None,
        "from_date": data.from_date,
        "to_date": data.to_date,
        "bom": "true" if data.bom else None,
    }
    query = urlencode({name: value for name, value in asked.items() if value is not None})
    return ExportedFile(
        kind=data.kind,
        format=data.format,
        event_id=event.id if event else None,
        event_name=event.name if event else None,
        file_name=rules.file_name(data, event.name if event else None, ctx.standing),
        path=f"/api/exports/{data.kind}.{data.format}" + (f"?{query}" if query else ""),
        rows=rows,
        columns=[column.name for column in repository.LISTINGS[data.kind].columns],
        preview=preview,
    )
