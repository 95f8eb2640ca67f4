"""Signing up and in through the real supabase-py client, and what the server makes of requests no client sends."""

from __future__ import annotations

import asyncio
import itertools
import math
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jwt
import pytest
from supabase_auth.errors import AuthApiError, AuthWeakPasswordError

from tests.embedded.auth.bad_bodies import BAD_BODIES
from tests.embedded.auth.serving import PASSWORD, SAFE_HASHES, URL, RunningAuth, fresh_address, serving
from tests.postgres import ClonedDatabase


async def test_a_person_signs_up_and_is_signed_in(auth: RunningAuth) -> None:
    client = await auth.client()
    email = fresh_address()
    answer = await client.auth.sign_up({"email": email, "password": PASSWORD, "options": {"data": {"name": "Ada"}}})
    assert answer.session is not None
    assert answer.session.token_type == "bearer"
    assert answer.session.expires_in == 3600
    assert answer.user is not None
    assert answer.user.email == email
    assert answer.user.user_metadata == {"name": "Ada"}
    assert answer.user.email_confirmed_at is not None
    assert [identity.provider for identity in answer.user.identities or []] == ["email"]


async def test_a_person_signs_in_whatever_the_capitals_of_the_address(auth: RunningAuth) -> None:
    email = fresh_address()
    await (await auth.client()).auth.sign_up({"email": email, "password": PASSWORD})
    answer = await (await auth.client()).auth.sign_in_with_password({"email": email.upper(), "password": PASSWORD})
    assert answer.user is not None
    assert answer.user.email == email


async def test_the_token_says_what_supabase_tokens_say(auth: RunningAuth) -> None:
    client = await auth.client()
    email = fresh_address()
    session = (await client.auth.sign_up({"email": email, "password": PASSWORD})).session
    assert session is not None
    answer = await client.auth.get_claims(jwt=session.access_token)
    assert answer is not None
    claims: dict[str, Any] = dict(answer["claims"])
    assert answer["headers"]["alg"] == "ES256"
    assert claims["iss"] == f"{URL}/auth/v1"
    assert claims["sub"] == session.user.id
    assert (claims["aud"], claims["role"], claims["aal"]) == ("authenticated", "authenticated", "aal1")
    assert claims["email"] == email
    assert claims["phone"] == ""
    assert claims["exp"] - claims["iat"] == 3600
    assert claims["amr"][0]["method"] == "password"
    assert claims["is_anonymous"] is False
    assert claims["app_metadata"]["provider"] == "email"
    assert await auth.sql("select user_id::text from auth.sessions where id = %s", claims["session_id"]) == [
        (session.user.id,)
    ]


async def test_the_published_keys_hold_no_private_number(auth: RunningAuth) -> None:
    answer = await auth.http.get(f"{URL}/auth/v1/.well-known/jwks.json")
    assert answer.headers["cache-control"] == "public, max-age=600"
    assert [sorted(key) for key in answer.json()["keys"]] == [["alg", "crv", "key_ops", "kid", "kty", "use", "x", "y"]]


async def test_the_server_tells_who_is_signed_in(auth: RunningAuth) -> None:
    client = await auth.client()
    session = (await client.auth.sign_up({"email": fresh_address(), "password": PASSWORD})).session
    assert session is not None
    found = await (await auth.client()).auth.get_user(session.access_token)
    assert found is not None
    assert found.user.id == session.user.id


async def test_a_token_changed_by_one_letter_is_refused(auth: RunningAuth) -> None:
    client = await auth.client()
    session = (await client.auth.sign_up({"email": fresh_address(), "password": PASSWORD})).session
    assert session is not None
    head, body, signature = session.access_token.split(".")
    forged = ".".join((head, body, ("A" if signature[0] != "A" else "B") + signature[1:]))
    with pytest.raises(AuthApiError) as refusal:
        await client.auth.get_user(forged)
    assert (refusal.value.status, refusal.value.code) == (403, "bad_jwt")


