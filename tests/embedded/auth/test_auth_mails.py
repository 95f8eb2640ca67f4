"""What goes through a mailbox: confirming, recovering, inviting, magic links, changing the address. Once each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from supabase_auth.errors import AuthApiError

from embedded.auth import accounts, one_time
from tests.embedded.auth.serving import PASSWORD, URL, RunningAuth, fresh_address, serving
from tests.postgres import ClonedDatabase

PERSON = {"email": "", "password": PASSWORD}


@pytest.fixture
async def confirming(module_database: ClonedDatabase, tmp_path: Path) -> AsyncIterator[RunningAuth]:
    async with serving(module_database, tmp_path, confirm_addresses=True, mails_per_hour=1000) as running:
        yield running


async def _verify(auth: RunningAuth, **given: str) -> httpx.Response:
    return await auth.post("/verify", json=given)


async def _pause_over(auth: RunningAuth, email: str) -> None:
    await auth.sql(
        "update auth.users set confirmation_sent_at = confirmation_sent_at - interval '61 seconds',"
        " recovery_sent_at = recovery_sent_at - interval '61 seconds',"
        " email_change_sent_at = email_change_sent_at - interval '61 seconds' where email = %s",
        email,
    )


async def _signed_up(auth: RunningAuth, email: str) -> dict[str, str]:
    """A confirmed account's session."""
    await auth.post("/signup", json={"email": email, "password": PASSWORD})
    answer = await _verify(auth, type="signup", token_hash=auth.letter(email).token_hash)
    assert answer.status_code == 200, answer.text
    session: dict[str, str] = answer.json()
    return session


def _person(auth: RunningAuth, session: dict[str, str]) -> dict[str, str]:
    return {"apikey": auth.keyring.publishable_key, "Authorization": f"Bearer {session['access_token']}"}


@pytest.mark.parametrize("by", ["code", "link", "code as email"])
async def test_a_new_account_signs_in_after_confirming_its_address(confirming: RunningAuth, by: str) -> None:
    client = await confirming.client()
    email = fresh_address()
    made = await client.auth.sign_up({"email": email, "password": PASSWORD})
    assert made.session is None
    assert made.user is not None
    assert made.user.email_confirmed_at is None
    early = await confirming.post("/token?grant_type=password", json={"email": email, "password": PASSWORD})
    assert (early.status_code, early.json()["error_code"]) == (400, "email_not_confirmed")
    letter = confirming.letter(email)
    assert letter.subject == "Confirm your e-mail address"
    if by == "link":
        answer = await client.auth.verify_otp({"type": "signup", "token_hash": letter.token_hash})
    elif by == "code":
        answer = await client.auth.verify_otp({"type": "signup", "email": email.upper(), "token": letter.code})
    else:
        answer = await client.auth.verify_otp({"type": "email", "email": email, "token": letter.code})
    assert answer.session is not None
    assert answer.session.user.email_confirmed_at is not None
    identities = answer.session.user.identities or []
    assert [identity.identity_data["email_verified"] for identity in identities] == [True]
    claims = await client.auth.get_claims(jwt=answer.session.access_token)
    assert claims is not None
    assert claims["claims"]["amr"][0]["method"] == "otp"
    await (await confirming.client()).auth.sign_in_with_password({"email": email, "password": PASSWORD})


async def _looked_at(
    connection: Any, token_hashes: list[str], kinds: tuple[one_time.Kind, ...], *, seconds: int
) -> one_time.OneTimeToken | None:
    """As `take`, but the token stays."""
    async with connection.transaction(force_rollback=True):
        return await _take(connection, token_hashes, kinds, seconds=seconds)


_take = one_time.take


