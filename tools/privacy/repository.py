"""SQL of what is held about a person, and of its erasure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, LiteralString
from uuid import UUID

from tools.privacy.models import (
    Erasure,
    HeldCheckIn,
    HeldMail,
    HeldNote,
    HeldOrder,
    HeldPayment,
    HeldPlace,
    HeldRefund,
    HeldTicket,
)
from tools.privacy.rules import Traces
from tools.store.addresses import ATTENDEE, BUYER, RECIPIENT, WAITING, open_address, opened, sought, theirs
from tools.store.database import Transaction


async def is_member(tx: Transaction, org: UUID, email: str) -> bool:
    return bool(
        await tx.fetch_value(
            "select exists (select from public.memberships m join public.users u on u.id = m.user_id"
            " where m.org_id = %(org)s and lower(u.email) = lower(%(email)s))",
            {"org": org, "email": email},
        )
    )


async def orders_of(tx: Transaction, org: UUID, email: str) -> list[HeldOrder]:
    found = await tx.fetch_all(
        f"""
        select o.id, o.number, e.name as event_name, o.status, o.channel, o.buyer_name, o.buyer_email, o.billing_address, o.locale,
            o.currency, o.total_amount, o.paid_amount, o.refunded_amount, o.created_at
        from public.orders o join public.events e on e.org_id = o.org_id and e.id = o.event_id
        where o.org_id = %(org)s and {theirs("o.buyer_email")} order by o.created_at, o.id
        """,
        {"org": org, **sought(tx.fields, org, email)},
        row=HeldOrder,
    )
    return list(opened(tx.fields, BUYER, org, found, "buyer_email"))


async def tickets_of(tx: Transaction, org: UUID, email: str, orders: Sequence[UUID]) -> list[HeldTicket]:
    """Those with their address, and those of their orders with nobody else's."""
    found = await tx.fetch_all(
        f"""
        select k.id, o.number as order_number, e.name as event_name, t.name as ticket_type_name, k.attendee_name, k.attendee_email,
            k.status, k.created_at
        from public.tickets k
        join public.orders o on o.org_id = k.org_id and o.id = k.order_id
        join public.events e on e.org_id = k.org_id and e.id = k.event_id
        join public.ticket_types t on t.org_id = k.org_id and t.id = k.ticket_type_id
        where k.org_id = %(org)s and ({theirs("k.attendee_email")}
            or (k.order_id = any (%(orders)s) and k.attendee_email is null))
        order by k.created_at, k.id
        """,
        {"org": org, "orders": list(orders), **sought(tx.fields, org, email)},
        row=HeldTicket,
    )
    return list(opened(tx.fields, ATTENDEE, org, found, "attendee_email"))


async def check_ins_of(tx: Transaction, org: UUID, tickets: Sequence[UUID]) -> list[HeldCheckIn]:
    return await tx.fetch_all(
        """
        select c.ticket_id, e.name as event_name, l.name as list_name, c.kind, c.outcome, c.scanned_at
        from public.check_ins c
        join public.check_in_lists l on l.org_id = c.org_id and l.id = c.list_id
        join public.events e on e.org_id = c.org_id and e.id = c.event_id
        where c.org_id = %(org)s and c.ticket_id = any (%(tickets)s) order by c.scanned_at, c.id
        """,
        {"org": org, "tickets": list(tickets)},
        row=HeldCheckIn,
    )


async def payments_of(tx: Transaction, org: UUID, orders: Sequence[UUID]) -> list[HeldPayment]:
    return await tx.fetch_all(
        """
        select o.number as order_number, p.provider, p.method, p.status, p.amount, p.currency, p.created_at
        from public.payments p join public.orders o on o.org_id = p.org_id and o.id = p.order_id
        where p.org_id = %(org)s and p.order_id = any (%(orders)s) order by p.created_at, p.id
        """,
        {"org": org, "orders": list(orders)},
        row=HeldPayment,
    )


async def refunds_of(tx: Transaction, org: UUID, orders: Sequence[UUID]) -> list[HeldRefund]:
    return await tx.fetch_all(
        """
        select o.number as order_number, r.status, r.reason, r.amount, r.currency, r.created_at
        from public.refunds r join public.orders o on o.org_id = r.org_id and o.id = r.order_id
        where r.org_id = %(org)s and r.order_id = any (%(orders)s) order by r.created_at, r.id
        """,
        {"org": org, "orders": list(orders)},
        row=HeldRefund,
    )


