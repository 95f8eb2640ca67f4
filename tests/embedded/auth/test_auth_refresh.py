"""Refresh tokens: used once, given again to who lost the answer, fatal to the session when copied. And signing out."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Literal

import pytest
from supabase_auth.errors import AuthApiError
from supabase_auth.types import Session

from tests.embedded.auth.serving import PASSWORD, RunningAuth, fresh_address, serving
from tests.postgres import ClonedDatabase


async def _signed_up(auth: RunningAuth, email: str | None = None) -> Session:
    answer = await (await auth.client()).auth.sign_up({"email": email or fresh_address(), "password": PASSWORD})
    assert answer.session is not None
    return answer.session


async def _signed_in(auth: RunningAuth, email: str) -> Session:
    answer = await (await auth.client()).auth.sign_in_with_password({"email": email, "password": PASSWORD})
    assert answer.session is not None
    return answer.session


async def _refreshed(auth: RunningAuth, token: str) -> Session:
    answer = await (await auth.client()).auth.refresh_session(token)
    assert answer.session is not None
    return answer.session


async def _refusal(auth: RunningAuth, token: str) -> str | None:
    with pytest.raises(AuthApiError) as refusal:
        await (await auth.client()).auth.refresh_session(token)
    assert refusal.value.status == 400
    return refusal.value.code


async def _let_the_reuse_interval_pass(auth: RunningAuth, user_id: str) -> None:
    await auth.sql(
        "update auth.refresh_tokens set updated_at = updated_at - interval '11 seconds' where user_id = %s", user_id
    )


async def test_a_refresh_token_is_exchanged_for_the_next(auth: RunningAuth) -> None:
    first = await _signed_up(auth)
    second = await _refreshed(auth, first.refresh_token)
    third = await _refreshed(auth, second.refresh_token)
    assert len({first.refresh_token, second.refresh_token, third.refresh_token}) == 3
    assert third.user.id == first.user.id


async def test_who_lost_the_answer_gets_the_same_successor_again(auth: RunningAuth) -> None:
    first = await _signed_up(auth)
    second = await _refreshed(auth, first.refresh_token)
    again = await _refreshed(auth, first.refresh_token)
    assert again.refresh_token == second.refresh_token


async def test_a_reused_refresh_token_ends_the_session(auth: RunningAuth) -> None:
    first = await _signed_up(auth)
    second = await _refreshed(auth, first.refresh_token)
    await _let_the_reuse_interval_pass(auth, first.user.id)
    assert await _refusal(auth, first.refresh_token) == "refresh_token_already_used"
    assert await _refusal(auth, second.refresh_token) == "session_not_found"
    with pytest.raises(AuthApiError) as refusal:
        await (await auth.client()).auth.get_user(second.access_token)
    assert refusal.value.code == "session_not_found"


async def test_with_an_hour_for_reuse_the_copy_would_go_unnoticed(
    module_database: ClonedDatabase, tmp_path: Path
) -> None:
    async with serving(module_database, tmp_path, refresh_reuse_seconds=3600) as auth:
        first = await _signed_up(auth)
        second = await _refreshed(auth, first.refresh_token)
        await _let_the_reuse_interval_pass(auth, first.user.id)
        assert (await _refreshed(auth, first.refresh_token)).refresh_token == second.refresh_token


async def test_a_session_outlives_the_reuse_interval_when_no_token_is_reused(auth: RunningAuth) -> None:
    first = await _signed_up(auth)
    second = await _refreshed(auth, first.refresh_token)
    await _let_the_reuse_interval_pass(auth, first.user.id)
    assert (await _refreshed(auth, second.refresh_token)).user.id == first.user.id


async def test_the_grandparent_is_a_copy_even_at_once(auth: RunningAuth) -> None:
    first = await _signed_up(auth)
    second = await _refreshed(auth, first.refresh_token)
    third = await _refreshed(auth, second.refresh_token)
    assert await _refusal(auth, first.refresh_token) == "refresh_token_already_used"
    assert await _refusal(auth, third.refresh_token) == "session_not_found"


async def test_a_copied_token_ends_one_session_only(auth: RunningAuth) -> None:
    email = fresh_address()
    stolen = await _signed_up(auth, email)
    elsewhere = await _signed_in(auth, email)
    await _refreshed(auth, stolen.refresh_token)
    await _let_the_reuse_interval_pass(auth, stolen.user.id)
    await _refusal(auth, stolen.refresh_token)
    assert (await _refreshed(auth, elsewhere.refresh_token)).user.id == stolen.user.id


async def test_twenty_parallel_refreshes_of_one_token_make_one_successor(auth: RunningAuth) -> None:
    first = await _signed_up(auth)
    body = {"refresh_token": first.refresh_token}
    answers = await asyncio.gather(*(auth.post("/token?grant_type=refresh_token", json=body) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["refresh_token"] for answer in answers}) == 1
    rows = await auth.sql(
        "select count(*), count(*) filter (where not revoked), count(distinct session_id)"
        " from auth.refresh_tokens where user_id = %s",
        first.user.id,
    )
    assert rows == [(2, 1, 1)]


async def test_refresh_tokens_are_not_in_the_database(auth: RunningAuth) -> None:
    first = await _signed_up(auth)
    second = await _refreshed(auth, first.refresh_token)
    rows = await auth.sql("select token, parent from auth.refresh_tokens where user_id = %s", first.user.id)
    kept = {text for row in rows for text in row if text}
    assert len(rows) == 2
    assert kept.isdisjoint({first.refresh_token, second.refresh_token})


async def test_an_unknown_refresh_token_is_not_found(auth: RunningAuth) -> None:
    assert await _refusal(auth, "never-given-out") == "refresh_token_not_found"


@pytest.mark.parametrize(
    ("scope", "gone"),
    [("local", ("here",)), ("others", ("there",)), ("global", ("here", "there"))],
)
async def test_signing_out_ends_what_its_scope_says(
    auth: RunningAuth, scope: Literal["global", "local", "others"], gone: tuple[str, ...]
) -> None:
    email = fresh_address()
    session = {"here": await _signed_up(auth, email), "there": await _signed_in(auth, email)}
    stranger = await _signed_up(auth)
    await (await auth.client()).auth.admin.sign_out(session["here"].access_token, scope)
    for name in session:
        if name in gone:
            assert await _refusal(auth, session[name].refresh_token) == "refresh_token_not_found"
        else:
            await _refreshed(auth, session[name].refresh_token)
    await _refreshed(auth, stranger.refresh_token)


async def test_a_banned_person_cannot_refresh(auth: RunningAuth) -> None:
    email = fresh_address()
    session = await _signed_up(auth, email)
    await auth.sql("update auth.users set banned_until = now() + interval '1 hour' where id = %s", session.user.id)
    assert await _refusal(auth, session.refresh_token) == "user_banned"
    await auth.sql("update auth.users set banned_until = now() where id = %s", session.user.id)
    await _refreshed(auth, session.refresh_token)
