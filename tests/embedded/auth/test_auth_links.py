"""Links as a browser follows them: where they may lead, what they carry there, and codes only the asker exchanges."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from supabase import AsyncClient, AsyncClientOptions, acreate_client
from supabase_auth.errors import AuthApiError

from embedded.auth.flows import Challenge
from embedded.auth.redirects import allowed
from embedded.auth.settings import AuthSettings
from tests.embedded.auth.bad_bodies import BAD_BODIES
from tests.embedded.auth.serving import PASSWORD, URL, RunningAuth, fresh_address, serving
from tests.postgres import ClonedDatabase


async def _follow(auth: RunningAuth, link: httpx.URL) -> tuple[str, dict[str, list[str]], dict[str, list[str]]]:
    """Where the browser is sent: the address without its query, the query and the fragment. No key goes along."""
    answer = await auth.http.get(link)
    assert answer.status_code == 303
    assert answer.headers["cache-control"] == "no-store"
    target = urlsplit(answer.headers["location"])
    return f"{target.scheme}://{target.netloc}{target.path}", parse_qs(target.query), parse_qs(target.fragment)


async def _asked(auth: RunningAuth, redirect: str = "", **body: object) -> httpx.URL:
    """A recovery link of a new account."""
    email = fresh_address()
    await auth.post("/signup", json={"email": email, "password": PASSWORD})
    answer = await auth.post("/recover", params={"redirect_to": redirect}, json={"email": email} | body)
    assert answer.status_code == 200, answer.text
    return auth.letter(email).link


async def test_a_followed_link_brings_the_session_in_the_fragment(auth: RunningAuth) -> None:
    link = await _asked(auth, f"{URL}/new-password?step=2")
    where, query, fragment = await _follow(auth, link)
    assert (where, query) == (f"{URL}/new-password", {"step": ["2"]})
    assert fragment["type"] == ["recovery"]
    headers = {"apikey": auth.keyring.publishable_key, "Authorization": f"Bearer {fragment['access_token'][0]}"}
    assert (await auth.http.get(f"{URL}/auth/v1/user", headers=headers)).status_code == 200
    where, query, fragment = await _follow(auth, link)
    assert (fragment["error"], fragment["error_code"]) == (["access_denied"], ["otp_expired"])
    assert "access_token" not in fragment


async def _pkce_client(auth: RunningAuth) -> AsyncClient:
    options = AsyncClientOptions(
        httpx_client=auth.http, auto_refresh_token=False, persist_session=False, flow_type="pkce"
    )
    return await acreate_client(URL, auth.keyring.publishable_key, options)


async def test_a_link_asked_for_with_a_challenge_brings_a_code_only_the_asker_exchanges(auth: RunningAuth) -> None:
    client, thief = await _pkce_client(auth), await _pkce_client(auth)
    email = fresh_address()
    await client.auth.sign_up({"email": email, "password": PASSWORD})
    await client.auth.reset_password_for_email(email)
    where, query, fragment = await _follow(auth, auth.letter(email).link)
    assert where.rstrip("/") == URL
    assert fragment == {}
    code = query["code"][0]
    with pytest.raises(AuthApiError) as refusal:
        await thief.auth.exchange_code_for_session({"auth_code": code, "code_verifier": "x" * 43, "redirect_to": ""})
    assert (refusal.value.status, refusal.value.code) == (400, "bad_code_verifier")
    given = {"auth_code": code, "code_verifier": "", "redirect_to": ""}
    answer = await client.auth.exchange_code_for_session(given)  # type: ignore[arg-type]
    assert answer.session is not None
    claims = await client.auth.get_claims(jwt=answer.session.access_token)
    assert claims is not None
    assert claims["claims"]["amr"][0]["method"] == "recovery"
    with pytest.raises(AuthApiError) as refusal:
        await client.auth.exchange_code_for_session({**given, "code_verifier": "x" * 43})  # type: ignore[typeddict-item]
    assert (refusal.value.status, refusal.value.code) == (404, "flow_state_not_found")


async def test_without_the_challenge_whoever_sees_the_code_gets_the_session(
    auth: RunningAuth, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = await _asked(auth, code_challenge="v" * 50, code_challenge_method="plain")
    _, query, _ = await _follow(auth, link)
    body = {"auth_code": query["code"][0], "code_verifier": "w" * 50}
    assert (await auth.post("/token?grant_type=pkce", json=body)).status_code == 400
    monkeypatch.setattr(Challenge, "fits", lambda *_: True)
    assert (await auth.post("/token?grant_type=pkce", json=body)).status_code == 200


async def test_a_code_is_good_for_five_minutes(auth: RunningAuth) -> None:
    verifier = "v" * 50
    link = await _asked(auth, code_challenge=verifier, code_challenge_method="plain")
    _, query, _ = await _follow(auth, link)
    await auth.sql("update auth.flow_state set auth_code_issued_at = auth_code_issued_at - interval '301 seconds'")
    body = {"auth_code": query["code"][0], "code_verifier": verifier}
    answer = await auth.post("/token?grant_type=pkce", json=body)
    assert (answer.status_code, answer.json()["error_code"]) == (422, "flow_state_expired")


@pytest.mark.parametrize(
    ("challenge", "method"),
    [("x" * 42, "s256"), ("x" * 129, "s256"), ("x" * 42 + "\n", "s256"), ("ü" * 43, "plain"), ("x" * 43, "md5")],
)
async def test_a_challenge_of_no_known_form_is_refused(auth: RunningAuth, challenge: str, method: str) -> None:
    body = {"email": fresh_address(), "code_challenge": challenge, "code_challenge_method": method}
    answer = await auth.post("/recover", json=body)
    assert (answer.status_code, answer.json()["error_code"]) == (400, "validation_failed")


ELSEWHERE = [
    "https://evil.example",
    "//evil.example",
    "http://identity.test.evil.example/",
    "http://identity.test@evil.example/",
    "http://evil.example@identity.test/",
    "http://identity.test:8080/",
    "https://identity.test/",
    "javascript:alert(1)",
    "http:\\\\evil.example",
    "http://identity.test\\@evil.example/",
    "http://[::1",
    "http://identity.test:99999999/",
    "http://identity.test/\r\nSet-Cookie: a=b",
    "http://identity.test/\x00",
    "http://identıty.test/",
    "/relative",
    "http://identity.test/" + "a" * 3000,
]


async def test_a_link_leads_back_to_this_site_only(auth: RunningAuth) -> None:
    settings = AuthSettings(url=URL, keyring=auth.keyring, redirects=("https://partner.example/back",))
    for wanted in ELSEWHERE:
        assert allowed(settings, wanted) == URL, wanted
    for wanted in (URL, f"{URL}/a?b=c#d", "https://partner.example/back", "https://partner.example/back#x"):
        assert allowed(settings, wanted) == wanted
    link = await _asked(auth, "https://evil.example")
    assert link.params["redirect_to"] == URL
    # Whoever changes the link gets no further.
    where, _, fragment = await _follow(auth, link.copy_set_param("redirect_to", "https://evil.example"))
    assert where == URL
    assert "access_token" in fragment


def test_without_the_check_a_link_would_lead_anywhere(auth: RunningAuth) -> None:
    settings = AuthSettings(url=URL, keyring=auth.keyring, redirects=tuple(ELSEWHERE))
    assert any(allowed(settings, wanted) == wanted for wanted in ELSEWHERE)


BAD_LINKS = [
    "", "?type=signup", "?token=abc", "?token=abc&type=", "?token=abc&type=sms", "?token=%00&type=signup",
    "?token=pkce_&type=recovery", "?token=pkce_abc&type=email", "?token=" + "a" * 5000 + "&type=signup",
    "?token=%ff&type=invite", "?token=abc&type=email_change&redirect_to=%00",
]  # fmt: skip


async def test_links_nobody_sent_get_a_declared_answer(auth: RunningAuth) -> None:
    for query in BAD_LINKS:
        answer = await auth.http.get(f"{URL}/auth/v1/verify{query}")
        assert answer.status_code in (303, 400), (query, answer.status_code)
        if answer.status_code == 303:
            assert "error_code=" in answer.headers["location"], query


@pytest.mark.parametrize("path", ["/verify", "/recover", "/otp", "/magiclink", "/resend", "/token?grant_type=pkce"])
async def test_bad_bodies_get_a_declared_answer_and_write_nothing(auth: RunningAuth, path: str) -> None:
    before = await auth.sql("select (select count(*) from auth.users), (select count(*) from auth.one_time_tokens)")
    for what, body in BAD_BODIES.items():
        # An address alone is enough for these, so what else the body holds is not looked at.
        answer = await auth.post(path, content=body)
        expected = {200} if b"a@example.org" in body and path != "/verify" else set()
        assert answer.status_code in expected or 400 <= answer.status_code < 500, (what, answer.status_code)
        assert answer.is_success or answer.json()["error_code"], what
    after = await auth.sql("select (select count(*) from auth.users), (select count(*) from auth.one_time_tokens)")
    assert path in ("/otp", "/magiclink") or before == after


async def test_a_page_that_carries_the_secret_key_is_refused(module_database: ClonedDatabase, tmp_path: Path) -> None:
    async with serving(module_database, tmp_path) as auth:
        browser = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64)"}
        for key, status in ((auth.keyring.secret_key, 401), (auth.keyring.publishable_key, 200)):
            answer = await auth.http.get(f"{URL}/auth/v1/settings", headers=browser | {"apikey": key})
            assert answer.status_code == status