async def places_of(tx: Transaction, org: UUID, email: str) -> list[HeldPlace]:
    rows = await tx.fetch_dicts(
        f"""
        select w.id, e.name as event_name, t.name as ticket_type_name, w.quantity, w.name, w.email, w.status, w.created_at
        from public.waiting_list_entries w
        join public.events e on e.org_id = w.org_id and e.id = w.event_id
        join public.ticket_types t on t.org_id = w.org_id and t.id = w.ticket_type_id
        where w.org_id = %(org)s and {theirs("w.email")} order by w.created_at, w.id
        """,
        {"org": org, **sought(tx.fields, org, email)},
    )
    for row in rows:
        row["email"] = open_address(tx.fields, WAITING, org, row["id"], row["email"])
    return [HeldPlace.model_validate(row) for row in rows]


async def mails_of(tx: Transaction, org: UUID, email: str) -> dict[UUID, HeldMail]:
    """By their ids, which open their texts."""
    rows = await tx.fetch_dicts(
        f"""
        select m.id, m.kind, m.recipient, m.subject, m.body, m.status, m.sent_at, m.created_at from public.mails m
        where m.org_id = %(org)s and {theirs("m.recipient")} order by m.created_at, m.id
        """,
        {"org": org, **sought(tx.fields, org, email)},
    )
    for row in rows:
        row["recipient"] = open_address(tx.fields, RECIPIENT, org, row["id"], row["recipient"])
    return {row.pop("id"): HeldMail(**row) for row in rows}


async def notes_of(tx: Transaction, org: UUID, subjects: Sequence[UUID]) -> list[HeldNote]:
    return await tx.fetch_all(
        "select a.at, a.operation, a.summary from public.audit a"
        " where a.org_id = %(org)s and a.subject_id = any (%(subjects)s) order by a.id",
        {"org": org, "subjects": list(subjects)},
        row=HeldNote,
    )


_ERASURE: LiteralString = """
    select e.id, e.pseudonym, e.orders, e.tickets, e.waiting_list_entries, e.mails, e.mentions, e.conversations, e.finished_at,
        e.version, e.created_at
    from public.erasures e
"""


async def erase(tx: Transaction, org: UUID, values: dict[str, Any]) -> None:
    await tx.fetch_value(
        "select (app.erase_person(%(org)s, %(id)s, %(address)s, %(names)s, %(pseudonym)s, %(terms)s, %(person)s,"
        " %(address_index)s)).id",
        {"org": org, **values, **sought(tx.fields, org, values["email"])},
    )


async def erasure_of(tx: Transaction, org: UUID, erasure_id: UUID) -> Erasure | None:
    return await tx.fetch_one(
        _ERASURE + "where e.org_id = %(org)s and e.id = %(id)s", {"org": org, "id": erasure_id}, row=Erasure
    )


async def find(
    tx: Transaction, org: UUID, limit: int, people: list[str] | None, after: list[Any] | None
) -> list[Erasure]:
    """Of these people (by their blind indexes) or of all, the newest first; one more than the limit when there is a next page."""
    return await tx.fetch_all(
        _ERASURE
        + """
        where e.org_id = %(org)s and (%(people)s::text[] is null or e.person = any (%(people)s))
            and (%(after_at)s::timestamptz is null or (e.created_at, e.id) < (%(after_at)s, %(after_id)s::uuid))
        order by e.created_at desc, e.id desc limit %(more)s
        """,
        {
            "org": org,
            "after_at": after[0] if after else None,
            "after_id": after[1] if after else None,
            "people": people,
            "more": limit + 1,
        },
        row=Erasure,
    )


async def unfinished(tx: Transaction) -> list[dict[str, Any]]:
    """Erasures whose mentions are still to be looked for, the oldest first."""
    return await tx.fetch_dicts(
        "select e.id, e.org_id, e.pseudonym, e.terms from public.erasures e where e.finished_at is null order by e.created_at limit 10"
    )


async def mentioning_columns(tx: Transaction) -> list[dict[str, Any]]:
    return await tx.fetch_dicts("select m.table_name, m.column_name from app.mentioning_columns() m")


async def redact(tx: Transaction, erasure_id: UUID, column: dict[str, Any], traces: Traces) -> int:
    return int(
        await tx.fetch_value(
            "select app.redact_column(%(id)s, %(table_name)s, %(column_name)s, %(terms)s, %(short)s, %(tied)s)",
            {
                "id": erasure_id,
                **column,
                "terms": list(traces.terms),
                "short": list(traces.short_names),
                "tied": list(traces.tied),
            },
        )
    )


async def finish(tx: Transaction, erasure_id: UUID) -> None:
    await tx.execute(
        "update public.erasures set terms = null, finished_at = now() where id = %(id)s and finished_at is null",
        {"id": erasure_id},
    )


async def be_patient(tx: Transaction) -> None:
    """A large organisation's table takes its time; nobody waits for this transaction but a job."""
    await tx.execute("select set_config('statement_timeout', '5min', true)")
