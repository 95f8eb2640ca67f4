"""SQL of payouts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tools.payouts.models import ListPayouts, Payout
from tools.store.database import Transaction

_PAYOUT = """
    select p.id, p.provider, p.reference, p.amount, p.fee_amount, p.currency, p.arrived_on, p.voided_at, p.version, p.created_at,
        p.updated_at
    from public.payouts p
"""


async def get(tx: Transaction, org: UUID, payout_id: UUID) -> Payout | None:
    return await tx.fetch_one(
        _PAYOUT + "where p.org_id = %(org)s and p.id = %(id)s", {"org": org, "id": payout_id}, row=Payout
    )


async def lock(tx: Transaction, org: UUID, payout_id: UUID) -> None:
    """Nobody else voids this payout until the transaction ends."""
    await tx.execute(
        "select 1 from public.payouts where org_id = %(org)s and id = %(id)s for update", {"org": org, "id": payout_id}
    )


async def record(tx: Transaction, org: UUID, values: dict[str, Any]) -> None:
    """Raises PayoutRecorded."""
    await tx.execute(
        """
        insert into public.payouts (id, org_id, provider, reference, amount, fee_amount, currency, arrived_on)
        values (%(id)s, %(org)s, %(provider)s, %(reference)s, %(amount)s, %(fee_amount)s, %(currency)s, %(arrived_on)s)
        """,
        {"org": org, **values},
    )


async def void(tx: Transaction, org: UUID, payout_id: UUID) -> None:
    await tx.execute(
        "update public.payouts set voided_at = now() where org_id = %(org)s and id = %(id)s",
        {"org": org, "id": payout_id},
    )


async def find(tx: Transaction, org: UUID, wanted: ListPayouts, after: list[Any] | None) -> list[Payout]:
    """Newest arrival first; one more than the limit when there is a next page."""
    return await tx.fetch_all(
        _PAYOUT
        + """
        where p.org_id = %(org)s and (%(provider)s::text is null or p.provider = %(provider)s)
            and (%(from)s::date is null or p.arrived_on >= %(from)s) and (%(to)s::date is null or p.arrived_on <= %(to)s)
            and (%(after_on)s::date is null or (p.arrived_on, p.id) < (%(after_on)s, %(after_id)s::uuid))
        order by p.arrived_on desc, p.id desc limit %(more)s
        """,
        {
            "org": org,
            "provider": wanted.provider,
            "from": wanted.from_date,
            "to": wanted.to_date,
            "after_on": after[0] if after else None,
            "after_id": after[1] if after else None,
            "more": wanted.limit + 1,
        },
        row=Payout,
    )
