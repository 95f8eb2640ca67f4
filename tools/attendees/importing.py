"""An import: each line of a file becomes an order of one ticket, taken through the counter like any sale."""

from __future__ import annotations

import base64
import binascii
from collections import Counter as Tally
from dataclasses import dataclass, replace
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from tools.attendees import repository, rules
from tools.attendees.models import CsvText, FailedRow, Import, ImportAttendees, ImportedRow, SkippedRow
from tools.attendees.sheets import Sheet, SheetRow, read_price, read_sheet, read_text
from tools.context import Context
from tools.counter.counter import release_expired
from tools.counter.models import RungUp, Sale, Shelf
from tools.counter.pricing import Discount, Offer, price
from tools.counter.refusals import refusal
from tools.counter.repository import serve, shelf_of
from tools.counter.ringing import order_member, ring_up
from tools.errors import AppError, Forbidden, InvalidInput, MissingValue
from tools.events.models import Event
from tools.events.resolve import event_of
from tools.kit.naming import Candidate, pick
from tools.store.addresses import index_address
from tools.store.database import Serialization
from tools.tickets.resolve import ticket_type_of

_TEXT: TypeAdapter[str] = TypeAdapter(CsvText)
_SHOWN = 100
_SHOWN_FAILURES = 1000


@dataclass(frozen=True, slots=True)
class _Planned:
    """A line that may be sold."""

    line: SheetRow
    offer: Offer
    amount: int


@dataclass(slots=True)
class _Plan:
    planned: list[_Planned]
    skipped: list[SkippedRow]
    failed: list[FailedRow]


async def import_sheet(ctx: Context, data: ImportAttendees) -> Import:
    """Makes what can be made and tells the rest. In a dry run all of it is undone before it returns."""
    event = await event_of(ctx, data.event)
    sheet = read_sheet(_text_of(data))
    shelf = await _shelf(ctx, event)
    usual = await _usual_offer(ctx, data, event, shelf)
    await repository.one_import_at_a_time(ctx.tx, event.id)
    plan = _plan(ctx, sheet, event, shelf, usual, await repository.holders(ctx.tx, ctx.org_id, event.id))
    wanted = Tally(each.offer.id for each in plan.planned)
    if any(shelf.free.get(type_id, 0) < count for type_id, count in wanted.items()):
        # Before this transaction locks anything that the release would wait for.
        await release_expired(ctx.greenroom.database, [event.id])
    async with ctx.tx.savepoint(keep=not data.dry_run):
        made = await _sell(ctx, data, shelf, plan)
    if plan.failed and data.all_or_nothing:
        if not data.dry_run:
            raise rules.ImportRefused(
                f"{len(plan.failed)} of {len(sheet.rows)} lines fail; row {plan.failed[0].row}: {plan.failed[0].reason}.",
                details={"failed": [row.model_dump() for row in plan.failed[:50]]},
            )
        made = []
    if not data.dry_run and not data.payment_method and any(row.price_amount for row, _ in made):
        ctx.warn("Nobody said how the prices were paid: payment stays open.")
    return _told(event, data, sheet, plan, made)


def _text_of(data: ImportAttendees) -> str:
    if (data.csv is None) == (data.csv_base64 is None):
        raise MissingValue("The file is missing.", remedy="Send the text as csv, or the bytes as csv_base64.")
    if data.csv is not None:
        return data.csv
    try:
        return _TEXT.validate_python(read_text(base64.b64decode(data.csv_base64 or "", validate=True)))
    except (binascii.Error, ValidationError) as error:
        raise InvalidInput("csv_base64 holds no text of up to a million characters.") from error


async def _shelf(ctx: Context, event: Event) -> Shelf:
    shelf = await shelf_of(ctx.tx, ctx.org_id, event.id)
    assert shelf is not None, "the event was read in this transaction"
    return shelf


async def _usual_offer(ctx: Context, data: ImportAttendees, event: Event, shelf: Shelf) -> Offer | None:
    """What a line without a ticket type gets: the one named, or the only one there is."""
    if data.ticket_type is None:
        return next(iter(shelf.offers.values())) if len(shelf.offers) == 1 else None
    named = await ticket_type_of(ctx, data.ticket_type, str(event.id))
    if named.id not in shelf.offers:
        raise InvalidInput(f"{named.name} is a ticket type of {named.event_name}, not of {event.name}.")
    return shelf.offers[named.id]


