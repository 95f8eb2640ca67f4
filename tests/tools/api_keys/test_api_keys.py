"""API keys: told once, kept as a digest, no more than their role and scopes, gone when revoked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from tests.office import Office
from tools.api_keys import operations as keys
from tools.api_keys.operations import caller_with_key
from tools.api_keys.rules import parsed, spelled
from tools.errors import AppError, Forbidden, InvalidInput, Unauthenticated

START = "2030-12-12T19:00:00+01:00"


@pytest.fixture(autouse=True)
def _asked_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "REMEMBERED_SECONDS", 0.0)


async def robot(office: Office, **wanted: object) -> Office:
    made = await office.do("create_api_key", **{"name": f"Robot {uuid4()}", "role": "staff"} | wanted)
    return replace(office, caller=await caller_with_key(office.greenroom, made.key))


async def test_a_key_acts_with_the_rights_of_its_role_and_in_its_own_name(office: Office) -> None:
    till = await robot(office)
    event = await till.do("create_event", name="By a program", start_date=START)
    assert office.sql("select actor_id, actor_kind from public.audit where subject_id = %s", event.id) == [
        (till.caller.key_id, "key")
    ]
    with pytest.raises(Forbidden):
        await till.do("list_api_keys")


async def test_a_key_sells_at_the_counter_like_a_person(office: Office) -> None:
    event = await office.do("create_event", name="Gala", start_date=START)
    general = await office.do("create_ticket_type", event=str(event.id), price_amount=1000, quantity=5)
    till, viewer = await robot(office), await robot(office, role="viewer")
    sale = {
        "event": str(event.id),
        "ticket_type": str(general.id),
        "quantity": 1,
        "buyer": "Ann",
        "payment_method": "card",
    }
    order = await till.with_key("sale-1").do("sell_tickets", **sale)
    assert (await till.with_key("sale-1").do("sell_tickets", **sale)).id == order.id
    assert office.sql("select actor_kind from public.audit where subject_id = %s", order.id) == [("key",)]
    with pytest.raises(Forbidden):
        await viewer.do("sell_tickets", **sale)


async def test_scopes_leave_some_of_the_roles_rights(office: Office) -> None:
    reader = await robot(office, scopes=["events:read"])
    assert (await reader.do("list_events")).items == []
    with pytest.raises(Forbidden):
        await reader.do("create_event", name="No", start_date=START)
    with pytest.raises(InvalidInput) as refused:
        await robot(office, role="viewer", scopes=["events:write"])
    assert "events:read" in refused.value.details["scopes"]


async def test_a_key_approves_nothing_and_decides_nothing_about_members(office: Office) -> None:
    program = await robot(office, role="admin")
    proposal = await program.propose(("create_event", {"name": "Asked for", "start_date": START}))
    with pytest.raises(Forbidden):
        await program.approve(proposal)
    for name, data in (
        ("invite_member", {"email": "x@example.org"}),
        ("create_api_key", {"name": "Child"}),
        ("remove_member", {"member": str(office.caller.user_id)}),
    ):
        with pytest.raises(Forbidden):
            await program.do(name, **data)
    for attempt in (
        f"update public.proposals set status = 'approved', decided_by = auth.uid(), decided_at = now() where id = '{proposal.id}'",
        f"select app.create_api_key(gen_random_uuid(), '{office.org_id}', 'Child', 'viewer', null, repeat('0', 64), null)",
        f"select app.invite_member(gen_random_uuid(), '{office.org_id}', 'x@example.org', 'viewer', '{{}}', 5)",
    ):
        with pytest.raises(AppError):
            async with office.greenroom.database.session(program.caller.user_id) as tx:
                await tx.execute(attempt)  # type: ignore[arg-type]
    assert (await office.approve(proposal)).status == "applied"


async def test_without_the_trigger_a_key_could_write_its_own_yes_into_the_database(office: Office) -> None:
    office.sql("drop trigger approve_as_person on public.proposals")
    program = await robot(office)
    proposal = await program.propose(("create_event", {"name": "Asked for", "start_date": START}))
    async with office.greenroom.database.session(program.caller.user_id) as tx:
        assert await tx.execute(
            "update public.proposals set status = 'approved', decided_by = auth.uid(), decided_at = now() where id = %(id)s",
            {"id": proposal.id},
        )


async def test_a_revoked_or_expired_key_is_nobody_at_once(office: Office) -> None:
    made = await office.do(
        "create_api_key", name="Short", role="viewer", expires_at=datetime.now(UTC) + timedelta(days=1)
    )
    known = replace(office, caller=await caller_with_key(office.greenroom, made.key))
    office.sql("update public.api_keys set expires_at = now() where id = %s", made.id)
    with pytest.raises(Unauthenticated):
        await caller_with_key(office.greenroom, made.key)
    # Also for whoever still remembers it.
    with pytest.raises(Forbidden):
        await known.do("list_events")
    office.sql("update public.api_keys set expires_at = null where id = %s", made.id)
    await known.do("list_events")
    await office.do("revoke_api_key", api_key=made.id)
    with pytest.raises(Unauthenticated):
        await caller_with_key(office.greenroom, made.key)
    with pytest.raises(Forbidden):
        await known.do("list_events")


async def test_the_secret_is_kept_nowhere(office: Office) -> None:
    made = await office.with_key("make-it").do("create_api_key", name="Website", role="viewer")
    tables = office.sql(
        "select quote_ident(schemaname) || '.' || quote_ident(tablename) from pg_tables"
        " where schemaname in ('public', 'app', 'agent', 'jobs')"
    )
    for (table,) in tables:
        assert office.sql(f"select count(*) from {table} t where strpos(t::text, %s) > 0", made.key[-20:]) == [(0,)], (
            table
        )
    assert (await office.do("list_api_keys")).items[0].key is None


async def test_what_only_looks_like_a_key_is_refused(office: Office) -> None:
    made = await office.do("create_api_key", name="Real", role="viewer")
    for forged in (
        "", "gr_", made.key[:-1], made.key + "a", made.key[:-1] + ("a" if made.key[-1] != "a" else "b"), made.key.upper(),
        spelled(uuid4(), "x" * 43), "gr_" + "é" * 66, made.key.replace("gr_", "gr-"), "gr_" + "\x00" * 66, made.key + "\n",
    ):  # fmt: skip
        with pytest.raises(Unauthenticated):
            await caller_with_key(office.greenroom, forged)
    assert parsed(made.key) is not None


async def test_its_last_use_shows_and_is_no_change(office: Office) -> None:
    made = await office.do("create_api_key", name="Seen", role="viewer")
    assert made.last_used_at is None
    await caller_with_key(office.greenroom, made.key)
    shown = (await office.do("list_api_keys")).items[0]
    assert shown.last_used_at is not None
    assert shown.version == made.version
