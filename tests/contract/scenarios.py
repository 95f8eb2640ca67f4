"""What a client of Supabase Auth may rely on, as scenarios through supabase-py; web/contract has the same list.

A scenario returns what it saw; `agreed.py` says what that must be, for both clients and every server.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from supabase_auth.errors import AuthApiError, AuthWeakPasswordError
from supabase_auth.types import Session

from tests.contract.agreed import Saw
from tests.contract.world import NEWER, PASSWORD, World, refusal


async def a_person_signs_up(world: World) -> Saw:
    email = world.address()
    answer = await (await world.client()).auth.sign_up(
        {"email": email, "password": PASSWORD, "options": {"data": {"name": "Ada"}}}
    )
    assert answer.user is not None
    world.note(answer.user.id)
    return {
        "session": answer.session is not None,
        "same": answer.user.email == email,
        "name": answer.user.user_metadata["name"],
        "confirmed": answer.user.email_confirmed_at is not None,
    }


async def a_known_address_signs_up_again(world: World) -> Saw:
    email, user_id = await world.account()
    client = await world.client()
    try:
        answer = await client.auth.sign_up({"email": email, "password": NEWER})
    except AuthApiError as error:
        return {"refused": [error.code, error.status]}
    assert answer.user is not None
    return {"refused": None, "same": answer.user.id == user_id, "identities": len(answer.user.identities or [])}


async def a_weak_password_is_named(world: World) -> Saw:
    client = await world.client()
    try:
        await client.auth.sign_up({"email": world.address(), "password": "a"})
    except AuthWeakPasswordError as error:
        return {"refused": [error.code, error.status], "reasons": error.reasons}
    raise AssertionError("was not refused")


async def passwords_are_checked(world: World) -> Saw:
    email, _ = await world.account()
    _, session = await world.signed_in(email.upper())
    return {
        "same": session.user.email == email,
        "type": session.token_type,
        "wrong": await world.sign_in_refusal(email, "wrong password"),
        "unknown": await world.sign_in_refusal(world.address(), PASSWORD),
    }


async def the_token_says_who_it_is(world: World) -> Saw:
    email, user_id = await world.account()
    _, session = await world.signed_in(email)
    answer = await (await world.client()).auth.get_claims(jwt=session.access_token)
    assert answer is not None
    claims: dict[str, Any] = dict(answer["claims"])
    return {
        "same": claims["sub"] == user_id and claims["email"] == email,
        "role": claims["role"],
        "aud": claims["aud"],
        "aal": claims["aal"],
        "method": claims["amr"][0]["method"],
        "issued": claims["iss"].endswith("/auth/v1"),
    }


async def the_server_tells_who_is_signed_in(world: World) -> Saw:
    email, user_id = await world.account()
    _, session = await world.signed_in(email)
    client = await world.client()
    found = await client.auth.get_user(session.access_token)
    head, body, signature = session.access_token.split(".")
    forged = ".".join((head, body, ("B" if signature[0] == "A" else "A") + signature[1:]))
    assert found is not None
    return {"same": found.user.id == user_id, "forged": await refusal(client.auth.get_user(forged))}


async def a_refresh_token_is_exchanged_for_the_next(world: World) -> Saw:
    email, _ = await world.account()
    _, session = await world.signed_in(email)
    following = await world.refreshed(session.refresh_token)
    return {
        "same": following.user.id == session.user.id,
        "another": following.refresh_token != session.refresh_token,
        "repeated": await world.refreshes(session.refresh_token),
    }


async def a_copied_refresh_token_ends_the_session(world: World) -> Saw:
    email, _ = await world.account()
    _, first = await world.signed_in(email)
    second = await world.refreshed(first.refresh_token)
    third = await world.refreshed(second.refresh_token)
    await asyncio.sleep(world.target.reuse_wait)
    client = await world.client()
    return {
        "copied": await refusal(client.auth.refresh_session(first.refresh_token)),
        "successor": await world.refreshes(third.refresh_token),
    }


async def signing_out_ends_what_it_says(world: World) -> Saw:
    email, _ = await world.account()

    async def left(scope: Any, *more: Session) -> list[bool]:
        own, mine = await world.signed_in(email)
        _, other = await world.signed_in(email)
        await own.auth.sign_out({"scope": scope})
        watched = [mine, other] if scope != "others" else [other, *more]
        return [await world.refreshes(session.refresh_token) for session in watched]

    _, earlier = await world.signed_in(email)
    return {"others": await left("others", earlier), "local": await left("local"), "global": await left("global")}


async def a_person_changes_password_and_name(world: World) -> Saw:
    email, _ = await world.account(user_metadata={"name": "Ada", "city": "Paris"})
    own, _ = await world.signed_in(email)
    user = (await own.auth.update_user({"data": {"name": "Bo"}})).user
    same = await refusal(own.auth.update_user({"password": PASSWORD}))
    await own.auth.update_user({"password": NEWER})
    await world.signed_in(email, NEWER)
    return {
        "name": user.user_metadata["name"],
        "city": user.user_metadata["city"],
        "same": same,
        "old": await world.sign_in_refusal(email, PASSWORD),
    }


async def an_administrator_keeps_accounts(world: World) -> Saw:
    admin = await world.admin()
    email, user_id = await world.account(app_metadata={"plan": "venue"})
    found = (await admin.get_user_by_id(user_id)).user
    changed = (await admin.update_user_by_id(user_id, {"user_metadata": {"name": "Bo"}})).user
    taken = await refusal(admin.create_user({"email": email, "password": PASSWORD}))
    await admin.delete_user(user_id)
    world.forget(user_id)
    return {
        "plan": found.app_metadata["plan"],
        "same": found.email == email,
        "name": changed.user_metadata["name"],
        "taken": taken,
        "gone": await refusal(admin.get_user_by_id(user_id)),
    }


async def accounts_come_in_pages(world: World) -> Saw:
    admin = await world.admin()
    _, user_id = await world.account()
    await world.account()
    one, two = await admin.list_users(page=1, per_page=1), await admin.list_users(page=2, per_page=1)
    many = await admin.list_users(page=1, per_page=100)
    return {
        "lengths": [len(one), len(two)],
        "another": one[0].id != two[0].id,
        "found": user_id in {user.id for user in many},
    }


async def administration_takes_the_secret_key(world: World) -> Saw:
    email, _ = await world.account()
    _, session = await world.signed_in(email)
    stranger, person = await world.client(), await world.client(token=session.access_token)
    return {
        "stranger": await refusal(stranger.auth.admin.list_users()),
        "person": await refusal(person.auth.admin.list_users()),
    }


async def a_banned_person_is_kept_out(world: World) -> Saw:
    admin = await world.admin()
    email, user_id = await world.account()
    await admin.update_user_by_id(user_id, {"ban_duration": "1h"})
    banned = await world.sign_in_refusal(email, PASSWORD)
    await admin.update_user_by_id(user_id, {"ban_duration": "none"})
    await world.signed_in(email)
    return {"banned": banned}


async def an_unconfirmed_address_waits(world: World) -> Saw:
    email, user_id = await world.account(email_confirm=False)
    early = await world.sign_in_refusal(email, PASSWORD)
    await (await world.admin()).update_user_by_id(user_id, {"email_confirm": True})
    await world.signed_in(email)
    return {"early": early}


async def a_confirmation_link_is_good_once(world: World) -> Saw:
    email = world.address()
    link = await world.link_for("signup", email, password=PASSWORD)
    session = await world.verify(type="signup", token_hash=link.hashed_token)
    await world.signed_in(email)
    return {
        "session": session is not None,
        "confirmed": session.user.email_confirmed_at is not None,
        "again": await refusal(world.verify(type="signup", token_hash=link.hashed_token)),
    }


async def a_recovery_code_opens_the_account(world: World) -> Saw:
    email, _ = await world.account()
    link = await world.link_for("recovery", email)
    digits = len(link.email_otp)
    wrong = f"{(int(link.email_otp) + 1) % 10**digits:0{digits}}"
    refused = await refusal(world.verify(type="recovery", email=email, token=wrong))
    own = await world.client()
    await own.auth.verify_otp({"type": "recovery", "email": email, "token": link.email_otp})
    await own.auth.update_user({"password": NEWER})
    await world.signed_in(email, NEWER)
    return {"refused": refused}


async def a_magic_link_signs_in(world: World) -> Saw:
    email, user_id = await world.account()
    link = await world.link_for("magiclink", email)
    session = await world.verify(type="email", token_hash=link.hashed_token)
    return {
        "same": session.user.id == user_id,
        "type": link.verification_type,
        "method": await world.method(session.access_token),
    }


async def an_invitation_is_accepted(world: World) -> Saw:
    email = world.address()
    link = await world.link_for("invite", email)
    own = await world.client()
    answer = await own.auth.verify_otp({"type": "invite", "token_hash": link.hashed_token})
    await own.auth.update_user({"password": NEWER})
    await world.signed_in(email, NEWER)
    assert answer.user is not None
    return {
        "invited": answer.user.invited_at is not None,
        "again": await refusal((await world.admin()).generate_link({"type": "invite", "email": email})),
    }


async def a_change_of_address_is_confirmed(world: World) -> Saw:
    admin = await world.admin()
    email, user_id = await world.account()
    wanted_address = world.address()
    current = await world.link_for("email_change_current", email, new_email=wanted_address)
    wanted = await world.link_for("email_change_new", email, new_email=wanted_address)
    await world.verify(type="email_change", email=email, token=current.email_otp)
    before = (await admin.get_user_by_id(user_id)).user.email
    if before == email:
        await world.verify(type="email_change", email=wanted_address, token=wanted.email_otp)
    after = (await admin.get_user_by_id(user_id)).user.email
    return {"halfway": before == wanted_address, "changed": after == wanted_address}


async def a_link_for_a_stranger_is_refused(world: World) -> Saw:
    return {"recovery": await refusal(world.link_for("recovery", world.address()))}


async def a_followed_link_brings_a_session(world: World) -> Saw:
    email, _ = await world.account()
    link = await world.link_for("recovery", email)

    async def follow() -> tuple[int, dict[str, list[str]]]:
        answer = await world.http.get(link.action_link, follow_redirects=False)
        return answer.status_code, parse_qs(urlsplit(answer.headers["location"]).fragment)

    status, members = await follow()
    found = await (await world.client()).auth.get_user(members["access_token"][0])
    _, again = await follow()
    assert found is not None
    return {
        "status": status,
        "type": members["type"][0],
        "same": found.user.email == email,
        "again": again["error_code"][0],
    }


async def strangers_learn_nothing(world: World) -> Saw:
    client = await world.client()
    await client.auth.reset_password_for_email(world.address())
    await client.auth.resend({"type": "signup", "email": world.address()})
    options = {"should_create_user": False}
    code = await refusal(
        client.auth.sign_in_with_otp({"email": world.address(), "options": options})  # type: ignore[arg-type,typeddict-item]
    )
    return {"recovery": True, "resent": True, "code": code}


async def mails_are_not_sent_in_a_row(world: World) -> Saw:
    email, _ = await world.account()
    client = await world.client()
    await client.auth.reset_password_for_email(email)
    return {"first": True, "second": await refusal(client.auth.reset_password_for_email(email))}


async def an_invitation_is_mailed_to_newcomers(world: World) -> Saw:
    admin = await world.admin()
    user = (await admin.invite_user_by_email(world.address(), {"data": {"name": "Cy"}})).user
    world.note(user.id)
    email, _ = await world.account()
    return {
        "invited": user.invited_at is not None,
        "name": user.user_metadata["name"],
        "known": await refusal(admin.invite_user_by_email(email)),
    }


async def a_made_up_refresh_token_is_refused(world: World) -> Saw:
    client = await world.client()
    return {"status": (await refusal(client.auth.refresh_session("made-up")))[1]}


async def the_server_describes_itself(world: World) -> Saw:
    async def read(path: str) -> Any:
        answer = await world.http.get(
            f"{world.target.url}/auth/v1{path}", headers={"apikey": world.target.publishable_key}
        )
        return answer.json()

    settings, health, keys = await read("/settings"), await read("/health"), await read("/.well-known/jwks.json")
    return {
        "email": settings["external"]["email"],
        "told": "boolean" if isinstance(settings["mailer_autoconfirm"], bool) else "something else",
        "health": "string" if isinstance(health["name"], str) else "something else",
        "keys": bool(keys["keys"]) and all("d" not in key for key in keys["keys"]),
    }


SCENARIOS: dict[str, Callable[[World], Awaitable[Saw]]] = {
    name: scenario
    for name, scenario in list(globals().items())
    if inspect.iscoroutinefunction(scenario) and scenario.__module__ == __name__
}
# A hosted project would send these to addresses nobody reads, and counts them.
MAILING = ("a_person_signs_up", "mails_are_not_sent_in_a_row", "an_invitation_is_mailed_to_newcomers")
