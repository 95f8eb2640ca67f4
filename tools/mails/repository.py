"""SQL of mails: what the outbox holds for the relay, what a letter speaks of, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID, uuid4

from tools.mails.models import ListMails, Mail, MailStatus, MailSummary
from tools.mails.rendering import Letter, Line
from tools.mails.rules import Admin, AnyKind, Buyer, NewMail, News, OrderStatus
from tools.store.addresses import (
    ATTENDEE,
    BUYER,
    RECIPIENT,
    WAITING,
    index_address,
    open_address,
    opened,
    seal_address,
    sought,
    theirs,
)
from tools.store.database import Transaction


async def unrelayed(tx: Transaction, kinds: Iterable[str], at_most: int) -> list[News]:
    """The oldest rows that make mails and that nobody else relays right now, locked until the transaction ends."""
    rows = await tx.fetch_dicts(
        """
        select n.id, n.org_id, n.kind, coalesce(o.event_id, n.event_id, e.id) as event_id, n.created_at, o.id as order_id,
            o.status as order_status, o.paid_at, o.buyer_email, o.locale, g.locale as organization_locale,
            coalesce(h.id, k.id) as ticket_id, case when h.id is null then k.attendee_email else h.attendee_email end as attendee_email,
            w.id as entry_id, w.email as entry_email, w.locale as entry_locale, i.id as invitation_id, i.email as invited_email, case
                when w.id is not null then jsonb_build_object(
                    'name', w.name, 'ticket_type', w.ticket_type_id, 'entry', w.id, 'hold', w.hold_id, 'until', p.expires_at)
                when n.kind = 'refund_choice_offered' then jsonb_build_object('until', c.deadline)
                when i.id is not null then jsonb_build_object('role', i.role, 'until', i.expires_at, 'inviter', (
                    select u.name from public.users u where u.id = i.invited_by))
                when b.id is not null then jsonb_build_object(
                    'host', substring(b.url from '//([^/?#]+)'), 'purpose', b.description, 'why', b.disabled_reason)
            end as facts
        from public.outbox n
        join public.organizations g on g.id = n.org_id
        left join public.tickets k on k.org_id = n.org_id and k.id = n.subject_id
        -- Whose the ticket is now, where the row names the one that was given away.
        left join public.tickets h on h.org_id = k.org_id and h.transferred_from = k.id
        left join public.orders o on o.org_id = n.org_id and o.id = coalesce(k.order_id, n.subject_id)
        left join public.waiting_list_entries w on w.org_id = n.org_id and w.id = n.subject_id
        left join public.holds p on p.org_id = w.org_id and p.id = w.hold_id
        left join public.refund_choices c on c.org_id = n.org_id and c.order_id = n.subject_id
        left join public.events e on e.org_id = n.org_id and e.id = n.subject_id
        left join public.invitations i on i.org_id = n.org_id and i.id = n.subject_id
        left join public.webhooks b on b.org_id = n.org_id and b.id = n.subject_id
        where n.relayed_at is null and n.kind = any (%(kinds)s)
        order by n.id limit %(at_most)s for update of n skip locked
        """,
        {"kinds": list(kinds), "at_most": at_most},
    )
    for row in rows:
        for column, name, whose in (
            (BUYER, "buyer_email", row["order_id"]),
            (ATTENDEE, "attendee_email", row["ticket_id"]),
            (WAITING, "entry_email", row.pop("entry_id")),
        ):
            row[name] = open_address(tx.fields, column, row["org_id"], whose, row[name])
    return [News(**row) for row in rows]


async def pass_over(tx: Transaction, kinds: Iterable[str]) -> list[int]:
    """Rows that make no mail are marked. Answers which."""
    rows = await tx.fetch_dicts(
        """
        update public.outbox set relayed_at = now() where id in (
            select n.id from public.outbox n where n.relayed_at is null and n.kind <> all (%(kinds)s)
            order by n.id limit 5000 for update skip locked)
        returning id
        """,
        {"kinds": list(kinds)},
    )
    return [row["id"] for row in rows]


async def buyers(tx: Transaction, news: News, kind: AnyKind, at_most: int) -> list[Buyer]:
    """Buyers of the event's live orders who have no mail of this row yet."""
    found = await tx.fetch_all(
        """
        select o.buyer_email as email, o.locale, o.id as order_id
        from public.orders o
        where o.org_id = %(org)s and o.event_id = %(event)s and o.buyer_email is not null and o.status in ('pending', 'paid')
            and not exists (select from public.mails m where m.dedupe_key = %(kind)s || '/' || %(news)s || '/' || o.id)
        order by o.id limit %(at_most)s
        """,
        {"org": news.org_id, "event": news.event_id, "kind": kind, "news": str(news.id), "at_most": at_most},
        row=Buyer,
    )
    return list(opened(tx.fields, BUYER, news.org_id, found, "email", "order_id"))


