"""SQL of attendees. Tickets change only inside app.rename_attendee and app.transfer_ticket."""

from __future__ import annotations

from typing import Any, LiteralString
from uuid import UUID

from tools.attendees.documents.models import OrderPapers
from tools.attendees.models import Attendee, ListAttendees, TicketDetail
from tools.attendees.rules import Holder, holder
from tools.kit.naming import Candidate
from tools.kit.text import with_hints
from tools.store.addresses import ATTENDEE, BUYER, index_address, open_address, opened, seal_address, sought, theirs
from tools.store.database import Transaction

_FIELDS: LiteralString = """
    select k.id, k.attendee_name, k.attendee_email, k.status, k.event_id, e.name as event_name, k.ticket_type_id,
        t.name as ticket_type_name, k.order_id, o.number as order_number, o.status as order_status, k.transferred_from, k.version,
        k.created_at
"""
_FROM: LiteralString = """
    from public.tickets k
    join public.orders o on o.org_id = k.org_id and o.id = k.order_id
    join public.events e on e.org_id = k.org_id and e.id = k.event_id
    join public.ticket_types t on t.org_id = k.org_id and t.id = k.ticket_type_id
"""
_NEXT: LiteralString = """,
        (select n.id from public.tickets n where n.org_id = k.org_id and n.transferred_from = k.id) as transferred_to, k.code
"""


async def get(tx: Transaction, org: UUID, ticket_id: UUID) -> TicketDetail | None:
    found = await tx.fetch_all(
        _FIELDS + _NEXT + _FROM + "where k.org_id = %(org)s and k.id = %(id)s",
        {"org": org, "id": ticket_id},
        row=TicketDetail,
    )
    return next(iter(opened(tx.fields, ATTENDEE, org, found, "attendee_email")), None)


async def by_code(tx: Transaction, org: UUID, code: str) -> UUID | None:
    found: UUID | None = await tx.fetch_value(
        "select id from public.tickets where org_id = %(org)s and code = %(code)s", {"org": org, "code": code}
    )
    return found


async def named(tx: Transaction, org: UUID, event_id: UUID, words: str) -> list[Candidate]:
    """Tickets of people whose name has one of the words, or begins like it."""
    rows = await tx.fetch_dicts(
        """
        select k.id, k.attendee_name as name, k.attendee_email, t.name as ticket_type, o.number,
            k.status in ('valid', 'checked_in') as current
        from public.tickets k
        join public.orders o on o.org_id = k.org_id and o.id = k.order_id
        join public.ticket_types t on t.org_id = k.org_id and t.id = k.ticket_type_id
        where k.org_id = %(org)s and k.event_id = %(event)s and exists (
            select from regexp_split_to_table(lower(%(words)s), '\\s+') w where strpos(lower(k.attendee_name), left(w, 3)) > 0)
        order by lower(k.attendee_name) = lower(%(words)s) desc, k.created_at desc, k.id limit 2000
        """,
        {"org": org, "event": event_id, "words": words},
    )
    return [
        Candidate(
            row["id"],
            row["name"],
            ", ".join(filter(None, (row["ticket_type"], address, f"order {row['number']}"))),
            current=row["current"],
        )
        for row in rows
        for address in [open_address(tx.fields, ATTENDEE, org, row["id"], row["attendee_email"])]
    ]


