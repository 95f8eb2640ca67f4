"""Whatever happens to orders, in whatever order: places, lines, tickets, codes and money say the same."""

from __future__ import annotations

import random
from typing import Any

import pytest

from tests.tools.shop import Shop
from tools.errors import Conflict

pytestmark = pytest.mark.asyncio(loop_scope="module")

BROKEN = """
    select 'quota' as what from app.quota_drift(%(org)s)
    union all select 'money of ' || o.number from public.orders o
    where o.org_id = %(org)s and (
        o.paid_amount <> (select coalesce(sum(p.amount), 0) from public.payments p where p.order_id = o.id and p.status = 'confirmed')
        or o.refunded_amount <> (select coalesce(sum(r.amount), 0) from public.refunds r where r.order_id = o.id)
        or (o.total_amount, o.discount_amount, o.fee_amount, o.tax_amount) <> (
            select sum(i.total_amount)::bigint, sum(i.discount_amount)::bigint, sum(i.fee_amount)::bigint, sum(i.tax_amount)::bigint
            from public.order_items i where i.order_id = o.id)
        or o.status = 'paid' and app.owed(o) > 0 or o.status = 'pending' and app.owed(o) <= 0 and not o.needs_approval
        or o.status = 'cancelled' and o.paid_amount - o.refunded_amount <> o.kept_amount)
    union all select 'tickets of ' || o.number from public.orders o
    where o.org_id = %(org)s and (select count(*) from public.tickets k where k.order_id = o.id and k.status in ('valid', 'checked_in'))
        <> case when o.status in ('pending', 'paid') then (
            select sum(i.quantity) from public.order_items i where i.order_id = o.id and i.kind = 'ticket') else 0 end
    union all select 'code ' || p.code from public.promo_codes p
    where p.org_id = %(org)s and (p.uses, p.spent_amount) <> (
        select coalesce(sum(o.promo_uses), 0)::int, coalesce(sum(o.discount_amount), 0)::bigint
        from public.orders o where o.promo_code_id = p.id and o.status in ('pending', 'paid'))
"""


def step(dice: random.Random, numbers: list[str]) -> tuple[str, dict[str, Any]]:
    """Something a clerk might do next."""
    order = {"order": dice.choice(numbers)}
    kind = dice.choice(("General", "VIP"))
    few = dice.randint(1, 3)
    line = [{"ticket_type": kind, "quantity": few}]
    other = [{"ticket_type": "VIP" if kind == "General" else "General", "quantity": few}]
    return dice.choice((
        ("sell_tickets", {"event": "Winter Gala", "ticket_type": kind, "quantity": few, "buyer": "Ada"}
            | dice.choice(({}, {"payment_method": "cash"})) | dice.choice(({}, {"promo_code": "STUDENT"}))),
        ("record_payment", order | {"method": "transfer"} | dice.choice(({}, {"amount": dice.randint(1, 4000)}))),
        ("refund_order", order | dice.choice(({}, {"amount": dice.randint(1, 3000)}, {"keep_amount": dice.randint(1, 900)}))),
        ("refund_tickets", order | {"ticket_type": kind, "quantity": few, "keep_amount": dice.choice((0, 0, 333))}),
        ("change_order", order | {"remove": line, "add": other, "refund_difference": dice.random() < 0.5}),
        ("change_order", order | {"add": line}),
        ("cancel_order", order),
        ("extend_order", order),
        ("expire", order),
    ))  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
async def test_no_life_of_an_order_breaks_the_books(shop: Shop, seed: int) -> None:
    await live(shop, seed, steps=30)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 140))
async def test_no_long_life_of_an_order_breaks_the_books(shop: Shop, seed: int) -> None:
    await live(shop, seed, steps=80)


async def live(shop: Shop, seed: int, steps: int) -> None:
    dice = random.Random(seed)
    shop.office.sql(
        "update public.ticket_types set fee_amount = 33, fee_basis_points = 250, tax_basis_points = 1900, tax_included = %s"
        " where org_id = %s",
        seed % 2 == 0, shop.office.org_id,
    )  # fmt: skip
    numbers = [shop.open_order.number, shop.paid_order.number]
    done: list[str] = []
    for _ in range(steps):
        name, data = step(dice, numbers)
        try:
            if name == "expire":
                shop.office.sql(
                    "update public.orders set expires_at = now() where number = %s and status = 'pending' and paid_amount = 0",
                    data["order"],
                )
                shop.office.sql("select app.expire(%s)", shop.event.id)
            else:
                answer = await shop.do(name, **data)
                numbers = list(dict.fromkeys([*numbers, answer.number]))
            done.append(f"{name} {data}")
        except Conflict:
            pass
        with_org = BROKEN.replace("%(org)s", f"'{shop.office.org_id}'")
        assert shop.office.sql(with_org) == [], done
    assert len(done) > steps // 4