async def admins(tx: Transaction, org: UUID) -> list[Admin]:
    """Who decides how the organisation is set up."""
    return await tx.fetch_all(
        """
        select coalesce(u.email, '') as email, u.id as user_id
        from public.memberships m join public.users u on u.id = m.user_id
        where m.org_id = %(org)s and m.role >= 'admin' order by u.id
        """,
        {"org": org},
        row=Admin,
    )


async def create(tx: Transaction, mails: list[NewMail]) -> int:
    """Writes the mails that are not there yet, each with its job. Answers how many."""
    made = []
    for mail in mails:
        mail_id = uuid4()
        sealed = seal_address(tx.fields, RECIPIENT, mail.org_id, mail_id, mail.recipient)
        index = index_address(tx.fields, mail.org_id, mail.recipient)
        made.append(asdict(mail) | {"id": mail_id, "recipient": sealed, "recipient_index": index})
    rows = await tx.fetch_dicts(
        """
        insert into public.mails (id, org_id, event_id, order_id, ticket_id, invitation_id, kind, recipient, recipient_index, locale,
            dedupe_key, facts)
        select m.id, m.org_id, m.event_id, m.order_id, m.ticket_id, m.invitation_id, m.kind, m.recipient, m.recipient_index, m.locale,
            m.dedupe_key, m.facts
        from jsonb_to_recordset(%(mails)s::jsonb) as m (
            id uuid, recipient_index text,
            org_id uuid, event_id uuid, order_id uuid, ticket_id uuid, invitation_id uuid, kind text, recipient text, locale text,
            dedupe_key text, facts jsonb)
        on conflict (dedupe_key) do nothing returning id
        """,
        {"mails": json.dumps(made, default=str)},
    )
    await tx.execute("select app.enqueue_mails(%(ids)s)", {"ids": [row["id"] for row in rows]})
    return len(rows)


async def mark_relayed(tx: Transaction, ids: list[int]) -> None:
    await tx.execute("update public.outbox set relayed_at = now() where id = any (%(ids)s)", {"ids": ids})


async def enqueue_forgotten(tx: Transaction, older_than_seconds: float) -> int:
    return int(
        await tx.fetch_value(
            "select app.enqueue_forgotten_mails(make_interval(secs => %(seconds)s))", {"seconds": older_than_seconds}
        )
    )


@dataclass(frozen=True, slots=True)
class Subject:
    """What one mail speaks of, as it is now, and what was written for it already."""

    id: UUID
    org_id: UUID
    kind: AnyKind
    recipient: str
    locale: str
    dedupe_key: str
    facts: dict[str, Any]
    subject: str | None
    body: str | None
    html: str | None
    created_at: datetime
    now: datetime
    organization: str
    event_id: UUID | None
    event: str
    starts: datetime | None
    timezone: str
    place: str
    reason: str
    order_id: UUID | None
    order_status: OrderStatus | None
    link_version: int | None
    number: str | None
    buyer_name: str | None
    currency: str | None
    total_amount: int | None
    tax_amount: int | None
    paid_amount: int | None
    refunded_amount: int | None
    owed_amount: int | None
    needs_approval: bool | None
    expires_at: datetime | None
    ticket_id: UUID | None
    ticket_type: str
    attendee: str
    invitation_id: UUID | None
    invitation_open: bool | None


async def begin(tx: Transaction, mail_id: UUID) -> Subject | None:
    """Counts an attempt. None when the mail is not waiting any more."""
    waiting = await tx.execute(
        "update public.mails set attempts = attempts + 1 where id = %(id)s and status = 'queued'", {"id": mail_id}
    )
    if not waiting:
        return None
    found = await tx.fetch_one(
        """
        select m.id, m.org_id, m.kind, m.recipient, m.locale, m.dedupe_key, m.facts, m.subject, m.body, m.html, m.created_at,
            now() as now, g.name as organization, e.id as event_id, coalesce(e.name, '') as event, e.start_date as starts,
            coalesce(e.timezone, g.timezone) as timezone,
            concat_ws(', ', nullif(v.name, ''), nullif(v.address, ''), nullif(v.city, '')) as place,
            coalesce(e.cancel_reason, '') as reason,
            o.id as order_id, o.status as order_status, o.link_version, o.number, o.buyer_name, o.currency, o.total_amount,
            o.tax_amount, o.paid_amount, o.refunded_amount, app.owed(o) as owed_amount, o.needs_approval, o.expires_at,
            m.ticket_id, coalesce(t.name, '') as ticket_type, coalesce(k.attendee_name, '') as attendee, m.invitation_id,
            i.accepted_at is null and i.revoked_at is null and g.suspended_at is null as invitation_open
        from public.mails m
        join public.organizations g on g.id = m.org_id
        left join public.events e on e.org_id = m.org_id and e.id = m.event_id
        left join public.invitations i on i.org_id = m.org_id and i.id = m.invitation_id
        left join public.venues v on v.org_id = e.org_id and v.id = e.venue_id
        left join public.orders o on o.org_id = m.org_id and o.id = m.order_id
        left join public.tickets k on k.org_id = m.org_id and k.id = m.ticket_id
        left join public.ticket_types t on t.org_id = m.org_id
            and t.id = coalesce(k.ticket_type_id, (m.facts ->> 'ticket_type')::uuid)
        where m.id = %(id)s
        """,
        {"id": mail_id},
        row=Subject,
    )
    if found is not None:
        opened(tx.fields, RECIPIENT, found.org_id, [found], "recipient")
    return found


