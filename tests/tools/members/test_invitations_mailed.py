"""Invitations go out by mail: to whom, in which words, how often, and not when there is nothing left to accept."""

from __future__ import annotations

import asyncio
from email.message import EmailMessage
from typing import Any

import pytest

from tests.office import Office, found_organization
from tests.postgres import ClonedDatabase
from tests.tools.mails.posting import Outbox
from tools.context import Greenroom
from tools.errors import AppError, Forbidden
from tools.mails.relaying import relay
from tools.mails.sending import Post, send_mail
from tools.members.rules import InvitationClosed, TooManyInvitations


async def posted(office: Office) -> list[EmailMessage]:
    """What goes out of all that happened until now."""
    while await relay(office.greenroom):
        pass
    kept = Outbox()
    for (mail,) in office.sql("select id from public.mails where status = 'queued' order by created_at, id"):
        await send_mail(office.greenroom, Post(kept, "tickets@example.net"), mail)
    return kept.messages


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


async def test_an_invitation_is_mailed_with_its_link_and_the_answer_has_the_same(office: Office) -> None:
    office.sql("update public.users set name = 'Olive' where id = %s", office.caller.user_id)
    invitation = await office.do("invite_member", email="eve@example.org", role="staff")
    assert invitation.mail_status is None
    (message,) = await posted(office)
    assert (message["To"], message["From"]) == ("eve@example.org", "Blue Note Events <tickets@example.net>")
    assert message["Subject"] == "You are invited to work with Blue Note Events"
    said = text_of(message)
    assert invitation.link in said.split()
    assert "Olive invites you to Blue Note Events in Greenroom, as staff." in said
    (listed,) = (await office.do("list_invitations")).items
    assert (listed.link, listed.mail_status) == (invitation.link, "sent")


@pytest.mark.parametrize(
    ("locale", "words"),
    [("nl", "als medewerker"), ("de-AT", "Rolle: Mitarbeit"), ("fr", "équipe"), ("sv", "som medarbetare")],
)
async def test_it_speaks_the_organisations_language(
    greenroom: Greenroom, module_database: ClonedDatabase, locale: str, words: str
) -> None:
    office = await found_organization(greenroom, module_database.admin_dsn, locale=locale)
    await office.do("invite_member", email="eve@example.org", role="staff")
    (message,) = await posted(office)
    assert words in text_of(message)


async def test_what_an_organisation_calls_itself_is_no_advertisement_to_strangers(
    greenroom: Greenroom, module_database: ClonedDatabase
) -> None:
    office = await found_organization(greenroom, module_database.admin_dsn, name="Win at www.evil.example now")
    office.sql("update public.users set name = 'https://evil.example' where id = %s", office.caller.user_id)
    await office.do("invite_member", email="eve@example.org")
    (message,) = await posted(office)
    assert "evil" not in message.as_string()
    assert message["From"] == "Greenroom <tickets@example.net>"


async def test_what_was_taken_back_accepted_or_has_expired_is_not_mailed(office: Office) -> None:
    gone = await office.do("invite_member", email="eve@example.org")
    taken = await office.do("invite_member", email="bob@example.org")
    over = await office.do("invite_member", email="cleo@example.org")
    await office.do("revoke_invitation", invitation=gone.id)
    office.sql("update public.invitations set accepted_at = now() where id = %s", taken.id)
    office.sql("update public.invitations set expires_at = now() where id = %s", over.id)
    assert await posted(office) == []
    assert office.sql("select distinct status from public.mails") == [("skipped",)]


async def test_whom_the_platform_stopped_writes_to_nobody(office: Office) -> None:
    await office.do("invite_member", email="eve@example.org")
    office.sql("update public.organizations set suspended_at = now(), suspended_reason = 'Spam'")
    assert await posted(office) == []
    assert office.sql("select status from public.mails") == [("skipped",)]


