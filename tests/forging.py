"""Access tokens as attackers make them of what everybody may know: none of them opens a door. Holds no test."""

from __future__ import annotations

import base64
import hmac
import json
import time
from typing import Any
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric import ec

from tests.builders import Service


def _unsigned(claims: dict[str, Any], header: dict[str, Any]) -> str:
    parts = [base64.urlsafe_b64encode(json.dumps(each).encode()).decode().rstrip("=") for each in (header, claims)]
    return ".".join([*parts, ""])


def _with_password(claims: dict[str, Any], header: dict[str, Any], password: bytes) -> str:
    """PyJWT itself refuses to sign with a public key."""
    body = _unsigned(claims, header | {"alg": "HS256", "typ": "JWT"}).rstrip(".")
    signature = hmac.new(password, body.encode(), "sha256").digest()
    return f"{body}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"


def bad_tokens(service: Service) -> dict[str, str]:
    now, user = int(time.time()), uuid4()
    good = service.token(user)
    claims = jwt.decode(good, options={"verify_signature": False})
    header = {"kid": service.keyring.key_id}
    other_key = ec.generate_private_key(ec.SECP256R1())
    public = json.dumps(service.keyring.public_keys()[0]).encode()
    return {
        "nonsense": "nonsense",
        "two parts": "a.b",
        "no signature": good.rpartition(".")[0] + ".",
        "algorithm none": _unsigned(claims, {"alg": "none", "typ": "JWT"}),
        "another key": jwt.encode(claims, other_key, algorithm="ES256", headers=header),
        "the public key as a password": _with_password(claims, header, public),
        "an unknown key id": jwt.encode(claims, other_key, algorithm="ES256", headers={"kid": "other"}),
        "expired": service.token(user, exp=now - 60),
        "issued in the future": service.token(user, iat=now + 600),
        "no expiry": service.token(user, exp=None),
        "no subject": service.token(user, sub=None),
        "a subject that is no id": service.token(user, sub="admin"),
        "another audience": service.token(user, aud="anon"),
        "another issuer": service.token(user, iss="http://evil.test/auth/v1"),
        "the service's role": service.token(user, role="service_role"),
        "nobody's role": service.token(user, role="anon"),
        "too long": good + "A" * 20_000,
        "a megabyte": good + "A" * 1_000_000,
        "a megabyte of claims": service.token(user, padding="x" * 1_000_000),
        "no audience": service.token(user, aud=None),
        "no issuer": service.token(user, iss=None),
        "no role": service.token(user, role=None),
        "an ID token": service.token(user, aud="a-client", role=None, nonce="n"),
        "a refresh token": "v1.MTIzNDU2Nzg5MDEyMzQ1Njc4OTA",
        "signed with the publishable key": _with_password(claims, header, service.keyring.publishable_key.encode()),
        "another payload": ".".join(
            [good.split(".")[0], _unsigned(claims | {"sub": str(uuid4())}, {}).split(".")[1], good.split(".")[2]]
        ),
    }