async def find(
    tx: Transaction,
    org: UUID,
    wanted: ListAttendees,
    *,
    event_id: UUID,
    ticket_type_id: UUID | None,
    after: list[Any] | None,
) -> list[Attendee]:
    """By name; one more than the limit when there is a next page."""
    found = await tx.fetch_all(
        _FIELDS
        + _FROM
        + f"""
        where k.org_id = %(org)s and k.event_id = %(event)s
            and (%(type)s::uuid is null or k.ticket_type_id = %(type)s)
            and k.status = any (%(status)s)
            and (%(query)s::text is null or strpos(lower(k.attendee_name), lower(%(query)s)) > 0
                or strpos(lower(o.buyer_name), lower(%(query)s)) > 0
                or {theirs("k.attendee_email")} or {theirs("o.buyer_email")}
                or o.number = upper(ltrim(%(query)s, '#')))
            and (%(after_name)s::text is null or (lower(k.attendee_name), k.id) > (lower(%(after_name)s), %(after_id)s::uuid))
        order by lower(k.attendee_name), k.id limit %(more)s
        """,
        {
            "org": org,
            "event": event_id,
            "type": ticket_type_id,
            "status": [wanted.status] if wanted.status else ["valid", "checked_in"],
            "query": wanted.query,
            **sought(tx.fields, org, wanted.query),
            "after_name": after[0] if after else None,
            "after_id": after[1] if after else None,
            "more": wanted.limit + 1,
        },
        row=Attendee,
    )
    return list(opened(tx.fields, ATTENDEE, org, found, "attendee_email"))


async def rename(
    tx: Transaction, org: UUID, ticket_id: UUID, seen: int | None, name: str, email: str | None
) -> int | None:
    """The new version; None when another than `seen` is there. Raises TicketNotCurrent, NotFound."""
    version: int | None = await tx.fetch_value(
        "select app.rename_attendee(%(org)s, %(id)s, %(seen)s, %(name)s, %(email)s, %(index)s)",
        {
            "org": org,
            "id": ticket_id,
            "seen": seen,
            "name": name,
            "email": seal_address(tx.fields, ATTENDEE, org, ticket_id, email),
            "index": index_address(tx.fields, org, email),
        },
    )
    return version


async def transfer(tx: Transaction, values: dict[str, Any]) -> bool:
    """False when another version than `seen` is there. Raises TicketNotTransferable, NotFound."""
    done: bool = await tx.fetch_value(
        "select app.transfer_ticket(%(org)s, %(id)s, %(seen)s, %(new_id)s, %(code)s, %(name)s, %(sealed)s, %(index)s)",
        {
            **values,
            "sealed": seal_address(tx.fields, ATTENDEE, values["org"], values["new_id"], values["email"]),
            "index": index_address(tx.fields, values["org"], values["email"]),
        },
    )
    return done


async def link_version(tx: Transaction, order_id: UUID) -> int | None:
    version: int | None = await tx.fetch_value(
        "select link_version from public.orders where id = %(id)s", {"id": order_id}
    )
    return version


async def renew_link(tx: Transaction, org: UUID, order_id: UUID) -> int:
    return int(await tx.fetch_value("select app.renew_order_link(%(org)s, %(id)s)", {"org": org, "id": order_id}))


async def one_import_at_a_time(tx: Transaction, event_id: UUID) -> None:
    """The same file sent twice at once makes one ticket per line: the second waits, and finds them there."""
    await tx.execute("select pg_advisory_xact_lock(hashtextextended(%(event)s::text, 7235003))", {"event": event_id})


async def holders(tx: Transaction, org: UUID, event_id: UUID) -> set[Holder]:
    """Who has a ticket of which type; see `rules.holder`."""
    rows = await tx.fetch_dicts(
        """
        select k.id, k.ticket_type_id, k.attendee_email, k.attendee_email_index, k.attendee_name from public.tickets k
        where k.org_id = %(org)s and k.event_id = %(event)s and k.status in ('valid', 'checked_in')
        """,
        {"org": org, "event": event_id},
    )
    return {
        holder(
            row["ticket_type_id"],
            row["attendee_email_index"]
            or index_address(tx.fields, org, open_address(tx.fields, ATTENDEE, org, row["id"], row["attendee_email"])),
            row["attendee_name"],
        )
        for row in rows
    }