@pytest.mark.parametrize("known", [True, False])
async def test_a_wrong_password_and_an_unknown_address_get_one_answer(auth: RunningAuth, known: bool) -> None:
    email = fresh_address()
    if known:
        await (await auth.client()).auth.sign_up({"email": email, "password": PASSWORD})
    with pytest.raises(AuthApiError) as refusal:
        await (await auth.client()).auth.sign_in_with_password({"email": email, "password": "wrong password"})
    assert (refusal.value.status, refusal.value.code) == (400, "invalid_credentials")
    assert refusal.value.message == "Invalid login credentials"


async def _quickest_refusals(auth: RunningAuth, *kinds: Iterator[str]) -> list[float]:
    """Seconds by kind of address; the least of several tries in turn, because a busy machine only ever adds."""
    quickest = [math.inf] * len(kinds)
    for addresses in itertools.islice(zip(*kinds, strict=False), 9):
        for place, email in enumerate(addresses):
            started = time.perf_counter()
            await auth.post("/token?grant_type=password", json={"email": email, "password": "wrong password"})
            quickest[place] = min(quickest[place], time.perf_counter() - started)
    return quickest


@pytest.mark.parametrize("guarded", [True, False])
async def test_an_unknown_address_takes_as_long_as_a_wrong_password(
    module_database: ClonedDatabase, tmp_path: Path, guarded: bool
) -> None:
    async with serving(module_database, tmp_path, **SAFE_HASHES) as auth:
        await _compare_refusals(auth, guarded)


async def _compare_refusals(auth: RunningAuth, guarded: bool) -> None:
    email, bare = fresh_address(), fresh_address()
    await (await auth.client()).auth.sign_up({"email": email, "password": PASSWORD})
    # Made by an administrator without a password: the easiest account to tell by its speed.
    await (await auth.admin()).auth.admin.create_user({"email": bare, "email_confirm": True})
    if not guarded:
        # Nothing to compare with when there is no account.
        auth.server.ground.passwords._nobody = "no digest"
    known, unknown, passwordless = await _quickest_refusals(
        auth,
        itertools.repeat(email),
        (fresh_address("nobody") for _ in itertools.count()),
        itertools.repeat(bare),
    )
    for quickest in (unknown, passwordless):
        assert (quickest > 0.6 * known) is guarded, (known, quickest)


async def test_an_address_is_taken_once(auth: RunningAuth) -> None:
    client = await auth.client()
    email = fresh_address()
    await client.auth.sign_up({"email": email, "password": PASSWORD})
    with pytest.raises(AuthApiError) as refusal:
        await client.auth.sign_up({"email": email.upper(), "password": PASSWORD})
    assert (refusal.value.status, refusal.value.code) == (422, "user_already_exists")


async def test_of_ten_parallel_sign_ups_of_one_address_one_wins(auth: RunningAuth) -> None:
    body = {"email": fresh_address(), "password": PASSWORD}
    answers = await asyncio.gather(*(auth.post("/signup", json=body) for _ in range(10)))
    assert sorted(answer.status_code for answer in answers) == [200] + [422] * 9


async def test_a_short_password_is_refused_with_its_reason(auth: RunningAuth) -> None:
    with pytest.raises(AuthWeakPasswordError) as refusal:
        await (await auth.client()).auth.sign_up({"email": fresh_address(), "password": "short"})
    assert refusal.value.reasons == ["length"]


async def test_a_person_changes_name_and_password_and_asks_for_another_address(auth: RunningAuth) -> None:
    client = await auth.client()
    email = fresh_address()
    session = (await client.auth.sign_up({"email": email, "password": PASSWORD})).session
    elsewhere = (await (await auth.client()).auth.sign_in_with_password({"email": email, "password": PASSWORD})).session
    assert session is not None
    assert elsewhere is not None
    moved = fresh_address("moved")
    changed = await client.auth.update_user({"email": moved, "password": "another password", "data": {"name": "A"}})
    # The new address counts once its owner has followed the link.
    assert (changed.user.email, changed.user.new_email) == (email, moved)
    assert changed.user.user_metadata == {"name": "A"}
    await (await auth.client()).auth.sign_in_with_password({"email": email, "password": "another password"})
    with pytest.raises(AuthApiError) as refusal:
        await (await auth.client()).auth.refresh_session(elsewhere.refresh_token)
    assert str(refusal.value.code) == "refresh_token_not_found"
    assert (await client.auth.refresh_session(session.refresh_token)).session is not None