async def lines_of(tx: Transaction, org: UUID, order_id: UUID) -> list[Line]:
    """What the order comes to, line by line, without what was taken back and without the parts of a bundle."""
    return await tx.fetch_all(
        """
        select coalesce(nullif(i.label, ''), t.name, '') as label, sum(i.quantity)::integer as quantity,
            sum(i.total_amount)::bigint as total_amount
        from public.order_items i
        left join public.ticket_types t on t.org_id = i.org_id and t.id = i.ticket_type_id
        where i.org_id = %(org)s and i.order_id = %(order)s and i.part_of is null
        group by 1, i.ticket_type_id having sum(i.quantity) <> 0 order by min(i.created_at), 1
        """,
        {"org": org, "order": order_id},
        row=Line,
    )


async def keep_letter(tx: Transaction, mail_id: UUID, letter: Letter) -> None:
    """Its text is sealed already."""
    await tx.execute(
        "update public.mails set subject = %(subject)s, body = %(text)s, html = %(html)s where id = %(id)s",
        {"id": mail_id, **asdict(letter)},
    )


async def mark_sent(tx: Transaction, mail_id: UUID) -> None:
    await tx.execute(
        "update public.mails set status = 'sent', sent_at = now(), failure = null where id = %(id)s and status = 'queued'",
        {"id": mail_id},
    )


async def mark(tx: Transaction, mail_id: UUID, status: MailStatus, why: str) -> None:
    """`queued` with a reason: it will be tried again. A mail that was sent stays sent."""
    await tx.execute(
        "update public.mails set status = %(status)s, failure = %(why)s where id = %(id)s and status = 'queued'",
        {"id": mail_id, "status": status, "why": why},
    )


_SUMMARY: LiteralString = """
    select m.id, m.kind, m.recipient, m.subject, m.status, m.attempts, m.failure, m.order_id, o.number as order_number,
        m.event_id, m.locale, m.sent_at, m.version, m.created_at
"""
_FROM: LiteralString = """
    from public.mails m left join public.orders o on o.org_id = m.org_id and o.id = m.order_id
"""


async def get(tx: Transaction, org: UUID, mail_id: UUID) -> Mail | None:
    found = await tx.fetch_all(
        _SUMMARY + ", m.body" + _FROM + "where m.org_id = %(org)s and m.id = %(id)s and m.event_id is not null",
        {"org": org, "id": mail_id},
        row=Mail,
    )
    return next(iter(opened(tx.fields, RECIPIENT, org, found, "recipient")), None)


async def find(
    tx: Transaction,
    org: UUID,
    wanted: ListMails,
    event_id: UUID | None,
    order_id: UUID | None,
    after: list[Any] | None,
) -> list[MailSummary]:
    """The newest first; one more than the limit when there is a next page."""
    found = await tx.fetch_all(
        _SUMMARY
        + _FROM
        + f"""
        where m.org_id = %(org)s and m.event_id is not null and (%(event)s::uuid is null or m.event_id = %(event)s)
            and (%(order)s::uuid is null or m.order_id = %(order)s)
            and (%(address)s::text is null or {theirs("m.recipient")})
            and (%(kind)s::text is null or m.kind = %(kind)s)
            and (%(status)s::text is null or m.status = %(status)s)
            and (%(after_at)s::timestamptz is null or (m.created_at, m.id) < (%(after_at)s, %(after_id)s::uuid))
        order by m.created_at desc, m.id desc limit %(more)s
        """,
        {
            "org": org,
            "event": event_id,
            "order": order_id,
            **sought(tx.fields, org, wanted.recipient),
            "kind": wanted.kind,
            "status": wanted.status,
            "after_at": after[0] if after else None,
            "after_id": after[1] if after else None,
            "more": wanted.limit + 1,
        },
        row=MailSummary,
    )
    return list(opened(tx.fields, RECIPIENT, org, found, "recipient"))