@pytest.mark.parametrize("taken", [True, False])
async def test_a_link_is_good_once(confirming: RunningAuth, monkeypatch: pytest.MonkeyPatch, taken: bool) -> None:
    if not taken:
        monkeypatch.setattr(one_time, "take", _looked_at)
    email = fresh_address()
    await confirming.post("/signup", json={"email": email, "password": PASSWORD})
    given = {"type": "signup", "token_hash": confirming.letter(email).token_hash}
    answers = await asyncio.gather(*(_verify(confirming, **given) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == ([200] + [403] * 5 if taken else [200] * 6)
    assert {answer.json()["error_code"] for answer in answers if answer.status_code == 403} <= {"otp_expired"}


@pytest.mark.parametrize(("seconds", "status"), [(3599, 200), (3601, 403)])
async def test_a_link_is_good_for_an_hour(confirming: RunningAuth, seconds: int, status: int) -> None:
    email = fresh_address()
    await confirming.post("/signup", json={"email": email, "password": PASSWORD})
    await confirming.sql(
        "update auth.one_time_tokens set updated_at = updated_at - make_interval(secs => %s) where relates_to = %s",
        seconds,
        email,
    )
    answer = await _verify(confirming, type="signup", token_hash=confirming.letter(email).token_hash)
    assert answer.status_code == status


async def test_signing_up_again_tells_no_stranger_that_the_address_is_known(confirming: RunningAuth) -> None:
    email = fresh_address()
    session = await _signed_up(confirming, email)
    again = await confirming.post("/signup", json={"email": email, "password": "another password", "data": {"n": 1}})
    stranger = await confirming.post("/signup", json={"email": fresh_address(), "password": PASSWORD})
    assert again.status_code == stranger.status_code == 200
    assert again.json()["id"] != session["user"]["id"]  # type: ignore[index]
    # As Supabase itself does, an empty role and no identities tell the two apart for the account's own client.
    assert set(stranger.json()) == set(again.json())
    assert len(confirming.letters(email)) == 1
    wrong = await confirming.post("/token?grant_type=password", json={"email": email, "password": "another password"})
    assert wrong.status_code == 400


async def test_who_never_confirmed_gets_the_mail_again_but_not_at_once(confirming: RunningAuth) -> None:
    client = await confirming.client()
    email = fresh_address()
    await client.auth.sign_up({"email": email, "password": PASSWORD})
    with pytest.raises(AuthApiError) as refusal:
        await client.auth.resend({"type": "signup", "email": email})
    assert (refusal.value.status, refusal.value.code) == (429, "over_email_send_rate_limit")
    await _pause_over(confirming, email)
    await client.auth.resend({"type": "signup", "email": email})
    first, second = confirming.letters(email)
    assert (await _verify(confirming, type="signup", token_hash=first.token_hash)).status_code == 403
    assert (await _verify(confirming, type="signup", token_hash=second.token_hash)).status_code == 200
    # Confirmed by now, and unknown: nothing is sent, and nobody is told.
    for address in (email, fresh_address("nobody")):
        assert (await confirming.post("/resend", json={"type": "signup", "email": address})).json() == {}
    assert len(confirming.letters(email)) == 2


@pytest.mark.parametrize("held", [True, False])
async def test_of_ten_recoveries_asked_for_at_once_one_is_mailed(
    auth: RunningAuth, monkeypatch: pytest.MonkeyPatch, held: bool
) -> None:
    read = accounts.hold if held else accounts.find_by_id

    async def dawdling(connection: Any, account_id: UUID) -> accounts.Account | None:
        account = await read(connection, account_id)
        await asyncio.sleep(0.05)
        return account

    monkeypatch.setattr(accounts, "hold", dawdling)
    email = fresh_address()
    await auth.post("/signup", json={"email": email, "password": PASSWORD})
    answers = await asyncio.gather(*(auth.post("/recover", json={"email": email}) for _ in range(10)))
    mailed = len(auth.letters(email))
    assert (mailed == 1) is held
    if held:
        assert sorted(answer.status_code for answer in answers) == [200] + [429] * 9


async def test_a_forgotten_password_is_replaced(auth: RunningAuth) -> None:
    client = await auth.client()
    email = fresh_address()
    await client.auth.sign_up({"email": email, "password": PASSWORD})
    await client.auth.reset_password_for_email(email, {"redirect_to": f"{URL}/new-password"})
    letter = auth.letter(email)
    assert letter.subject == "Choose a new password"
    assert letter.link.params["redirect_to"] == f"{URL}/new-password"
    other = await auth.client()
    answer = await other.auth.verify_otp({"type": "recovery", "token_hash": letter.token_hash})
    assert answer.session is not None
    await other.auth.update_user({"password": "a newer password"})
    await (await auth.client()).auth.sign_in_with_password({"email": email, "password": "a newer password"})
    assert (await auth.post("/recover", json={"email": fresh_address("nobody")})).json() == {}


async def test_a_code_of_one_account_opens_no_other(auth: RunningAuth) -> None:
    mine, other = fresh_address(), fresh_address()
    for email in (mine, other):
        await auth.post("/signup", json={"email": email, "password": PASSWORD})
        await auth.post("/recover", json={"email": email})
    code = auth.letter(mine).code
    if code != auth.letter(other).code:
        assert (await _verify(auth, type="recovery", email=other, token=code)).status_code == 403
    # A code of one kind does not do for another.
    assert (await _verify(auth, type="signup", email=mine, token=code)).status_code == 403
    assert (await _verify(auth, type="recovery", email=mine, token=code)).status_code == 200


@pytest.mark.parametrize(("limit", "judged"), [(3, 3), (100, 8)])
async def test_codes_are_guessed_only_so_often(
    module_database: ClonedDatabase, tmp_path: Path, limit: int, judged: int
) -> None:
    async with serving(module_database, tmp_path, failures_per_address=limit) as auth:
        email = fresh_address()
        await auth.post("/signup", json={"email": email, "password": PASSWORD})
        await auth.post("/recover", json={"email": email})
        guesses = [f"{int(auth.letter(email).code) + offset:06}"[-6:] for offset in range(1, 9)]
        answers = [await _verify(auth, type="recovery", email=email, token=guess) for guess in guesses]
        assert [answer.status_code for answer in answers].count(403) == judged
        assert [answer.status_code for answer in answers].count(429) == 8 - judged


async def test_a_copy_of_the_rows_yields_neither_code_nor_link(auth: RunningAuth) -> None:
    email = fresh_address()
    await auth.post("/signup", json={"email": email, "password": PASSWORD})
    await auth.post("/recover", json={"email": email})
    ((stored,),) = await auth.sql("select token_hash from auth.one_time_tokens where relates_to = %s", email)
    letter = auth.letter(email)
    assert stored not in (letter.token_hash, letter.code)
    assert (await _verify(auth, type="recovery", token_hash=stored)).status_code == 403


async def test_a_link_to_an_address_that_was_given_up_confirms_nothing(confirming: RunningAuth) -> None:
    admin = (await confirming.admin()).auth.admin
    email = fresh_address()
    made = await confirming.post("/signup", json={"email": email, "password": PASSWORD})
    await admin.update_user_by_id(made.json()["id"], {"email": fresh_address("moved")})
    answer = await _verify(confirming, type="signup", token_hash=confirming.letter(email).token_hash)
    assert answer.status_code == 403
    assert (await admin.get_user_by_id(made.json()["id"])).user.email_confirmed_at is None


@pytest.mark.parametrize("first", ["old", "new"])
async def test_a_change_of_address_takes_both_addresses(confirming: RunningAuth, first: str) -> None:
    old, new = fresh_address(), fresh_address("moved")
    session = await _signed_up(confirming, old)
    changed = await confirming.http.put(
        f"{URL}/auth/v1/user", headers=_person(confirming, session), json={"email": new}
    )
    assert (changed.json()["email"], changed.json()["new_email"]) == (old, new)
    letters = {"old": confirming.letter(old), "new": confirming.letter(new)}
    client = await confirming.client()
    one, two = (letters["old"], letters["new"]) if first == "old" else (letters["new"], letters["old"])
    halfway = await client.auth.verify_otp({"type": "email_change", "token_hash": one.token_hash})
    assert halfway.session is None
    assert (await _verify(confirming, type="email_change", token_hash=one.token_hash)).status_code == 403
    answer = await client.auth.verify_otp({"type": "email_change", "email": two.to, "token": two.code})
    assert answer.session is not None
    assert answer.session.user.email == new
    assert (await confirming.post("/token?grant_type=password", json={"email": new, "password": PASSWORD})).is_success


async def test_an_address_taken_meanwhile_is_not_changed_to(auth: RunningAuth) -> None:
    mine, wanted = fresh_address(), fresh_address("wanted")
    session = (await auth.post("/signup", json={"email": mine, "password": PASSWORD})).json()
    await auth.http.put(f"{URL}/auth/v1/user", headers=_person(auth, session), json={"email": wanted})
    await auth.post("/signup", json={"email": wanted, "password": PASSWORD})
    answer = await _verify(auth, type="email_change", token_hash=auth.letters(wanted)[0].token_hash)
    assert (answer.status_code, answer.json()["error_code"]) == (422, "email_exists")
    again = await auth.http.put(f"{URL}/auth/v1/user", headers=_person(auth, session), json={"email": wanted})
    assert again.json()["error_code"] == "email_exists"


async def test_somebody_invited_chooses_a_password(auth: RunningAuth) -> None:
    email = fresh_address("guest")
    invited = await (await auth.admin()).auth.admin.invite_user_by_email(email, {"data": {"name": "Cy"}})
    assert invited.user.invited_at is not None
    client = await auth.client()
    answer = await client.auth.verify_otp({"type": "invite", "token_hash": auth.letter(email).token_hash})
    assert answer.session is not None
    await client.auth.update_user({"password": PASSWORD})
    await (await auth.client()).auth.sign_in_with_password({"email": email, "password": PASSWORD})
    refused = await auth.http.post(
        f"{URL}/auth/v1/invite", headers={"apikey": auth.keyring.secret_key}, json={"email": email}
    )
    assert (refused.status_code, refused.json()["error_code"]) == (422, "email_exists")
    assert (await auth.post("/invite", json={"email": fresh_address()})).status_code == 401


@pytest.mark.parametrize("confirm", [True, False])
async def test_a_magic_link_signs_in_and_makes_the_account(
    module_database: ClonedDatabase, tmp_path: Path, confirm: bool
) -> None:
    async with serving(module_database, tmp_path, confirm_addresses=confirm) as auth:
        client = await auth.client()
        email = fresh_address()
        with pytest.raises(AuthApiError) as refusal:
            await client.auth.sign_in_with_otp({"email": email, "options": {"should_create_user": False}})
        assert (refusal.value.status, refusal.value.code) == (422, "otp_disabled")
        await client.auth.sign_in_with_otp({"email": email, "options": {"data": {"name": "Di"}}})
        letter = auth.letter(email)
        assert letter.link.params["type"] == ("signup" if confirm else "magiclink")
        answer = await client.auth.verify_otp({"type": "email", "email": email, "token": letter.code})
        assert answer.session is not None
        assert answer.session.user.user_metadata == {"name": "Di"}


async def test_so_many_mails_an_hour_and_no_account_beyond(module_database: ClonedDatabase, tmp_path: Path) -> None:
    async with serving(module_database, tmp_path, confirm_addresses=True, mails_per_hour=2) as auth:
        addresses = [fresh_address() for _ in range(3)]
        answers = [await auth.post("/signup", json=PERSON | {"email": email}) for email in addresses]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert answers[2].json()["error_code"] == "over_email_send_rate_limit"
        assert int(answers[2].headers["retry-after"]) > 3500
        rows = await auth.sql("select count(*) from auth.users where email = any(%s)", addresses)
        assert rows == [(2,)]


async def test_a_mail_that_cannot_be_kept_leaves_no_token(module_database: ClonedDatabase, tmp_path: Path) -> None:
    async def broken(_: object) -> None:
        raise OSError("no room")

    async with serving(module_database, tmp_path, confirm_addresses=True, post=broken) as auth:
        email = fresh_address()
        answer = await auth.post("/signup", json=PERSON | {"email": email})
        assert (answer.status_code, answer.json()["msg"]) == (500, "Error sending email")
        assert await auth.sql("select 1 from auth.users where email = %s", email) == []


async def test_a_banned_person_is_let_in_by_no_link(auth: RunningAuth) -> None:
    admin = (await auth.admin()).auth.admin
    email = fresh_address()
    session = (await auth.post("/signup", json=PERSON | {"email": email})).json()
    await auth.post("/recover", json={"email": email})
    await admin.update_user_by_id(session["user"]["id"], {"ban_duration": "1h"})
    given = {"type": "recovery", "token_hash": auth.letter(email).token_hash}
    assert (await _verify(auth, **given)).json()["error_code"] == "user_banned"
    await admin.update_user_by_id(session["user"]["id"], {"ban_duration": "none"})
    assert (await _verify(auth, **given)).status_code == 200


async def test_a_stale_session_changes_its_password_with_a_code(
    module_database: ClonedDatabase, tmp_path: Path
) -> None:
    async with serving(module_database, tmp_path, reauthenticate_for_password=True) as auth:
        client = await auth.client()
        email = fresh_address()
        session = (await client.auth.sign_up({"email": email, "password": PASSWORD})).session
        assert session is not None
        await auth.sql(
            "update auth.sessions set created_at = created_at - interval '25 hours' where user_id = %s", session.user.id
        )
        with pytest.raises(AuthApiError) as refusal:
            await client.auth.update_user({"password": "a newer password"})
        assert refusal.value.code == "reauthentication_needed"
        await client.auth.reauthenticate()
        code = auth.letter(email).code
        with pytest.raises(AuthApiError) as refusal:
            await client.auth.update_user({"password": "a newer password", "nonce": f"{(int(code) + 1) % 10**6:06}"})
        assert refusal.value.code == "reauthentication_not_valid"
        await client.auth.update_user({"password": "a newer password", "nonce": code})
        await (await auth.client()).auth.sign_in_with_password({"email": email, "password": "a newer password"})