async def test_an_expired_invitation_is_sent_again_under_its_old_link(office: Office) -> None:
    invitation = await office.do("invite_member", email="eve@example.org")
    await posted(office)
    office.sql("update public.invitations set expires_at = now() where id = %s", invitation.id)
    (listed,) = (await office.do("list_invitations")).items
    assert (listed.status, listed.link) == ("expired", None)
    again = await office.do("resend_invitation", invitation=invitation.id, days=30)
    assert (again.status, again.link) == ("open", invitation.link)
    assert (again.expires_at - again.created_at).days in (29, 30)
    (message,) = await posted(office)
    assert invitation.link in text_of(message)
    await office.do("revoke_invitation", invitation=invitation.id)
    with pytest.raises(InvitationClosed):
        await office.do("resend_invitation", invitation=invitation.id)


async def test_an_admin_sends_only_invitations_again_that_an_admin_may_make(office: Office) -> None:
    admin = await office.colleague("admin")
    high = await office.do("invite_member", email="eve@example.org", role="admin")
    low = await office.do("invite_member", email="bob@example.org", role="viewer")
    with pytest.raises(Forbidden):
        await admin.do("resend_invitation", invitation=high.id)
    assert (await admin.do("resend_invitation", invitation=low.id)).status == "open"


async def test_mails_to_buyers_do_not_list_the_office_s_own(office: Office) -> None:
    await office.do("invite_member", email="eve@example.org")
    await posted(office)
    ((mail,),) = office.sql("select id from public.mails")
    assert (await office.do("list_mails")).items == []
    with pytest.raises(AppError, match="no mail"):
        await office.do("get_mail", mail=mail)


def used_up(office: Office, how_many: int) -> None:
    office.sql(
        "insert into public.invitations (id, org_id, email, role, invited_by, expires_at, revoked_at)"
        " select gen_random_uuid(), %s, 'many' || n || '@example.net', 'viewer', gen_random_uuid(), now(), now()"
        " from generate_series(1, %s) n",
        office.org_id, how_many,
    )  # fmt: skip


async def test_an_organisation_invites_fifty_a_day_and_taking_back_gives_none_back(office: Office) -> None:
    used_up(office, 49)
    last = await office.do("invite_member", email="last@example.org")
    await office.do("revoke_invitation", invitation=last.id)
    with pytest.raises(TooManyInvitations):
        await office.do("invite_member", email="late@example.org")
    office.sql(
        "update public.invitations set letters = array[now() - interval '25 hours'] where org_id = %s", office.org_id
    )
    assert (await office.do("invite_member", email="late@example.org")).status == "open"


async def test_one_invitation_is_sent_three_times_a_day(office: Office) -> None:
    invitation = await office.do("invite_member", email="eve@example.org")
    for _ in range(2):
        await office.do("resend_invitation", invitation=invitation.id)
    with pytest.raises(TooManyInvitations):
        await office.do("resend_invitation", invitation=invitation.id)
    assert len(await posted(office)) == 3


async def invited_at_once(office: Office) -> int:
    """How many of eight that come together are let through."""
    tries: list[Any] = await asyncio.gather(
        *(office.do("invite_member", email=f"guest{n}@example.org") for n in range(8)), return_exceptions=True
    )
    assert all(isinstance(each, TooManyInvitations) for each in tries if isinstance(each, BaseException))
    return sum(not isinstance(each, BaseException) for each in tries)


async def test_many_at_once_do_not_pass_the_last_places_together(office: Office) -> None:
    used_up(office, 48)
    assert await invited_at_once(office) == 2


async def test_without_the_lock_they_would(office: Office) -> None:
    used_up(office, 48)
    ((source,),) = office.sql("select pg_get_functiondef('app.count_invitations()'::regprocedure)")
    lock = "perform pg_advisory_xact_lock(hashtextextended(new.org_id::text, 7235006));"
    assert source.count(lock) == 1
    # They wait for each other's counting instead of for each other's end.
    slowed = "return null;"
    assert source.count(slowed) == 1
    office.sql(source.replace(lock, "").replace(slowed, "perform pg_sleep(0.2); return null;"))
    assert await invited_at_once(office) > 2
