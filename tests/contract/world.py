"""A server as one scenario of the contract meets it, and how a refusal is told. Holds no test."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable
from typing import Any

import httpx
from supabase import AsyncClient, AsyncClientOptions, acreate_client
from supabase_auth.errors import AuthApiError, AuthWeakPasswordError
from supabase_auth.types import Session

from tests.contract.targets import Target

PASSWORD = "correct horse battery"
NEWER = "a newer password"


class World:
    """A server as one scenario meets it: fresh clients, and accounts that are removed again."""

    def __init__(self, target: Target, http: httpx.AsyncClient) -> None:
        self.target = target
        self.http = http
        self._made: set[str] = set()

    async def client(self, key: str | None = None, token: str | None = None) -> AsyncClient:
        """A client of its own for every step: one that signed somebody in speaks for them from then on."""
        options = AsyncClientOptions(
            headers={"Authorization": f"Bearer {token}"} if token else {},
            httpx_client=self.http,
            auto_refresh_token=False,
            persist_session=False,
            flow_type="implicit",
        )
        return await acreate_client(self.target.url, key or self.target.publishable_key, options)

    async def admin(self) -> Any:
        return (await self.client(self.target.secret_key)).auth.admin

    def address(self) -> str:
        return f"contract-{uuid.uuid4()}@example.org"

    async def account(self, **more: Any) -> tuple[str, str]:
        email = self.address()
        attributes = {"email": email, "password": PASSWORD, "email_confirm": True} | more
        made = await (await self.admin()).create_user(attributes)
        self.note(made.user.id)
        return email, made.user.id

    async def signed_in(self, email: str, password: str = PASSWORD) -> tuple[AsyncClient, Session]:
        own = await self.client()
        answer = await own.auth.sign_in_with_password({"email": email, "password": password})
        assert answer.session is not None
        return own, answer.session

    async def sign_in_refusal(self, email: str, password: str) -> list[Any]:
        client = await self.client()
        return await refusal(client.auth.sign_in_with_password({"email": email, "password": password}))

    async def refreshed(self, token: str) -> Session:
        answer = await (await self.client()).auth.refresh_session(token)
        assert answer.session is not None
        return answer.session

    async def refreshes(self, token: str) -> bool:
        try:
            await self.refreshed(token)
        except AuthApiError:
            return False
        return True

    async def link_for(self, kind: str, email: str, **more: Any) -> Any:
        answer = await (await self.admin()).generate_link({"type": kind, "email": email} | more)
        self.note(answer.user.id)
        return answer.properties

    async def verify(self, **given: str) -> Any:
        answer = await (await self.client()).auth.verify_otp(given)  # type: ignore[arg-type]
        return answer.session

    async def method(self, token: str) -> str:
        answer = await (await self.client()).auth.get_claims(jwt=token)
        assert answer is not None
        return str(answer["claims"]["amr"][0]["method"])

    def note(self, user_id: str) -> None:
        self._made.add(user_id)

    def forget(self, user_id: str) -> None:
        self._made.discard(user_id)

    async def clear(self) -> None:
        for user_id in self._made:
            await (await self.admin()).delete_user(user_id)


async def refusal(call: Awaitable[object]) -> list[Any]:
    """Code and status of a call that must be refused."""
    try:
        await call
    except (AuthApiError, AuthWeakPasswordError) as error:
        return [error.code, error.status]
    raise AssertionError("was not refused")
