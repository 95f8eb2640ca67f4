"""What holds for every operation: the scope, the tenant, the key, the version, the trace."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any, get_args
from uuid import uuid4

import pytest
import pytest_asyncio

from tests.office import Office
from tests.tools.cases import CASES, EMPTY_FOR_STRANGERS, READS, TRACED, TRADE, VERSIONED, WRITES
from tests.tools.shop import Shop
from tools.catalog import CATALOG
from tools.context import Role
from tools.errors import Busy, Conflict, Forbidden, IdempotencyMismatch, NotFound, PreconditionFailed

pytestmark = pytest.mark.asyncio(loop_scope="module")

ROLES: tuple[Role, ...] = get_args(Role)
REFERRING = [
    name
    for name in CASES
    if name
    not in (
        "create_venue",
        "record_payout",
        "list_payouts",
        "find_venues",
        "create_webhook",
        "list_webhooks",
        "list_audit",
        "list_members",
        "invite_member",
        "list_invitations",
        "create_api_key",
        "list_api_keys",
        "get_organization",
        "update_organization",
    )
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def lower(standing_shop: Shop) -> dict[Role, Office]:
    return {role: await standing_shop.office.colleague(role) for role in ROLES if role != "owner"}


async def call(shop: Shop, name: str, office: Office | None = None) -> Any:
    return await (office or shop.office).do(name, **CASES[name].data(shop))


async def test_every_operation_of_the_trade_has_a_case() -> None:
    assert set(CASES) == set(TRADE)


async def test_an_operation_nobody_wrote_a_case_for_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TRADE, "forgotten", CATALOG["get_event"])
    assert set(TRADE) - set(CASES) == {"forgotten"}


@pytest.mark.parametrize("name", WRITES)
async def test_the_least_role_may_write_and_leaves_one_trace_in_its_name(shop: Shop, name: str) -> None:
    least = await shop.office.colleague(CASES[name].least)
    entries, messages = shop.trace(name)
    result = await call(shop, name, least)
    assert isinstance(result, CATALOG[name].output)
    assert shop.trace(name) == (entries + 1, messages + 1)
    (entry,) = shop.office.sql(
        "select actor_id, actor_kind, operation, effect, subject_id, summary <> '' from public.audit"
        " where org_id = %s and operation = %s order by id desc limit 1",
        shop.office.org_id,
        name,
    )
    assert entry == (least.caller.user_id, "person", name, CATALOG[name].effect.value, result.id, True)
    (message,) = shop.office.sql(
        "select kind, subject_id from public.outbox where org_id = %s and kind = %s order by id desc limit 1",
        shop.office.org_id,
        name,
    )
    assert message == (name, result.id)


@pytest.mark.parametrize("name", READS)
async def test_the_least_role_reads_and_leaves_no_trace(
    standing_shop: Shop, lower: dict[Role, Office], name: str
) -> None:
    before = standing_shop.stored()
    assert isinstance(await call(standing_shop, name, lower[CASES[name].least]), CATALOG[name].output)
    after = standing_shop.stored()
    assert {table for table in after if after[table] != before[table]} == (
        {"audit", "outbox"} if name in TRACED else set()
    )


@pytest.mark.parametrize("name", CASES)
async def test_every_role_below_the_least_is_refused(standing_shop: Shop, name: str, lower: dict[Role, Office]) -> None:
    before = standing_shop.stored()
    for role in ROLES[: ROLES.index(CASES[name].least)]:
        with pytest.raises(Forbidden):
            await call(standing_shop, name, lower[role])
    assert standing_shop.stored() == before


@pytest.mark.parametrize("name", REFERRING)
async def test_another_organisations_id_is_not_there(standing_shop: Shop, name: str) -> None:
    before = standing_shop.stored()
    if name in EMPTY_FOR_STRANGERS:
        assert (await call(standing_shop, name, standing_shop.rival)).items == []
    else:
        with pytest.raises(NotFound):
            await call(standing_shop, name, standing_shop.rival)
    assert standing_shop.stored() == before


@pytest.mark.parametrize(
    "name", ["find_venues", "list_events", "list_orders", "list_audit", "list_bookings", "list_sponsors"]
)
async def test_a_list_without_a_filter_shows_nobody_elses(standing_shop: Shop, name: str) -> None:
    theirs = {item.id for item in (await standing_shop.rival.do(name)).items}
    assert theirs.isdisjoint(item.id for item in (await standing_shop.do(name)).items)
    assert (await standing_shop.do(name)).items


@pytest.mark.parametrize("name", CASES)
async def test_somebody_without_that_organisation_is_refused(standing_shop: Shop, name: str) -> None:
    astray = replace(
        standing_shop.rival, caller=replace(standing_shop.rival.caller, organization=str(standing_shop.office.org_id))
    )
    before = standing_shop.stored()
    with pytest.raises(Forbidden):
        await call(standing_shop, name, astray)
    assert standing_shop.stored() == before


# Who handed the organisation over may not do so any more, not even the same again.
@pytest.mark.parametrize("name", [name for name in WRITES if name != "transfer_ownership"])
async def test_the_same_key_is_the_same_answer_and_another_body_a_mistake(shop: Shop, name: str) -> None:
    keyed = shop.office.with_key(str(uuid4()))
    first = await call(shop, name, keyed)
    after_one = shop.stored()
    again = await call(shop, name, keyed)
    # What is told once is not told again.
    assert again.model_dump_json() == first.model_copy(update=dict.fromkeys(CATALOG[name].once)).model_dump_json()
    data = CASES[name].data(shop)
    field = next(iter(data))
    other = f"{uuid4()}@example.org" if field == "email" else str(uuid4())
    with pytest.raises(IdempotencyMismatch):
        await keyed.do(name, **{**data, field: other})
    assert shop.stored() == after_one


@pytest.mark.parametrize("name", WRITES)
async def test_twenty_at_once_with_one_key_do_it_once(shop: Shop, name: str) -> None:
    entries, messages = shop.trace(name)
    keyed = shop.office.with_key(str(uuid4()))
    answers = await asyncio.gather(*(call(shop, name, keyed) for _ in range(20)), return_exceptions=True)
    done = [answer for answer in answers if not isinstance(answer, BaseException)]
    once = dict.fromkeys(CATALOG[name].once)
    assert len({answer.model_copy(update=once).model_dump_json() for answer in done}) == 1
    # What is told once is told to one of them.
    assert all(sum(getattr(answer, field) is not None for answer in done) == 1 for field in once)
    too_late = Forbidden if name == "transfer_ownership" else Busy
    assert {type(answer) for answer in answers if isinstance(answer, BaseException)} <= {Busy, too_late}
    assert shop.trace(name) == (entries + 1, messages + 1)


async def test_without_a_key_twenty_at_once_are_twenty(shop: Shop) -> None:
    entries, _ = shop.trace()
    await asyncio.gather(*(call(shop, "create_venue") for _ in range(20)))
    assert shop.trace()[0] == entries + 20


@pytest.mark.parametrize("name", VERSIONED)
async def test_a_change_of_what_was_changed_meanwhile_is_refused(shop: Shop, name: str) -> None:
    before = shop.stored()
    with pytest.raises(PreconditionFailed) as refused:
        await call(shop, name, shop.seen_as(10_000))
    assert shop.stored() == before
    await call(shop, name, shop.seen_as(refused.value.details["version"]))
    assert shop.stored() != before


async def test_a_key_of_one_person_is_not_another_persons(shop: Shop) -> None:
    key = str(uuid4())
    colleague = await shop.office.colleague("staff")
    first = await call(shop, "create_venue", shop.office.with_key(key))
    second = await call(shop, "create_venue", colleague.with_key(key))
    assert first.id != second.id


async def test_a_key_used_in_one_organisation_does_not_answer_for_another(shop: Shop) -> None:
    person = shop.rival.caller.user_id
    shop.office.sql(
        "insert into public.memberships (user_id, org_id, role) values (%s, %s, 'staff')", person, shop.office.org_id
    )
    keyed = shop.rival.with_key(str(uuid4()))
    await keyed.do("create_venue", name="Loft")
    elsewhere = replace(keyed, caller=replace(keyed.caller, organization=str(shop.office.org_id)))
    with pytest.raises(IdempotencyMismatch):
        await elsewhere.do("create_venue", name="Loft")


async def test_a_refused_call_leaves_its_key_free(shop: Shop) -> None:
    keyed = shop.office.with_key(str(uuid4()))
    with pytest.raises(NotFound):
        await keyed.do("publish_event", event="No Such Night")
    assert (await keyed.do("publish_event", event="Garden Fair")).status == "published"


async def test_a_member_who_was_removed_is_refused_at_once_also_with_an_old_key(shop: Shop) -> None:
    staff = (await shop.office.colleague("staff")).with_key(str(uuid4()))
    await call(shop, "create_venue", staff)
    shop.office.sql("delete from public.memberships where user_id = %s", staff.caller.user_id)
    for name in ("create_venue", "get_event"):
        with pytest.raises(Forbidden):
            await call(shop, name, staff)


async def test_a_model_that_acts_for_somebody_shows_in_the_audit_and_has_no_more_rights(shop: Shop) -> None:
    viewer = await shop.office.colleague("viewer")
    by_model = replace(viewer, caller=replace(viewer.caller, agent=True))
    with pytest.raises(Forbidden):
        await call(shop, "create_venue", by_model)
    await call(shop, "create_venue", replace(shop.office, caller=replace(shop.office.caller, agent=True)))
    assert (await shop.do("list_audit")).items[0].actor_kind == "agent"


async def test_when_the_work_fails_late_nothing_of_it_stays(shop: Shop) -> None:
    """The trace is written in the same transaction: a failure there takes the work with it."""
    shop.office.sql("alter table public.outbox add constraint no_lofts check (kind <> 'create_venue') not valid")
    before = shop.stored()
    try:
        with pytest.raises(Conflict):
            await call(shop, "create_venue")
        assert shop.stored() == before
    finally:
        shop.office.sql("alter table public.outbox drop constraint no_lofts")