def _plan(
    ctx: Context, sheet: Sheet, event: Event, shelf: Shelf, usual: Offer | None, holders: set[rules.Holder]
) -> _Plan:
    plan = _Plan([], [], [])
    seen: dict[rules.Holder, int] = {}
    offers: dict[str, Offer] = {}
    for line in sheet.rows:
        try:
            planned = _read_line(line, shelf, usual, offers)
            if planned.amount and planned.offer.currency != event.currency:
                raise ValueError(f"{planned.offer.name} is sold in {planned.offer.currency}; import it without a price")
        except ValueError as fault:
            plan.failed.append(FailedRow(row=line.row, reason=str(fault), text=line.text))
            continue
        holder = rules.holder(planned.offer.id, index_address(ctx.tx.fields, ctx.org_id, line.email), line.name)
        if holder in holders or holder in seen:
            where = f"row {seen[holder]}" if holder in seen else "somebody who has one already"
            reason = f"the same {'e-mail' if line.email else 'name'} and ticket type as {where}"
            plan.skipped.append(SkippedRow(row=line.row, name=line.name, reason=reason))
            continue
        seen[holder] = line.row
        plan.planned.append(planned)
    return plan


def _read_line(line: SheetRow, shelf: Shelf, usual: Offer | None, offers: dict[str, Offer]) -> _Planned:
    """ValueError says why the line can not be sold. `offers` remembers which name meant what."""
    if line.fault:
        raise ValueError(line.fault)
    offer = usual
    if line.ticket_type:
        if line.ticket_type not in offers:
            offers[line.ticket_type] = _offer_named(line.ticket_type, shelf)
        offer = offers[line.ticket_type]
    if offer is None:
        raise ValueError("it names no ticket type")
    if offer.kind == "bundle":
        raise ValueError(f"{offer.name} is a bundle: name one of the tickets it is made of")
    amount = read_price(line.price, offer.currency) if line.price else 0
    if amount > offer.price_amount:
        raise ValueError(f"the price is above that of {offer.name}")
    return _Planned(line, offer, amount)


def _offer_named(name: str, shelf: Shelf) -> Offer:
    candidates = [Candidate(offer.id, offer.name, offer.currency) for offer in shelf.offers.values()]
    try:
        return shelf.offers[pick("ticket type", name, candidates)]
    except AppError as unknown:
        raise ValueError(unknown.message.rstrip(".")) from None


async def _sell(ctx: Context, data: ImportAttendees, shelf: Shelf, plan: _Plan) -> list[tuple[ImportedRow, int]]:
    """Sells what was planned, all at one counter call; what it refuses joins the failed. Answers rows with their order's total."""
    rung = [_ring_up(ctx, data, shelf, each) for each in plan.planned]
    if not rung:
        return []
    outcomes = await serve(
        ctx.tx, [{"n": n} | order_member(each, None, None, ctx.greenroom.fields) for n, each in enumerate(rung)]
    )
    made: list[tuple[ImportedRow, int]] = []
    for planned, sale, outcome in zip(plan.planned, rung, outcomes, strict=True):
        line = planned.line
        if problem := outcome.get("problem"):
            if problem == "offer_changed":
                raise Serialization(retry_after=1)
            refused = refusal(problem, outcome["detail"])
            if isinstance(refused, Forbidden):
                raise refused
            plan.failed.append(FailedRow(row=line.row, reason=refused.title.lower(), text=line.text))
            continue
        row = ImportedRow(
            row=line.row,
            name=line.name,
            email=line.email,
            ticket_type_name=planned.offer.name,
            price_amount=planned.amount,
            order_number=None if data.dry_run else outcome["number"],
        )
        made.append((row, sale.priced.total_amount))
    plan.failed.sort(key=lambda row: row.row)
    return made


def _ring_up(ctx: Context, data: ImportAttendees, shelf: Shelf, planned: _Planned) -> RungUp:
    """An order of one ticket at the price of the file: what is missing to the ticket type's own is a discount."""
    offer = planned.offer
    priced = price([(offer, 1)], _at(planned.amount, shelf.event_id), shelf.offers)
    sale = Sale(
        event_id=shelf.event_id,
        wanted=((offer.id, 1),),
        buyer_name=planned.line.name,
        buyer_email=planned.line.email,
        user_id=ctx.caller.user_id,
        channel="import",
        paid_by=data.payment_method if priced.total_amount else None,
        locale=ctx.standing.locale,
    )
    return replace(ring_up(sale, shelf, ctx.ids), priced=priced)


def _at(amount: int, nobodys_code: UUID) -> Discount:
    return Discount(
        code_id=nobodys_code, percent_basis_points=None, off_amount=None, price_amount=amount, ticket_type_ids=frozenset(),
        uses_left=None, budget_left=None,
    )  # fmt: skip


def _told(
    event: Event, data: ImportAttendees, sheet: Sheet, plan: _Plan, made: list[tuple[ImportedRow, int]]
) -> Import:
    return Import(
        id=event.id,
        event_id=event.id,
        event_name=event.name,
        dry_run=data.dry_run,
        rows=len(sheet.rows),
        made=len(made),
        skipped=len(plan.skipped),
        failed=len(plan.failed),
        total_amount=sum(total for _, total in made),
        currency=event.currency,
        columns=sheet.columns,
        ignored_columns=sheet.ignored,
        made_rows=[row for row, _ in made[:_SHOWN]],
        skipped_rows=plan.skipped[:_SHOWN],
        failed_rows=plan.failed[:_SHOWN_FAILURES],
    )
