"""SQL of exports: one list per kind, in a fixed order, with the zone its times are told in."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from tools.exports.models import Column, Kind
from tools.reports.repository import SALES, sums
from tools.store.database import Transaction

BATCH = 1000
"""Rows held at a time."""


@dataclass(frozen=True, slots=True)
class Listing:
    columns: tuple[Column, ...]
    query: LiteralString
    order: LiteralString


def _columns(*names: str) -> tuple[Column, ...]:
    """`total_amount$` is money, `created_at@` a time, `tickets#` a number."""
    forms: dict[str, Any] = {"$": "amount", "@": "time", "#": "count"}
    return tuple(Column(name.rstrip("$@#"), forms.get(name[-1], "text")) for name in names)


LISTINGS: dict[Kind, Listing] = {
    "orders": Listing(
        _columns(
            "number", "event", "status", "channel", "ordered_at@", "buyer_name", "buyer_email", "billing_address", "promo_code",
            "tickets#", "currency", "total$", "discount$", "fee$", "tax$", "paid$", "refunded$", "owed$", "order_id",
        ),
        """
        select o.number, e.name as event, o.status, o.channel, o.created_at as ordered_at, o.buyer_name, o.buyer_email, o.billing_address,
            c.code as promo_code,
            (select count(*) from public.tickets k
                where k.org_id = o.org_id and k.order_id = o.id and k.status in ('valid', 'checked_in')) as tickets,
            o.currency, o.total_amount as total, o.discount_amount as discount, o.fee_amount as fee, o.tax_amount as tax,
            o.paid_amount as paid, o.refunded_amount as refunded, case when o.status in ('pending', 'paid')
                then o.total_amount - o.credited_amount - o.paid_amount + o.refunded_amount else 0 end as owed,
            o.id as order_id, e.timezone as zone
        from public.orders o
        join public.events e on e.org_id = o.org_id and e.id = o.event_id
        left join public.promo_codes c on c.org_id = o.org_id and c.id = o.promo_code_id
        where o.org_id = %(org)s and (%(event)s::uuid is null or o.event_id = %(event)s)
            and (%(since)s::timestamptz is null or o.created_at >= %(since)s)
            and (%(before)s::timestamptz is null or o.created_at < %(before)s)
        """,
        "o.created_at, o.id",
    ),
    "attendees": Listing(
        _columns(
            "event", "ticket_type", "attendee_name", "attendee_email", "status", "order_number", "order_status", "ordered_at@",
            "buyer_name", "buyer_email", "ticket_id",
        ),
        """
        select e.name as event, t.name as ticket_type, k.attendee_name, k.attendee_email, k.status, o.number as order_number,
            o.status as order_status, o.created_at as ordered_at, o.buyer_name, o.buyer_email, k.id as ticket_id, o.id as order_id,
            e.timezone as zone
        from public.orders o
        join public.tickets k on k.org_id = o.org_id and k.order_id = o.id
        join public.ticket_types t on t.org_id = k.org_id and t.id = k.ticket_type_id
        join public.events e on e.org_id = o.org_id and e.id = o.event_id
        where o.org_id = %(org)s and (%(event)s::uuid is null or o.event_id = %(event)s) and k.status in ('valid', 'checked_in')
            and o.status in ('pending', 'paid')
            and (%(since)s::timestamptz is null or o.created_at >= %(since)s)
            and (%(before)s::timestamptz is null or o.created_at < %(before)s)
        """,
        "o.created_at, o.id, k.id",
    ),
    "sales": Listing(
        _columns(
            "day", "event", "ticket_type", "channel", "promo_code", "currency", "sold#", "refunded#", "gross_amount$",
            "refunded_amount$", "net_amount$", "discount_amount$", "fee_amount$", "tax_amount$",
        ),
        "select to_char(s.ordered_at at time zone %(zone)s, 'YYYY-MM-DD') as day, e.name as event,"
        " coalesce(t.name, nullif(s.label, ''), 'Fee') as ticket_type, s.channel, c.code as promo_code, s.currency, e.timezone as zone,"
        + sums("s.kind = 'ticket'")
        + SALES
        + """
        join public.events e on e.org_id = s.org_id and e.id = s.event_id
        left join public.promo_codes c on c.org_id = s.org_id and c.id = s.promo_code_id
        group by 1, s.event_id, e.name, e.timezone, 3, s.channel, c.code, s.currency
        """,
        "1, e.name, s.event_id, 3, s.channel, c.code, s.currency",
    ),
    "ledger": Listing(
        _columns(
            "at@", "kind", "account", "currency", "amount$", "event", "order_number", "transaction_id", "source_id",
        ),
        """
        select l.at, l.kind, l.account, l.currency, l.amount, e.name as event, o.number as order_number, l.transaction_id, l.source_id,
            coalesce(e.timezone, %(zone)s) as zone
        from public.ledger l
        left join public.events e on e.org_id = l.org_id and e.id = l.event_id
        left join public.orders o on o.org_id = l.org_id and o.id = l.order_id
        where l.org_id = %(org)s and (%(event)s::uuid is null or l.event_id = %(event)s)
            and (%(since)s::timestamptz is null or l.at >= %(since)s) and (%(before)s::timestamptz is null or l.at < %(before)s)
        """,
        "l.at, l.transaction_id, l.kind, l.source_id, l.entry",
    ),
    "check_ins": Listing(
        _columns(
            "event", "list", "scanned_at@", "kind", "outcome", "reason", "ticket_type", "attendee_name", "order_number", "device",
            "undone_at@", "ticket_id",
        ),
        """
        select e.name as event, i.name as list, c.scanned_at, c.kind, c.outcome, c.reason, t.name as ticket_type, k.attendee_name,
            o.number as order_number, c.device, c.undone_at, c.ticket_id, e.timezone as zone
        from public.check_ins c
        join public.check_in_lists i on i.org_id = c.org_id and i.id = c.list_id
        join public.events e on e.org_id = c.org_id and e.id = c.event_id
        left join public.tickets k on k.org_id = c.org_id and k.id = c.ticket_id
        left join public.ticket_types t on t.org_id = k.org_id and t.id = k.ticket_type_id
        left join public.orders o on o.org_id = k.org_id and o.id = k.order_id
        where c.org_id = %(org)s and (%(event)s::uuid is null or c.event_id = %(event)s)
            and (%(since)s::timestamptz is null or c.scanned_at >= %(since)s)
            and (%(before)s::timestamptz is null or c.scanned_at < %(before)s)
        """,
        "c.scanned_at, c.id",
    ),
    "payouts": Listing(
        _columns("arrived_on", "provider", "reference", "currency", "amount$", "fee$", "voided_at@", "payout_id"),
        """
        select p.arrived_on, p.provider, p.reference, p.currency, p.amount, p.fee_amount as fee, p.voided_at, p.id as payout_id,
            %(zone)s as zone
        from public.payouts p
        where p.org_id = %(org)s and (%(since)s::timestamptz is null or p.arrived_on >= (%(since)s at time zone %(zone)s)::date)
            and (%(before)s::timestamptz is null or p.arrived_on < (%(before)s at time zone %(zone)s)::date)
        """,
        "p.arrived_on, p.id",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Range:
    """What is asked for: of one event or all, from an instant until before another; `zone` is the organisation's."""

    org: UUID
    event: UUID | None
    since: datetime | None
    before: datetime | None
    zone: str

    def params(self) -> dict[str, Any]:
        return {"org": self.org, "event": self.event, "since": self.since, "before": self.before, "zone": self.zone}


def rows(tx: Transaction, kind: Kind, wanted: Range) -> AsyncGenerator[list[dict[str, Any]], None]:
    """All of it, batch after batch, as it was when the first one was asked for."""
    listing = LISTINGS[kind]
    return tx.stream(f"{listing.query} order by {listing.order}", wanted.params(), batch=BATCH)


async def first_rows(tx: Transaction, kind: Kind, wanted: Range, most: int) -> list[dict[str, Any]]:
    listing = LISTINGS[kind]
    query = f"{listing.query} order by {listing.order} limit %(most)s"
    return await tx.fetch_dicts(query, {**wanted.params(), "most": most})


async def count(tx: Transaction, kind: Kind, wanted: Range) -> int:
    found: int = await tx.fetch_value(f"select count(*) from ({LISTINGS[kind].query}) listed", wanted.params())
    return found
