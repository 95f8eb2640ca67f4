"""The sign-in door's mails: a forgotten password, and what bad requests are told."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from embedded.mail import MailCatcher
from tests.builders import PASSWORD, Service, serving
from tests.postgres import ClonedDatabase
from tools.store.identity import MailedLately


@pytest.fixture
async def service(module_database: ClonedDatabase, tmp_path: Path) -> AsyncIterator[Service]:
    async with serving(module_database, tmp_path) as running:
        yield running


def _mailed(folder: Path, address: str) -> tuple[str, str]:
    """The link's token and the code of the last mail to the address."""
    texts = [str(each.message.get_content()) for each in MailCatcher(folder / "mail").caught()]
    addresses = [each.message["To"] for each in MailCatcher(folder / "mail").caught()]
    text = [text for text, to in zip(texts, addresses, strict=True) if to == address][-1]
    token, code = re.search(r"token=(\w+)", text), re.search(r"\b(\d{6})\s*$", text, re.MULTILINE)
    assert token is not None
    assert code is not None
    return token.group(1), code.group(1)


async def _signed_up(service: Service, email: str) -> None:
    answer = await service.stranger.post("/api/auth/signup", json={"email": email, "password": PASSWORD})
    assert answer.status_code == 201, answer.text


@pytest.mark.parametrize("by", ["link", "code"])
async def test_a_forgotten_password_is_replaced(service: Service, tmp_path: Path, by: str) -> None:
    email = f"forgetful-{by}@example.org"
    await _signed_up(service, email)
    asked = await service.stranger.post("/api/auth/recover", json={"email": email})
    assert (asked.status_code, asked.content) == (204, b"")
    token, code = _mailed(tmp_path, email)
    proof = {"type": "recovery"} | ({"token_hash": token} if by == "link" else {"email": email, "code": code})
    answer = await service.stranger.post("/api/auth/verify", json=proof)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    again = await service.stranger.post("/api/auth/verify", json=proof)
    assert (again.status_code, again.json()["code"]) == (401, "link_expired")
    person = service.client(answer.json()["access_token"])
    weak = await person.post("/api/auth/password", json={"password": "short"})
    assert (weak.status_code, weak.json()["errors"][0]["pointer"]) == (422, "/password")
    assert (await person.post("/api/auth/password", json={"password": "a newer password"})).status_code == 204
    for password, status in ((PASSWORD, 401), ("a newer password", 200)):
        login = await service.stranger.post("/api/auth/login", json={"email": email, "password": password})
        assert login.status_code == status


async def test_strangers_are_not_told_who_has_an_account(service: Service, tmp_path: Path) -> None:
    await _signed_up(service, "known@example.org")
    for path in ("/api/auth/recover", "/api/auth/confirm"):
        answers = [
            await service.stranger.post(path, json={"email": email})
            for email in ("known@example.org", "nobody@example.org", "known@example.org")
        ]
        assert [(answer.status_code, answer.content) for answer in answers] == [(204, b"")] * 3
    assert [each.message["To"] for each in MailCatcher(tmp_path / "mail").caught()] == ["known@example.org"]
    # What the door keeps to itself: asked too often, the identity server answers otherwise than for nobody.
    with pytest.raises(MailedLately):
        await service.parts.identity.recover("known@example.org")
    await service.parts.identity.recover("nobody@example.org")


BAD_PROOFS: list[object] = [
    {"type": "signup"},
    {"type": "sms", "token_hash": "x"},
    {"type": "signup", "token_hash": "x", "email": "a@example.org"},
    {"type": "signup", "token_hash": "x", "email": "a@example.org", "code": "123456"},
    {"type": "signup", "email": "a@example.org"},
    {"type": "signup", "code": "123456"},
    {"type": "signup", "token_hash": "x" * 5000},
    {"type": "signup", "email": "a@example.org", "code": "1\x00"},
    {"type": "signup", "token_hash": 7},
    [],
]


async def test_half_a_proof_is_none(service: Service) -> None:
    for proof in BAD_PROOFS:
        answer = await service.stranger.post("/api/auth/verify", json=proof)
        assert answer.status_code == 422, proof
    for proof in ({"token_hash": "made-up"}, {"token_hash": "a b"}, {"email": "a@example.org", "code": "000000"}):
        answer = await service.stranger.post("/api/auth/verify", json={"type": "signup"} | proof)
        assert answer.status_code == 401, proof


async def test_a_password_is_chosen_by_who_is_signed_in(service: Service) -> None:
    answer = await service.stranger.post("/api/auth/password", json={"password": "a newer password"})
    assert answer.status_code == 401