async def test_a_person_cannot_raise_their_own_rights(auth: RunningAuth) -> None:
    client = await auth.client()
    session = (await client.auth.sign_up({"email": fresh_address(), "password": PASSWORD})).session
    assert session is not None
    headers = {"apikey": auth.keyring.publishable_key, "Authorization": f"Bearer {session.access_token}"}
    body = {"app_metadata": {"role": "owner"}}
    refused = await auth.http.put(f"{URL}/auth/v1/user", headers=headers, json=body)
    assert refused.status_code == 403
    ignored = await auth.http.put(f"{URL}/auth/v1/user", headers=headers, json={"role": "service_role", "data": {}})
    assert ignored.json()["role"] == "authenticated"


@pytest.mark.parametrize("key", ["", "sb_publishable_guess"])
async def test_without_an_api_key_nobody_gets_in(auth: RunningAuth, key: str) -> None:
    answer = await auth.post("/token?grant_type=password", json={}, headers={"apikey": key})
    assert answer.status_code == 401


async def test_older_clients_read_the_status_as_the_code(auth: RunningAuth) -> None:
    answer = await auth.post("/token?grant_type=password", json={"email": fresh_address(), "password": "x"})
    assert answer.json() == {
        "code": 400,
        "error_code": "invalid_credentials",
        "msg": "Invalid login credentials",
    }
    assert answer.headers["x-sb-error-code"] == "invalid_credentials"


@pytest.mark.parametrize("path", ["/token?grant_type=password", "/token?grant_type=refresh_token", "/signup"])
async def test_bad_bodies_get_a_declared_answer(auth: RunningAuth, path: str) -> None:
    for what, body in BAD_BODIES.items():
        answer = await auth.post(path, content=body)
        assert 400 <= answer.status_code < 500, (what, answer.status_code, answer.text)
        assert answer.json()["error_code"], what
        assert answer.status_code == 413 if what == "one megabyte" else answer.status_code != 413, what


async def test_strange_paths_and_queries_get_a_declared_answer(auth: RunningAuth) -> None:
    secret = {"apikey": auth.keyring.secret_key}
    for method, path in [
        ("POST", "/token"),
        ("POST", "/token?grant_type=%00"),
        ("POST", "/token?grant_type=web3"),
        ("GET", "/token"),
        ("GET", "/nothing"),
        ("POST", "/logout?scope=%ff"),
        ("GET", "/admin/users/%00"),
        ("GET", "/admin/users/not-a-uuid"),
        ("DELETE", "/admin/users/00000000-0000-0000-0000-000000000000"),
        ("GET", "/admin/users?page=-1"),
        ("GET", "/admin/users?page=1_0"),
        ("GET", "/admin/users?per_page=99999999999999999999"),
        ("GET", "/admin/users?page=%D9%A1"),
    ]:
        answer = await auth.http.request(method, f"{URL}/auth/v1{path}", headers=secret)
        assert 400 <= answer.status_code < 500, (method, path, answer.status_code)
        assert answer.json()["error_code"], path


@pytest.mark.parametrize(("limit", "judged"), [(3, 3), (100, 8)])
async def test_no_more_guesses_are_judged_than_the_limit_even_in_parallel(
    module_database: ClonedDatabase, tmp_path: Path, limit: int, judged: int
) -> None:
    async with serving(module_database, tmp_path, failures_per_address=limit) as auth:
        wrong = {"email": fresh_address(), "password": "wrong password"}
        answers = await asyncio.gather(*(auth.post("/token?grant_type=password", json=wrong) for _ in range(8)))
        assert sorted(answer.status_code for answer in answers) == [400] * judged + [429] * (8 - judged)