async def papers(tx: Transaction, order_id: UUID) -> OrderPapers | None:
    """An order with all that its papers and its page say. Whose it is, the caller knows."""
    found = await tx.fetch_one(
        """
        select o.id, o.org_id, g.name as organizer, g.locale, o.number, o.status, o.needs_approval, o.buyer_name, o.buyer_email,
            o.currency, o.total_amount, o.paid_amount, o.refunded_amount, o.credited_amount, o.discount_amount, o.fee_amount,
            o.tax_amount, o.expires_at, o.created_at, o.version, o.link_version, o.event_id, e.name as event_name,
            e.status as event_status, e.version as event_version, e.cancel_reason, e.start_date, e.end_date, e.timezone,
            v.name as venue_name, nullif(concat_ws(', ', nullif(v.address, ''), nullif(v.city, '')), '') as venue_address,
            clock_timestamp() as now,
            (select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'code', k.code, 'attendee_name', k.attendee_name,
                    'attendee_email', k.attendee_email, 'ticket_type_name', t.name, 'status', k.status) order by k.created_at, k.id), '[]')
                from public.tickets k join public.ticket_types t on t.org_id = k.org_id and t.id = k.ticket_type_id
                where k.org_id = o.org_id and k.order_id = o.id) as tickets,
            (select coalesce(jsonb_agg(jsonb_build_object('label', coalesce(t.name, i.label), 'quantity', i.quantity, 'total_amount',
                    i.total_amount, 'part_of', i.part_of) order by i.created_at, i.id), '[]')
                from public.order_items i left join public.ticket_types t on t.org_id = i.org_id and t.id = i.ticket_type_id
                where i.org_id = o.org_id and i.order_id = o.id) as lines
        from public.orders o
        join public.organizations g on g.id = o.org_id
        join public.events e on e.org_id = o.org_id and e.id = o.event_id
        left join public.venues v on v.org_id = e.org_id and v.id = e.venue_id
        where o.id = %(id)s
        """,
        {"id": order_id},
        row=OrderPapers,
    )
    if found is not None:
        opened(tx.fields, BUYER, found.org_id, [found], "buyer_email")
        opened(tx.fields, ATTENDEE, found.org_id, found.tickets, "attendee_email")
    return found


async def place_of_paper(tx: Transaction, org: UUID, order_id: UUID, printed: str, new_path: str) -> str:
    """Where the tickets lie that say this, or are to be put; ones that say something else are given up."""
    given = {"org": org, "order": order_id, "printed": printed, "path": new_path}
    there: LiteralString = "select path from public.ticket_papers where org_id = %(org)s and order_id = %(order)s"
    found: str | None = await tx.fetch_value(f"{there} and printed = %(printed)s", given)
    if found is not None:
        return found
    await tx.execute(
        "delete from public.ticket_papers where org_id = %(org)s and order_id = %(order)s and printed <> %(printed)s",
        given,
    )
    await tx.execute(
        "insert into public.ticket_papers (org_id, order_id, printed, path)"
        " values (%(org)s, %(order)s, %(printed)s, %(path)s) on conflict (org_id, order_id) do nothing",
        given,
    )
    kept: str = await tx.fetch_value(there, given)
    return kept


async def is_paper(tx: Transaction, path: str) -> bool:
    found: bool = await tx.fetch_value(
        "select exists (select from public.ticket_papers where path = %(path)s)", {"path": path}
    )
    return found


async def drop_old_papers(tx: Transaction, days: int) -> None:
    await tx.execute(
        "delete from public.ticket_papers where created_at < now() - make_interval(days => %(days)s)", {"days": days}
    )


async def leave_trace(
    tx: Transaction, papers: OrderPapers, operation: str, effect: str, subject: UUID, line: str, request_id: str
) -> None:
    """What a buyer did, in the audit and for listeners, like any operation."""
    await tx.execute(
        "select app.record(%(org)s, 'buyer', %(operation)s, %(effect)s, %(subject)s, %(event)s, %(line)s, null, null, %(request)s)",
        {
            "org": papers.org_id,
            "operation": operation,
            "effect": effect,
            "subject": subject,
            "event": papers.event_id,
            "line": with_hints(line),
            "request": request_id,
        },
    )
