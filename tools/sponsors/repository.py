"""SQL of sponsors and sponsorships."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tools.kit.naming import Candidate
from tools.sponsors.models import ListSponsors, Sponsorship
from tools.store.database import Transaction

_SPONSORSHIP = """
    select d.id, d.sponsor_id, s.name as sponsor_name, d.event_id, e.name as event_name, d.level, d.amount, d.currency,
        d.status, d.version, d.created_at
    from public.sponsorships d
    join public.sponsors s on s.org_id = d.org_id and s.id = d.sponsor_id
    join public.events e on e.org_id = d.org_id and e.id = d.event_id
"""


async def get(tx: Transaction, org: UUID, sponsorship_id: UUID) -> Sponsorship | None:
    return await tx.fetch_one(
        _SPONSORSHIP + "where d.org_id = %(org)s and d.id = %(id)s", {"org": org, "id": sponsorship_id}, row=Sponsorship
    )


async def named(tx: Transaction, org: UUID, event_id: UUID | None) -> list[Candidate]:
    """Sponsorships by their sponsor's name."""
    return await tx.fetch_all(
        """
        select d.id, s.name, e.name as hint, e.status not in ('cancelled', 'archived') as current
        from public.sponsorships d
        join public.sponsors s on s.org_id = d.org_id and s.id = d.sponsor_id
        join public.events e on e.org_id = d.org_id and e.id = d.event_id
        where d.org_id = %(org)s and (%(event)s::uuid is null or d.event_id = %(event)s)
        order by d.created_at desc limit 2000
        """,
        {"org": org, "event": event_id},
        row=Candidate,
    )


async def sponsor_named(tx: Transaction, org: UUID, name: str) -> UUID | None:
    found: UUID | None = await tx.fetch_value(
        "select id from public.sponsors where org_id = %(org)s and lower(name) = lower(%(name)s)",
        {"org": org, "name": name},
    )
    return found


async def create_sponsor(tx: Transaction, org: UUID, sponsor_id: UUID, name: str) -> None:
    await tx.execute(
        "insert into public.sponsors (id, org_id, name) values (%(id)s, %(org)s, %(name)s)",
        {"id": sponsor_id, "org": org, "name": name},
    )


async def create(tx: Transaction, org: UUID, values: dict[str, Any]) -> None:
    await tx.execute(
        """
        insert into public.sponsorships (id, org_id, event_id, sponsor_id, level, amount, currency)
        values (%(id)s, %(org)s, %(event_id)s, %(sponsor_id)s, %(level)s, %(amount)s, %(currency)s)
        """,
        {"org": org, **values},
    )


async def lock(tx: Transaction, org: UUID, sponsorship_id: UUID) -> None:
    """Nobody else changes this sponsorship until the transaction ends."""
    await tx.execute(
        "select 1 from public.sponsorships where org_id = %(org)s and id = %(id)s for update",
        {"org": org, "id": sponsorship_id},
    )


async def update(tx: Transaction, org: UUID, deal: Sponsorship) -> None:
    await tx.execute(
        """
        update public.sponsorships set level = %(level)s, amount = %(amount)s, currency = %(currency)s, status = %(status)s
        where org_id = %(org)s and id = %(id)s
        """,
        {"org": org, **deal.model_dump()},
    )


async def delete(tx: Transaction, org: UUID, sponsorship_id: UUID) -> None:
    await tx.execute(
        "delete from public.sponsorships where org_id = %(org)s and id = %(id)s", {"org": org, "id": sponsorship_id}
    )


async def find(
    tx: Transaction, org: UUID, wanted: ListSponsors, event_id: UUID | None, after: list[Any] | None
) -> list[Sponsorship]:
    return await tx.fetch_all(
        _SPONSORSHIP
        + """
        where d.org_id = %(org)s and (%(event)s::uuid is null or d.event_id = %(event)s)
            and (%(status)s::text is null or d.status = %(status)s)
            and (%(after_at)s::timestamptz is null or (d.created_at, d.id) > (%(after_at)s, %(after_id)s::uuid))
        order by d.created_at, d.id limit %(more)s
        """,
        {
            "org": org,
            "event": event_id,
            "status": wanted.status,
            "after_at": after[0] if after else None,
            "after_id": after[1] if after else None,
            "more": wanted.limit + 1,
        },
        row=Sponsorship,
    )