async def test_a_guessed_account_is_closed_to_everybody_and_opens_again(
    module_database: ClonedDatabase, tmp_path: Path
) -> None:
    async with serving(module_database, tmp_path, failures_per_address=2, failure_window_seconds=1) as auth:
        right = {"email": fresh_address(), "password": PASSWORD}
        await auth.post("/signup", json=right)
        for _ in range(2):
            await auth.post("/token?grant_type=password", json=right | {"password": "wrong password"})
        closed = await auth.post("/token?grant_type=password", json=right)
        assert closed.status_code == 429
        assert closed.json()["error_code"] == "over_request_rate_limit"
        assert closed.headers["retry-after"] == "1"
        await asyncio.sleep(1.05)
        assert (await auth.post("/token?grant_type=password", json=right)).status_code == 200


async def test_signing_in_rightly_is_never_counted_not_even_at_once(
    module_database: ClonedDatabase, tmp_path: Path
) -> None:
    async with serving(module_database, tmp_path, failures_per_address=2, failures_per_peer=3) as auth:
        body = {"email": fresh_address(), "password": PASSWORD}
        await auth.post("/signup", json=body)
        answers = await asyncio.gather(*(auth.post("/token?grant_type=password", json=body) for _ in range(12)))
        assert {answer.status_code for answer in answers} == {200}


async def test_a_peer_is_named_only_by_who_holds_the_secret_key(
    module_database: ClonedDatabase, tmp_path: Path
) -> None:
    async with serving(module_database, tmp_path, failures_per_peer=2) as auth:

        async def guess(key: str, peer: str) -> int:
            headers = {"apikey": key, "Sb-Forwarded-For": peer}
            body = {"email": fresh_address("nobody"), "password": "wrong password"}
            return (await auth.post("/token?grant_type=password", json=body, headers=headers)).status_code

        assert [await guess(auth.keyring.publishable_key, f"192.0.2.{n}") for n in range(3)] == [400, 400, 429]
        assert [await guess(auth.keyring.secret_key, f"192.0.2.{n}") for n in range(3)] == [400, 400, 400]


async def test_a_lost_database_is_said_to_be_lost(tmp_path: Path, module_database: ClonedDatabase) -> None:
    async with serving(module_database, tmp_path) as auth:
        await auth.sql(
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = 'identity'"
            " and datname = current_database()"
        )
        body = {"email": fresh_address(), "password": PASSWORD}
        answers = [await auth.post("/token?grant_type=password", json=body) for _ in range(4)]
        lost = [answer.json()["msg"] for answer in answers if answer.status_code != 400]
        # The pool may have replaced some of the killed connections by itself; no other failure is told than this one.
        assert set(lost) <= {"Database is not reachable"}
        assert (await auth.post("/token?grant_type=password", json=body)).status_code == 400


async def test_readiness_and_public_settings(auth: RunningAuth) -> None:
    assert (await auth.http.get(f"{URL}/auth/v1/health")).status_code == 200
    answer = await auth.http.get(f"{URL}/auth/v1/settings", headers={"apikey": auth.keyring.publishable_key})
    assert answer.json()["mailer_autoconfirm"] is True
    assert answer.json()["external"]["email"] is True


async def test_tokens_of_a_retired_key_stay_good(auth: RunningAuth) -> None:
    client = await auth.client()
    session = (await client.auth.sign_up({"email": fresh_address(), "password": PASSWORD})).session
    assert session is not None
    before = jwt.get_unverified_header(session.access_token)["kid"]
    auth.keyring.rotate()
    renewed = (await client.auth.refresh_session(session.refresh_token)).session
    assert renewed is not None
    after = jwt.get_unverified_header(renewed.access_token)["kid"]
    published = await auth.http.get(f"{URL}/auth/v1/.well-known/jwks.json")
    assert [key["kid"] for key in published.json()["keys"]] == [after, before]
    for token in (session.access_token, renewed.access_token):
        assert await client.auth.get_user(token) is not None
