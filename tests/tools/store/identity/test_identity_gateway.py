"""The road to Supabase Auth: through the real client to the embedded server, and against servers that fail."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import jwt
import pytest

from tests.embedded.auth.serving import PASSWORD, URL, RunningAuth, fresh_address, serving
from tests.postgres import ClonedDatabase
from tools.errors import AppError, Forbidden, InvalidInput, NotFound, RateLimited, Upstream
from tools.store.identity import (
    AddressTaken,
    IdentityGateway,
    InvalidCredentials,
    LinkExpired,
    TokenInvalid,
    TokenVerifier,
)


@pytest.fixture
async def auth(module_database: ClonedDatabase, tmp_path: Path) -> AsyncIterator[RunningAuth]:
    async with serving(module_database, tmp_path) as running:
        yield running


@pytest.fixture
async def gateway(auth: RunningAuth) -> AsyncIterator[IdentityGateway]:
    keyring = auth.keyring
    async with IdentityGateway(URL, keyring.publishable_key, keyring.secret_key, auth.transport) as gateway:
        yield gateway


async def test_a_person_signs_up_signs_in_refreshes_and_signs_out(gateway: IdentityGateway) -> None:
    email = fresh_address()
    registration = await gateway.sign_up(email, PASSWORD, "Ada")
    assert registration.session is not None
    assert registration.user.user_metadata == {"name": "Ada"}
    session = await gateway.sign_in(email, PASSWORD)
    assert session.user.id == registration.user.id
    assert (session.token_type, session.expires_in) == ("bearer", 3600)
    renewed = await gateway.refresh(session.refresh_token)
    assert (await gateway.user(renewed.access_token)).email == email
    await gateway.sign_out(renewed.access_token)
    with pytest.raises(TokenInvalid):
        await gateway.refresh(renewed.refresh_token)
    with pytest.raises(TokenInvalid):
        await gateway.user(renewed.access_token)
    # Signing out twice is signing out.
    await gateway.sign_out(renewed.access_token)
    assert (await gateway.refresh(registration.session.refresh_token)).user.id == registration.user.id


async def test_a_fresh_token_verifies_by_the_published_keys(auth: RunningAuth, gateway: IdentityGateway) -> None:
    session = await gateway.sign_in((await gateway.sign_up(fresh_address(), PASSWORD)).user.email or "", PASSWORD)
    async with TokenVerifier(URL, transport=auth.transport) as verifier:
        claims = await verifier.verify(session.access_token)
        assert claims.user_id == session.user.id
        assert claims.email == session.user.email
        assert claims.expires_at == session.expires_at
        auth.keyring.rotate()
        rotated = await gateway.refresh(session.refresh_token)
        assert (await verifier.verify(rotated.access_token)).user_id == session.user.id
        assert (await verifier.verify(session.access_token)).user_id == session.user.id


async def test_secrets_stay_out_of_what_is_logged(gateway: IdentityGateway) -> None:
    session = (await gateway.sign_up(fresh_address(), PASSWORD)).session
    assert session is not None
    assert session.access_token not in repr(session)
    assert session.refresh_token not in repr(session)


async def test_an_administrator_makes_and_removes_an_account(gateway: IdentityGateway) -> None:
    email, chosen = fresh_address(), uuid4()
    made = await gateway.admin_create_user(email, PASSWORD, name="Bo", app_metadata={"plan": "venue"}, user_id=chosen)
    assert made.id == chosen
    assert made.user_metadata == {"name": "Bo"}
    assert made.app_metadata["plan"] == "venue"
    session = await gateway.sign_in(email, PASSWORD)
    await gateway.admin_delete_user(made.id)
    with pytest.raises(TokenInvalid):
        await gateway.user(session.access_token)
    with pytest.raises(NotFound):
        await gateway.admin_delete_user(made.id)


async def test_a_forgotten_password_is_replaced_by_link_or_by_code(auth: RunningAuth, gateway: IdentityGateway) -> None:
    by_link, by_code = fresh_address(), fresh_address()
    for email in (by_link, by_code):
        await gateway.sign_up(email, PASSWORD)
        await gateway.recover(email, redirect_to=f"{URL}/new-password")
    assert auth.letter(by_link).link.params["redirect_to"] == f"{URL}/new-password"
    token_hash = auth.letter(by_link).token_hash
    code = auth.letter(by_code).code
    for session in (
        await gateway.verify_link("recovery", token_hash),
        await gateway.verify_code("recovery", by_code, code),
    ):
        assert (await gateway.set_password(session.access_token, "a newer password")).id == session.user.id
        await gateway.sign_in(session.user.email or "", "a newer password")
        with pytest.raises(InvalidInput) as same:
            await gateway.set_password(session.access_token, "a newer password")
        assert same.value.details["errors"][0]["pointer"] == "/password"
    with pytest.raises(LinkExpired):
        await gateway.verify_link("recovery", token_hash)
    with pytest.raises(LinkExpired):
        await gateway.verify_code("recovery", by_code, code)
    with pytest.raises(RateLimited):
        await gateway.recover(by_link)
    await gateway.recover(fresh_address("nobody"))
    for token in ("x.y.z", "not a token", "a" * 9000):
        with pytest.raises(TokenInvalid):
            await gateway.set_password(token, "a newer password")


async def test_an_address_is_confirmed_before_the_first_sign_in(
    module_database: ClonedDatabase, tmp_path: Path
) -> None:
    async with serving(module_database, tmp_path, confirm_addresses=True, mail_pause_seconds=0) as auth:
        keyring = auth.keyring
        async with IdentityGateway(URL, keyring.publishable_key, keyring.secret_key, auth.transport) as gateway:
            email = fresh_address()
            assert (await gateway.sign_up(email, PASSWORD)).session is None
            with pytest.raises(Forbidden):
                await gateway.sign_in(email, PASSWORD)
            await gateway.confirm_again(email)
            first, second = auth.letters(email)
            with pytest.raises(LinkExpired):
                await gateway.verify_code("signup", email, first.code if first.code != second.code else "none")
            assert (await gateway.verify_code("signup", email, second.code)).user.email == email
            await gateway.sign_in(email, PASSWORD)


async def test_an_invitation_makes_the_account(auth: RunningAuth, gateway: IdentityGateway) -> None:
    email = fresh_address("guest")
    assert (await gateway.admin_invite(email, name="Cy")).user_metadata == {"name": "Cy"}
    session = await gateway.verify_link("invite", auth.letter(email).token_hash)
    await gateway.set_password(session.access_token, PASSWORD)
    with pytest.raises(AddressTaken):
        await gateway.admin_invite(email)


async def test_refusals_become_our_errors(auth: RunningAuth, gateway: IdentityGateway) -> None:
    email = fresh_address()
    user = (await gateway.sign_up(email, PASSWORD)).user
    with pytest.raises(InvalidCredentials, match="e-mail or the password"):
        await gateway.sign_in(email, "wrong password")
    with pytest.raises(AddressTaken):
        await gateway.sign_up(email, PASSWORD)
    with pytest.raises(AddressTaken):
        await gateway.admin_create_user(email)
    with pytest.raises(InvalidInput) as weak:
        await gateway.sign_up(fresh_address(), "short")
    assert weak.value.details["errors"][0]["pointer"] == "/password"
    for bad in ("", "nobody", "a@b", "a" * 300 + "@example.org", "a" * 2_000_000 + "@example.org"):
        with pytest.raises(InvalidInput):
            await gateway.sign_in(bad, PASSWORD)
    with pytest.raises(InvalidInput):
        await gateway.sign_in(email, "")
    await auth.sql("update auth.users set banned_until = now() + interval '1 hour' where id = %s", user.id)
    with pytest.raises(Forbidden, match="blocked"):
        await gateway.sign_in(email, PASSWORD)
    await gateway.admin_create_user(unconfirmed := fresh_address(), PASSWORD, confirmed=False)
    with pytest.raises(Forbidden, match="not confirmed"):
        await gateway.sign_in(unconfirmed, PASSWORD)


async def test_a_copied_refresh_token_ends_the_session(auth: RunningAuth, gateway: IdentityGateway) -> None:
    session = (await gateway.sign_up(fresh_address(), PASSWORD)).session
    assert session is not None
    renewed = await gateway.refresh(session.refresh_token)
    await auth.sql("update auth.refresh_tokens set updated_at = now() - interval '11 s' where revoked")
    with pytest.raises(TokenInvalid):
        await gateway.refresh(session.refresh_token)
    with pytest.raises(TokenInvalid):
        await gateway.refresh(renewed.refresh_token)


async def test_guessing_is_counted_by_the_peer_behind_the_server(
    module_database: ClonedDatabase, tmp_path: Path
) -> None:
    async with serving(module_database, tmp_path, failures_per_peer=2) as auth:
        keyring = auth.keyring
        async with IdentityGateway(URL, keyring.publishable_key, keyring.secret_key, auth.transport) as gateway:
            email = fresh_address()
            await gateway.sign_up(email, PASSWORD)
            for _ in range(2):
                with pytest.raises(InvalidCredentials):
                    await gateway.sign_in(fresh_address("nobody"), "wrong password", peer="192.0.2.1")
            with pytest.raises(RateLimited) as limited:
                await gateway.sign_in(email, PASSWORD, peer="192.0.2.1")
            assert limited.value.retry_after
            assert (await gateway.sign_in(email, PASSWORD, peer="2001:db8::1")).user.email == email


Server = Callable[[httpx.Request], httpx.Response]


def _gateway_to(server: Server) -> IdentityGateway:
    return IdentityGateway(URL, "sb_publishable_key", "sb_secret_key", httpx.MockTransport(server))


_LASTING_TOKEN = jwt.encode({"sub": str(UUID(int=1)), "exp": 9_999_999_999}, "k" * 32)
CALLS: dict[str, Callable[[IdentityGateway], Awaitable[object]]] = {
    "sign_up": lambda gateway: gateway.sign_up("a@example.org", PASSWORD),
    "sign_in": lambda gateway: gateway.sign_in("a@example.org", PASSWORD),
    "refresh": lambda gateway: gateway.refresh("token"),
    "user": lambda gateway: gateway.user("token"),
    "sign_out": lambda gateway: gateway.sign_out("token"),
    "admin_create_user": lambda gateway: gateway.admin_create_user("a@example.org"),
    "admin_delete_user": lambda gateway: gateway.admin_delete_user(UUID(int=1)),
    "admin_invite": lambda gateway: gateway.admin_invite("a@example.org"),
    "recover": lambda gateway: gateway.recover("a@example.org"),
    "verify_link": lambda gateway: gateway.verify_link("signup", "token"),
    "verify_code": lambda gateway: gateway.verify_code("recovery", "a@example.org", "123456"),
    "set_password": lambda gateway: gateway.set_password(_LASTING_TOKEN, PASSWORD),
}
# Their good answers hold nothing that is read.
_UNREAD = ("sign_out", "admin_delete_user", "recover")


def _unreachable(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("refused", request=request)


def _silent(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("silent", request=request)


FAILURES: dict[str, Server] = {
    "unreachable": _unreachable,
    "silent": _silent,
    "a page of HTML": lambda _: httpx.Response(500, html="<h1>Internal error at 10.0.0.7</h1>"),
    "a gateway error": lambda _: httpx.Response(503, json={"message": "upstream 10.0.0.7"}),
    "an error without a code": lambda _: httpx.Response(418, json={}),
    "our key refused": lambda _: httpx.Response(401, json={"message": "Invalid API key"}),
    "a list": lambda _: httpx.Response(400, json=[1]),
}
NONSENSE: dict[str, Server] = {
    "half an answer": lambda _: httpx.Response(200, json={"access_token": "a"}),
    "nothing": lambda _: httpx.Response(200),
    "not JSON": lambda _: httpx.Response(200, text="ok"),
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("failure", FAILURES)
async def test_a_failing_server_is_an_upstream_error_that_tells_nothing(failure: str, call: str) -> None:
    async with _gateway_to(FAILURES[failure]) as gateway:
        with pytest.raises(Upstream) as error:
            await CALLS[call](gateway)
    assert "10.0.0.7" not in str(error.value.to_problem())
    assert error.value.retryable


@pytest.mark.parametrize("call", [name for name in CALLS if name not in _UNREAD])
@pytest.mark.parametrize("answer", NONSENSE)
async def test_an_answer_that_makes_no_sense_is_an_upstream_error(answer: str, call: str) -> None:
    async with _gateway_to(NONSENSE[answer]) as gateway:
        with pytest.raises(Upstream):
            await CALLS[call](gateway)


async def test_what_cannot_be_sent_is_refused_before_it_is_sent() -> None:
    sent: list[httpx.Request] = []

    def server(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(500)

    async with _gateway_to(server) as gateway:
        for text in ("a\x00b", "a\ud800b"):
            for call in (gateway.sign_up(text, PASSWORD), gateway.sign_in("a@example.org", text)):
                with pytest.raises(InvalidInput):
                    await call
            with pytest.raises(InvalidInput) as named:
                await gateway.sign_up("a@example.org", PASSWORD, text)
            assert named.value.details["errors"][0]["pointer"] == "/name"
        for token in ("", "a b", "a\r\nX-Role: admin", "a\x00", "é", "\ud800", "a" * 1_000_000):
            for exchange in (gateway.refresh, gateway.user, gateway.sign_out):
                with pytest.raises(TokenInvalid):
                    await exchange(token)
    assert sent == []


async def test_the_secret_key_goes_along_only_where_it_is_needed() -> None:
    seen: dict[str, httpx.Headers] = {}

    def server(request: httpx.Request) -> httpx.Response:
        seen[request.url.path.rpartition("/")[2]] = request.headers
        return httpx.Response(503)

    async with _gateway_to(server) as gateway:
        for call in CALLS.values():
            with pytest.raises(AppError):
                await call(gateway)
        for path in ("signup", "token", "user", "logout", "recover", "verify"):
            assert "sb_secret_key" not in str(seen[path].raw), path
        assert seen["users"]["apikey"] == "sb_secret_key"
        with pytest.raises(Upstream):
            await gateway.sign_in("a@example.org", PASSWORD, peer="192.0.2.1\r\nX-Role: admin")
        assert seen["token"]["apikey"] == "sb_publishable_key"
        assert "sb-forwarded-for" not in seen["token"]
        with pytest.raises(Upstream):
            await gateway.sign_in("a@example.org", PASSWORD, peer="192.0.2.1")
        assert seen["token"]["apikey"] == "sb_secret_key"
        assert seen["token"]["sb-forwarded-for"] == "192.0.2.1"


async def test_nobody_signs_in_for_somebody_else(auth: RunningAuth, gateway: IdentityGateway) -> None:
    emails = [fresh_address() for _ in range(12)]
    await asyncio.gather(*(gateway.sign_up(email, PASSWORD) for email in emails))
    sessions = await asyncio.gather(*(gateway.sign_in(email, PASSWORD) for email in emails))
    people = await asyncio.gather(*(gateway.user(session.access_token) for session in sessions))
    assert [person.email for person in people] == emails
    # Still the server itself, not the last person who signed in.
    assert (await gateway.admin_create_user(fresh_address())).role == "authenticated"

    # The same with one supabase-py client for everybody: the administrator has become the person.
    shared = await auth.admin()
    await shared.auth.sign_up({"email": fresh_address(), "password": PASSWORD})
    assert auth.keyring.secret_key not in shared.options.headers["Authorization"]
