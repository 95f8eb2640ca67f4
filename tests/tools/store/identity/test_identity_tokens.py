"""Access tokens as attackers make them: one table of what is believed and what is refused, and how long."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import httpx
import jwt
import pytest

from tests.tools.store.identity.token_forge import (
    EC_KEY,
    EC_PEM,
    HEAD,
    HONEST,
    ISSUER,
    KEYS,
    LEGACY_SECRET,
    NOW,
    OTHER_KEY,
    PERSON,
    RSA_KEY,
    URL,
    Clock,
    KeyServer,
    assembled,
    claims,
    encoded,
    hmac_signed,
    published,
    signed,
    with_claim,
    with_header,
)
from tools.store.identity import TokenExpired, TokenInvalid, TokenVerifier, verifier

ACCEPTED = {
    "ES256": signed(),
    "RS256": signed(RSA_KEY, "RS256", {"kid": "rsa"}),
    "several audiences": signed(aud=["authenticated", "elsewhere"]),
    "expired within the leeway": signed(exp=NOW - 4),
    "issued within the leeway": signed(iat=NOW + 4),
    "no e-mail": signed(email=None),
    "no session": signed(session_id=None),
    "unknown headers": with_header(typ="JWT", x="y"),
}
# Genuine signatures of the right key over claims that will not do.
GENUINE = {
    "without exp": signed(exp=None),
    "without iat": signed(iat=None),
    "without aud": signed(aud=None),
    "without iss": signed(iss=None),
    "without sub": signed(sub=None),
    "without a role": signed(role=None),
    "for another audience": signed(aud="elsewhere"),
    "an ID token": signed(aud="client-id", role=None, nonce="n"),
    "from another issuer": signed(iss="https://other.test/auth/v1"),
    "from an issuer with a slash": signed(iss=ISSUER + "/"),
    "issued in the future": signed(iat=NOW + 6),
    "not valid yet": signed(nbf=NOW + 60),
    "service_role": signed(role="service_role"),
    "anon": signed(role="anon"),
    "roles in a list": signed(role=["authenticated"]),
    "a subject that is no UUID": signed(sub="1; drop table users"),
    "an empty subject": signed(sub=""),
    "a numeric subject": with_claim("sub", "7"),
    "exp as text": with_claim("exp", f'"{NOW + 3600}"'),
    "exp not a number": with_claim("exp", "NaN"),
    "exp infinite": with_claim("exp", "Infinity"),
    "exp true": with_claim("exp", "true"),
    "exp of 400 digits": with_claim("exp", "9" * 400),
    "iat not a number": with_claim("iat", "NaN"),
    "session_id no UUID": signed(session_id="x"),
}
FORGED = {
    "alg none": assembled(b'{"alg":"none","kid":"ec"}', HONEST, by=None),
    "alg nOnE": assembled(b'{"alg":"nOnE","kid":"ec"}', HONEST, by=None),
    "ES256 unsigned": assembled(HEAD, HONEST, by=None),
    "HS256 with the public key": hmac_signed(EC_PEM),
    "HS256 with the public key's x": hmac_signed(KEYS[0]["x"].encode()),
    "HS256 with a published symmetric key": hmac_signed(EC_PEM, "oct"),
    "HS256 with an empty secret": hmac_signed(b""),
    "another's signature": signed(OTHER_KEY),
    "the kid of another key": signed(header={"kid": "rsa"}),
    "RS256 under an EC kid": signed(RSA_KEY, "RS256", {"kid": "ec"}),
    "an unknown kid": signed(header={"kid": "nobody"}),
    "no kid": signed(header={}),
    "a kid that is a path": signed(header={"kid": "../../../../dev/null"}),
    "a kid that is SQL": signed(header={"kid": "' union select 'ec"}),
    "kid in a list": assembled(b'{"alg":"ES256","kid":["ec"]}', HONEST),
    "kid null": assembled(b'{"alg":"ES256","kid":null}', HONEST),
    "alg in a list": assembled(b'{"alg":["ES256"],"kid":"ec"}', HONEST),
    "no alg": assembled(b'{"kid":"ec"}', HONEST),
    "jku": assembled(b'{"alg":"ES256","kid":"ec","jku":"https://evil.test/jwks.json"}', HONEST, by=OTHER_KEY),
    "jku and a new kid": assembled(b'{"alg":"ES256","kid":"x","jku":"https://evil.test/k"}', HONEST, by=OTHER_KEY),
    "jwk": signed(OTHER_KEY, header={"kid": "ec", "jwk": published(OTHER_KEY, "ec")}),
    "x5u": signed(OTHER_KEY, header={"kid": "ec", "x5u": "https://evil.test/cert.pem"}),
    "an unknown critical header": with_header(crit=["exp"], exp=1),
    "an unencoded payload": with_header(b64=False, crit=["b64"]),
    "a changed payload": ".".join(
        (signed().split(".")[0], encoded(json.dumps(claims(sub=str(UUID(int=1)))).encode()), signed().split(".")[2])
    ),
    "a payload that is a list": assembled(HEAD, b"[]"),
    "a payload that is no JSON": assembled(HEAD, b"\xff"),
    "a deeply nested header": assembled(b'{"kid":' + b"[" * 4000, HONEST),
    "a deeply nested payload": assembled(HEAD, b'{"x":' + b"[" * 4000),
    "a header with a 5,000 digit number": assembled(b'{"alg":"ES256","kid":' + b"9" * 5000 + b"}", HONEST),
    "one megabyte": signed(padding="x" * 1_000_000),
    "one megabyte of dots": "." * 1_000_000,
    "nothing": "",
    "two parts": ".".join(signed().split(".")[:2]),
    "five parts": "a.b.c.d.e",
    "empty parts": "..",
    "a trailing line break": signed() + "\n",
    "a leading space": " " + signed(),
    "padding": signed() + "=",
    "a NUL byte": signed() + "\x00",
    "other letters": signed()[:-1] + "é",
    "a lone surrogate": signed()[:-1] + "\ud800",
}


@pytest.mark.parametrize("what", ACCEPTED)
async def test_an_honest_token_is_believed(tokens: TokenVerifier, what: str) -> None:
    believed = await tokens.verify(ACCEPTED[what])
    assert believed.user_id == UUID(PERSON)
    assert believed.email == (None if what == "no e-mail" else "ada@example.org")
    assert believed.session_id == (None if what == "no session" else UUID(int=5))


@pytest.mark.parametrize("what", GENUINE | FORGED)
async def test_a_token_that_is_not_in_order_is_refused(tokens: TokenVerifier, what: str) -> None:
    for _ in range(2):
        with pytest.raises(TokenInvalid) as refusal:
            await tokens.verify((GENUINE | FORGED)[what])
    assert (refusal.value.code, refusal.value.status) == ("token_invalid", 401)


LAX: Any = {f"verify_{name}": False for name in ("exp", "iat", "nbf", "aud", "iss", "sub", "jti")}


@pytest.mark.parametrize("what", GENUINE)
def test_checking_the_signature_alone_would_let_it_pass(what: str) -> None:
    jwt.decode(GENUINE[what], EC_KEY.public_key(), algorithms=["ES256"], options=LAX)


@pytest.mark.parametrize("late", [5, 6, 3600])
async def test_an_expired_token_says_so(tokens: TokenVerifier, late: int) -> None:
    with pytest.raises(TokenExpired) as refusal:
        await tokens.verify(signed(exp=NOW - late, iat=NOW - 7200))
    assert refusal.value.code == "token_expired"


async def test_a_token_of_8_kilobytes_is_the_longest(tokens: TokenVerifier) -> None:
    room = verifier.LONGEST_TOKEN - len(signed(padding=""))
    fits = signed(padding="x" * (room * 3 // 4))
    assert verifier.LONGEST_TOKEN - 4 <= len(fits) <= verifier.LONGEST_TOKEN
    await tokens.verify(fits)
    with pytest.raises(TokenInvalid):
        await tokens.verify(signed(padding="x" * (room * 3 // 4 + 8)))


async def test_a_legacy_secret_counts_only_where_it_is_configured(server: KeyServer, clock: Clock) -> None:
    legacy = jwt.encode(claims(), LEGACY_SECRET, algorithm="HS256")
    transport = httpx.MockTransport(server)
    async with TokenVerifier(URL, transport=transport, legacy_secret=LEGACY_SECRET, now=clock.wall) as configured:
        assert (await configured.verify(legacy)).user_id == UUID(PERSON)
        with pytest.raises(TokenInvalid):
            await configured.verify(FORGED["HS256 with the public key"])
        with pytest.raises(TokenInvalid):
            await configured.verify(jwt.encode(claims(role="service_role"), LEGACY_SECRET, algorithm="HS256"))
    async with TokenVerifier(URL, transport=transport, now=clock.wall) as unconfigured:
        with pytest.raises(TokenInvalid):
            await unconfigured.verify(legacy)


async def test_a_kept_token_still_expires(tokens: TokenVerifier, clock: Clock) -> None:
    token = signed(exp=NOW + 20)
    await tokens.verify(token)
    clock.seconds = 24
    await tokens.verify(token)
    clock.seconds = 26
    with pytest.raises(TokenExpired):
        await tokens.verify(token)


async def test_a_signature_is_checked_once_a_minute_and_memory_is_bounded(
    tokens: TokenVerifier, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = 0
    decode = jwt.decode

    def counting(*arguments: Any, **options: Any) -> Any:
        nonlocal checked
        checked += 1
        return decode(*arguments, **options)

    monkeypatch.setattr(jwt, "decode", counting)
    monkeypatch.setattr(verifier, "_MOST_KEPT", 2)
    first, second, third = (signed(sub=str(UUID(int=n))) for n in range(3))
    for _ in range(5):
        await tokens.verify(first)
    assert checked == 1
    clock.seconds = 60
    await tokens.verify(first)
    assert checked == 2
    for token in (second, third, first):
        await tokens.verify(token)
    assert checked == 5
