"""Makes access tokens, honest and forged, and the server that publishes keys for them. Holds no test."""

from __future__ import annotations

import asyncio
import base64
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx
import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

URL = "https://identity.test"
ISSUER = f"{URL}/auth/v1"
NOW = 1_800_000_000
PERSON = "7d0e4a52-7a3c-4be1-9d2f-3f2c8c1f4b11"
EC_KEY, OTHER_KEY = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
RSA_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
LEGACY_SECRET = "a legacy secret of at least 32 bytes"
EC_PEM = EC_KEY.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def published(key: ec.EllipticCurvePrivateKey, kid: str) -> dict[str, Any]:
    members: dict[str, Any] = ECAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return members | {"kid": kid, "alg": "ES256", "use": "sig"}


RSA_JWK = RSAAlgorithm.to_jwk(RSA_KEY.public_key(), as_dict=True) | {"kid": "rsa", "alg": "RS256"}
# A symmetric key has no business in a published set; it must not become usable by being there.
OCT_JWK = {"kty": "oct", "kid": "oct", "alg": "HS256", "k": base64.urlsafe_b64encode(EC_PEM).decode()}
KEYS = [published(EC_KEY, "ec"), RSA_JWK, OCT_JWK]


@dataclass
class KeyServer:
    """What publishes keys; `answer` may be swapped for one that fails."""

    keys: list[dict[str, Any]] = field(default_factory=lambda: list(KEYS))
    fetches: int = 0
    answer: Callable[[], httpx.Response] | None = None
    delay_seconds: float = 0.0

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.fetches += 1
        assert request.url.path == "/auth/v1/.well-known/jwks.json"
        await asyncio.sleep(self.delay_seconds)
        return self.answer() if self.answer else httpx.Response(200, json={"keys": self.keys})


@dataclass
class Clock:
    seconds: float = 0.0

    def wall(self) -> float:
        return NOW + self.seconds

    def monotonic(self) -> float:
        return self.seconds


def claims(**changes: Any) -> dict[str, Any]:
    """An honest person's claims, changed; a change to None takes the claim away."""
    honest = {
        "iss": ISSUER,
        "sub": PERSON,
        "aud": "authenticated",
        "exp": NOW + 3600,
        "iat": NOW,
        "role": "authenticated",
        "email": "ada@example.org",
        "session_id": str(UUID(int=5)),
    }
    return {name: value for name, value in (honest | changes).items() if value is not None}


def signed(key: Any = EC_KEY, algorithm: str = "ES256", header: dict[str, Any] | None = None, **changes: Any) -> str:
    headers = {"kid": "ec"} if header is None else header
    return jwt.encode(claims(**changes), key, algorithm=algorithm, headers=headers)


def encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).decode().rstrip("=")


def assembled(header: bytes, payload: bytes, *, by: ec.EllipticCurvePrivateKey | None = EC_KEY) -> str:
    """A token of parts that `jwt.encode` would not make, signed all the same."""
    message = f"{encoded(header)}.{encoded(payload)}"
    signature = jwt.get_algorithm_by_name("ES256").sign(message.encode(), by) if by else b""
    return f"{message}.{encoded(signature)}"


HEAD = b'{"alg":"ES256","kid":"ec"}'
HONEST = json.dumps(claims()).encode()


def with_header(**members: Any) -> str:
    return assembled(json.dumps({"alg": "ES256", "kid": "ec"} | members).encode(), HONEST)


def with_claim(name: str, literal: str) -> str:
    return assembled(HEAD, (json.dumps(claims(**{name: None}))[:-1] + f', "{name}": {literal}}}').encode())


def hmac_signed(secret: bytes, kid: str = "ec") -> str:
    message = f"{encoded(json.dumps({'alg': 'HS256', 'kid': kid}).encode())}.{encoded(HONEST)}"
    return f"{message}.{encoded(hmac.digest(secret, message.encode(), 'sha256'))}"
