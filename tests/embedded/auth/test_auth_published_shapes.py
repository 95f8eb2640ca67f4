"""Answers held against the schemas Supabase publishes for its identity server, where a copy is at hand."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft4Validator, FormatChecker

from tests.embedded.auth.serving import PASSWORD, URL, RunningAuth, fresh_address

SPECIFICATION = "SUPABASE_AUTH_OPENAPI"


@pytest.fixture(scope="module")
def specification() -> dict[str, Any]:
    path = os.environ.get(SPECIFICATION, "")
    if not path or not Path(path).is_file():
        pytest.skip(f"{SPECIFICATION} names no file: put the openapi.yaml of supabase/auth there to compare with it")
    content: dict[str, Any] = yaml.safe_load(Path(path).read_text("utf-8"))
    return content


def _schema(specification: dict[str, Any], path: str, method: str, status: int) -> dict[str, Any]:
    """The schema of one answer with what it refers to."""
    answer = specification["paths"][path][method]["responses"][status]
    if reference := answer.get("$ref"):
        answer = specification["components"]["responses"][reference.rsplit("/", 1)[1]]
    schema: dict[str, Any] = answer["content"]["application/json"]["schema"]
    return schema | {"components": specification["components"]}


def _unknown_members(specification: dict[str, Any], name: str, answer: dict[str, Any]) -> set[str]:
    return set(answer) - set(specification["components"]["schemas"][name]["properties"])


async def test_answers_have_the_published_shapes(auth: RunningAuth, specification: dict[str, Any]) -> None:
    def check(path: str, method: str, status: int, body: object) -> None:
        # The published file speaks of the draft OpenAPI 3.0 is built on.
        Draft4Validator(
            _schema(specification, path, method, status), format_checker=FormatChecker(["email", "ipv4"])
        ).validate(body)

    email = fresh_address()
    session = (await auth.post("/signup", json={"email": email, "password": PASSWORD})).json()
    assert not _unknown_members(specification, "AccessTokenResponseSchema", session)
    assert not _unknown_members(specification, "UserSchema", session["user"])
    assert not _unknown_members(specification, "IdentitySchema", session["user"]["identities"][0])
    signed_in = await auth.post("/token?grant_type=password", json={"email": email, "password": PASSWORD})
    check("/token", "post", 200, signed_in.json())
    refreshed = await auth.post("/token?grant_type=refresh_token", json={"refresh_token": session["refresh_token"]})
    check("/token", "post", 200, refreshed.json())
    refused = await auth.post("/token?grant_type=password", json={"email": email, "password": "wrong password"})
    check("/token", "post", 400, refused.json())
    person = {"apikey": auth.keyring.publishable_key, "Authorization": f"Bearer {session['access_token']}"}
    check("/user", "get", 200, (await auth.http.get(f"{URL}/auth/v1/user", headers=person)).json())
    changed = await auth.http.put(f"{URL}/auth/v1/user", headers=person, json={"data": {"name": "Ada"}})
    check("/user", "put", 200, changed.json())
    secret = {"apikey": auth.keyring.secret_key}
    check("/admin/users", "get", 200, (await auth.http.get(f"{URL}/auth/v1/admin/users", headers=secret)).json())
    one = f"/admin/users/{session['user']['id']}"
    check("/admin/users/{userId}", "get", 200, (await auth.http.get(f"{URL}/auth/v1{one}", headers=secret)).json())
    nobody = await auth.http.get(f"{URL}/auth/v1/admin/users/{'0' * 8}-0000-0000-0000-{'0' * 12}", headers=secret)
    check("/admin/users/{userId}", "get", 404, nobody.json())
    check("/health", "get", 200, (await auth.http.get(f"{URL}/auth/v1/health", headers=secret)).json())
    check("/settings", "get", 200, (await auth.http.get(f"{URL}/auth/v1/settings", headers=secret)).json())


async def test_a_session_without_numbers_would_be_noticed(auth: RunningAuth, specification: dict[str, Any]) -> None:
    session = (await auth.post("/signup", json={"email": fresh_address(), "password": PASSWORD})).json()
    validator = Draft4Validator(_schema(specification, "/token", "post", 200))
    assert validator.is_valid(session)
    assert not validator.is_valid(session | {"expires_in": "3600"})
    assert not validator.is_valid(session | {"user": session["user"] | {"last_sign_in_at": None}})
