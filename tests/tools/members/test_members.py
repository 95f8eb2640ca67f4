"""Members: who decides about whom, and that an organisation keeps an owner."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from tests.office import Office, make_user
from tools.context import Caller
from tools.errors import AppError, Forbidden, InvalidInput, NotFound
from tools.members.invitations import accept_invitation, is_invited, look_at_invitation
from tools.members.operations import leave_organization
from tools.members.rules import InvitationClosed, LastOwner, invitation_token
from tools.organizations.operations import list_organizations

START = "2030-12-12T19:00:00+01:00"


def newcomer(office: Office, email: str) -> Caller:
    return Caller(user_id=make_user(office.admin_dsn, email), email=email)


def token_of(link: str | None) -> str:
    assert link is not None
    return link.partition("invitation=")[2]


def role_of(office: Office, person: Office) -> str:
    ((role,),) = office.sql(
        "select role::text from public.memberships where org_id = %s and user_id = %s",
        office.org_id,
        person.caller.user_id,
    )
    return str(role)


async def test_who_was_invited_becomes_a_member_once_by_the_link_with_their_address(office: Office) -> None:
    invitation = await office.do("invite_member", email="Eve@Example.org", role="staff")
    eve = newcomer(office, "eve@example.org")
    assert await is_invited(office.greenroom, "eve@example.org")
    offer = await look_at_invitation(office.greenroom, token_of(invitation.link))
    assert (offer.organization, offer.role) == ("Blue Note Events", "staff")
    for _ in range(2):
        joined = await accept_invitation(office.greenroom, eve, token_of(invitation.link), "Eve")
        assert joined == office.org_id
    assert [(each.name, each.role) for each in await list_organizations(office.greenroom, eve)] == [
        ("Blue Note Events", "staff")
    ]
    with pytest.raises(NotFound):
        await look_at_invitation(office.greenroom, token_of(invitation.link))


async def test_a_link_is_worth_nothing_to_another_account_or_when_it_is_forged_revoked_or_over(office: Office) -> None:
    mallory = newcomer(office, "mallory@example.org")
    invitation = await office.do("invite_member", email="eve@example.org")
    with pytest.raises(NotFound):
        await accept_invitation(office.greenroom, mallory, token_of(invitation.link), "")
    for forged in ("", "x" * 40, token_of(invitation.link)[:-1] + "A", "é", "a\x00b"):
        with pytest.raises(NotFound):
            await accept_invitation(office.greenroom, mallory, forged, "")
    eve = newcomer(office, "eve@example.org")
    await office.do("revoke_invitation", invitation=invitation.id)
    with pytest.raises(InvitationClosed):
        await accept_invitation(office.greenroom, eve, token_of(invitation.link), "")
    later = await office.do("invite_member", email="eve@example.org")
    office.sql("update public.invitations set expires_at = now() where id = %s", later.id)
    with pytest.raises(InvitationClosed):
        await accept_invitation(office.greenroom, eve, token_of(later.link), "")
    # What has expired does not stand in the way of a new one.
    assert (await office.do("invite_member", email="eve@example.org")).status == "open"


async def test_without_the_look_at_the_address_whoever_has_the_link_would_come_in(office: Office) -> None:
    invitation = await office.do("invite_member", email="eve@example.org")
    ((source,),) = office.sql("select pg_get_functiondef('app.accept_invitation(uuid, text)'::regprocedure)")
    assert source.count(" or address <> open.email") == 1
    office.sql(source.replace(" or address <> open.email", "").replace("%", "%%"))
    mallory = newcomer(office, "mallory@example.org")
    joined = await accept_invitation(office.greenroom, mallory, token_of(invitation.link), "")
    assert joined == office.org_id


async def test_in_a_suspended_organisation_people_read_and_nobody_writes(office: Office) -> None:
    stop = "update public.organizations set suspended_at = now(), suspended_reason = 'Fraud' where id = %s"
    office.sql(stop, office.org_id)
    assert (await office.do("list_events")).items == []
    insert = "insert into public.venues (org_id, name, timezone) values (%(org)s, 'Mine', 'UTC')"
    with pytest.raises(Forbidden):
        async with office.greenroom.database.session(office.caller.user_id) as tx:
            await tx.execute(insert, {"org": office.org_id})
    # Without the look at the suspension the database would let it through.
    ((source,),) = office.sql("select pg_get_functiondef('app.recall_standing()'::regprocedure)")
    assert source.count("o.suspended_at is null") == 4
    office.sql(source.replace("o.suspended_at is null", "true").replace("%", "%%"))
    async with office.greenroom.database.session(office.caller.user_id) as tx:
        assert await tx.execute(insert, {"org": office.org_id}) == 1


@pytest.mark.parametrize(
    ("role", "of_whom", "to", "may"),
    [
        ("owner", "admin", "staff", True),
        ("owner", "staff", "admin", True),
        ("admin", "staff", "viewer", True),
        ("admin", "viewer", "staff", True),
        ("admin", "staff", "admin", False),
        ("admin", "admin", "staff", False),
        ("admin", "owner", "viewer", False),
        ("staff", "viewer", "staff", False),
        ("viewer", "viewer", "admin", False),
    ],
)
async def test_who_changes_whom(office: Office, role: str, of_whom: str, to: str, may: bool) -> None:
    actor = office if role == "owner" else await office.colleague(role)
    other = office if of_whom == "owner" else await office.colleague(of_whom)
    change = actor.do("change_member", member=other.caller.user_id, role=to)
    if may:
        assert (await change).role == to
    else:
        with pytest.raises(Forbidden):
            await change
    assert role_of(office, other) == (to if may else of_whom)


async def test_nobody_raises_themselves_and_ownership_is_only_handed_over(office: Office) -> None:
    admin = await office.colleague("admin")
    with pytest.raises(Forbidden):
        await admin.do("change_member", member=admin.caller.user_id, role="staff")
    with pytest.raises(InvalidInput):
        await office.do("change_member", member=admin.caller.user_id, role="owner")
    for attempt in (
        "update public.memberships set role = 'owner'",
        f"select app.change_member('{office.org_id}', auth.uid(), 'owner', '{{}}')",
        f"select app.transfer_ownership('{office.org_id}', auth.uid())",
        f"select app.invite_member(gen_random_uuid(), '{office.org_id}', 'x@example.org', 'owner', '{{}}', 5)",
    ):
        with pytest.raises(AppError):
            async with office.greenroom.database.session(admin.caller.user_id) as tx:
                await tx.execute(attempt)  # type: ignore[arg-type]
    assert role_of(office, admin) == "admin"
    await office.do("transfer_ownership", member=admin.caller.user_id)
    assert (role_of(office, admin), role_of(office, office)) == ("owner", "admin")


async def test_two_owners_who_leave_at_once_do_not_leave_the_organisation_without_one(office: Office) -> None:
    for _ in range(5):
        other = await office.colleague("owner")
        people = [office.caller, other.caller]
        left = await asyncio.gather(
            *(leave_organization(office.greenroom, person, office.org_id) for person in people), return_exceptions=True
        )
        assert sorted(type(outcome) for outcome in left if outcome is not None) == [LastOwner] or left.count(None) == 1
        ((owners,),) = office.sql(
            "select count(*) from public.memberships where org_id = %s and role = 'owner'", office.org_id
        )
        assert owners == 1
        office.sql("delete from public.memberships where org_id = %s and role <> 'owner'", office.org_id)
        office.sql(
            "insert into public.memberships (user_id, org_id, role) values (%s, %s, 'owner') on conflict do nothing",
            office.caller.user_id, office.org_id,
        )  # fmt: skip
        office.sql(
            "delete from public.memberships where org_id = %s and user_id <> %s", office.org_id, office.caller.user_id
        )


async def test_without_the_trigger_nobody_would_be_left(office: Office) -> None:
    office.sql("drop trigger keep_an_owner on public.memberships")
    await leave_organization(office.greenroom, office.caller, office.org_id)
    assert office.sql("select count(*) from public.memberships where org_id = %s", office.org_id) == [(0,)]


async def test_who_is_removed_may_do_nothing_from_then_on(office: Office) -> None:
    colleague = await office.colleague("staff")
    await colleague.do("create_event", name="Before", start_date=START)
    await office.do("remove_member", member=colleague.caller.user_id)
    with pytest.raises(Forbidden):
        await colleague.do("create_event", name="After", start_date=START)


async def test_who_is_at_one_door_scans_there_and_sees_nothing_else(office: Office) -> None:
    names = ("Gala", "Fair")
    events = [await office.do("create_event", name=name, start_date=START) for name in names]
    doors, tickets = [], []
    for event in events:
        await office.do("create_ticket_type", event=str(event.id), price_amount=0, quantity=5)
        order = await office.do("sell_tickets", event=str(event.id), ticket_type="General", quantity=1, buyer="Ann")
        doors.append(await office.do("create_check_in_list", event=str(event.id), name="Door"))
        tickets.append(order.tickets[0])
    invitation = await office.do("invite_member", email="door@example.org", role="door", events=["Gala"])
    caller = newcomer(office, "door@example.org")
    await accept_invitation(office.greenroom, caller, token_of(invitation.link), "")
    scanner = replace(office, caller=caller)
    assert [each.name for each in (await scanner.do("list_check_in_lists")).items] == ["Door"]
    done = await scanner.do("check_in", check_in_list=str(doors[0].id), ticket=tickets[0].id, nonce="the-scan-1")
    assert done.outcome == "accepted"
    with pytest.raises(NotFound):
        await scanner.do("check_in", check_in_list=str(doors[1].id), ticket=tickets[1].id, nonce="the-scan-2")
    for name in ("list_orders", "list_events", "list_members", "find_venues", "create_check_in_list"):
        with pytest.raises(Forbidden):
            await scanner.do(name, **({"event": "Gala", "name": "Mine"} if name.startswith("create") else {}))
    # The database says the same to whoever comes past the operations.
    async with office.greenroom.database.session(caller.user_id) as tx:
        seen = await tx.fetch_dicts("select name from public.events")
        assert [row["name"] for row in seen] == ["Gala"]
        assert await tx.fetch_value("select count(*) from public.venues") == 0
        assert await tx.execute("update public.events set name = 'Mine'") == 0


async def test_an_invitation_to_a_door_needs_an_event_and_no_other_has_one(office: Office) -> None:
    await office.do("create_event", name="Gala", start_date=START)
    for role, events in (("door", []), ("staff", ["Gala"])):
        with pytest.raises(InvalidInput):
            await office.do("invite_member", email="x@example.org", role=role, events=events)


async def test_a_token_of_ours_for_another_purpose_is_no_invitation(office: Office) -> None:
    other = office.greenroom.signer.seal("cursor/members", office.org_id.bytes)
    assert other != invitation_token(office.greenroom.signer, office.org_id)
    with pytest.raises(NotFound):
        await look_at_invitation(office.greenroom, other)
