"""What every part of the identity server stands on: the pool, the brakes, and the steps that recur. No HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.errors import UniqueViolation
from psycopg_pool import AsyncConnectionPool

from embedded.auth import accounts, sessions, tokens
from embedded.auth.accounts import Account
from embedded.auth.passwords import Passwords
from embedded.auth.problems import AuthProblem, invalid, invalid_credentials
from embedded.auth.sessions import AuthSession
from embedded.auth.settings import AuthSettings
from embedded.auth.throttle import Throttle

# bcrypt, which Supabase uses, reads no more; longer ones would work here and fail there.
_LONGEST_PASSWORD = 72


@dataclass(frozen=True, slots=True)
class Peer:
    """Who is at the other end. `address` is an IP when one is known; `name` is what guesses are counted under."""

    address: str | None
    name: str
    user_agent: str


class Ground:
    """Every method raises `AuthProblem` for what it refuses."""

    def __init__(self, pool: AsyncConnectionPool[AsyncConnection[Any]], settings: AuthSettings) -> None:
        self.settings = settings
        self.pool = pool
        self.passwords = Passwords(
            at_once=settings.hashes_at_once,
            waiting=settings.hashes_waiting,
            passes=settings.hash_passes,
            kibibytes=settings.hash_kibibytes,
        )
        window = settings.failure_window_seconds
        self._by_address = Throttle(pool, "address", limit=settings.failures_per_address, window_seconds=window)
        self._by_peer = Throttle(pool, "peer", limit=settings.failures_per_peer, window_seconds=window)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection[Any]]:
        async with self.pool.connection() as connection, connection.transaction():
            yield connection

    @asynccontextmanager
    async def guess(self, peer: Peer, subject: str) -> AsyncIterator[None]:
        """Judge one guess at a secret of `subject`."""
        async with self._by_peer.guess(peer.name), self._by_address.guess(subject):
            yield

    async def open_session(
        self, connection: AsyncConnection[Any], account_id: UUID, peer: Peer, method: str = "password"
    ) -> dict[str, Any]:
        if not await accounts.mark_signed_in(connection, account_id):
            raise invalid_credentials()
        session, token = await sessions.start(
            connection, account_id, user_agent=peer.user_agent, peer=peer.address, method=method
        )
        return await self.answer(connection, await self.existing(connection, account_id), session, token)

    async def answer(
        self, connection: AsyncConnection[Any], account: Account, session: AuthSession, refresh_token: str
    ) -> dict[str, Any]:
        access_token, expires_at = tokens.mint(self.settings, account, session)
        return {
            "access_token": access_token,
            "token_type": "bearer",
            "expires_in": self.settings.access_token_seconds,
            "expires_at": expires_at,
            "refresh_token": refresh_token,
            "user": await self.user_shape(connection, account),
        }

    async def user_shape(self, connection: AsyncConnection[Any], account: Account) -> dict[str, Any]:
        identities = await accounts.identities_of(connection, [account.id])
        return account.to_user(identities[account.id])

    async def signed_in(self, connection: AsyncConnection[Any], token: str) -> tuple[Account, AuthSession]:
        bearer = tokens.read(self.settings, token)
        account = await self.existing(connection, bearer.user_id)
        session = await sessions.find(connection, bearer.session_id, account.id) if bearer.session_id else None
        if session is None:
            raise AuthProblem(403, "session_not_found", "Session from session_id claim in JWT does not exist")
        require_allowed(account)
        return account, session

    async def existing(self, connection: AsyncConnection[Any], account_id: UUID) -> Account:
        """The account of somebody who speaks for themselves."""
        account = await accounts.find_by_id(connection, account_id)
        if account is None:
            raise AuthProblem(403, "user_not_found", "User from sub claim in JWT does not exist")
        return account

    async def known(self, connection: AsyncConnection[Any], account_id: UUID) -> Account:
        """The account an administrator named."""
        account = await accounts.find_by_id(connection, account_id)
        if account is None:
            raise no_such_user()
        return account

    async def digest(self, password: str | None) -> str:
        if password is None or len(password) < self.settings.min_password_length:
            raise AuthProblem(
                422,
                "weak_password",
                f"Password should be at least {self.settings.min_password_length} characters.",
                members={"weak_password": {"reasons": ["length"]}},
            )
        if len(password.encode()) > _LONGEST_PASSWORD:
            raise invalid(f"Password cannot be longer than {_LONGEST_PASSWORD} characters")
        return await self.passwords.digest(password)


def read_id(text: str, *, status: int = 404) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise AuthProblem(status, "validation_failed", "user_id must be an UUID") from error


async def change_account(connection: AsyncConnection[Any], account_id: UUID, columns: dict[str, object]) -> None:
    if not columns:
        return
    try:
        await accounts.update(connection, account_id, columns)
    except UniqueViolation as error:
        raise address_taken() from error


def require_allowed(account: Account) -> None:
    if account.is_banned:
        raise AuthProblem(400, "user_banned", "User is banned")


def merged(present: dict[str, Any] | None, changes: dict[str, Any]) -> dict[str, Any]:
    """Changed members replace, null members go, the rest stays."""
    return {name: member for name, member in ((present or {}) | changes).items() if member is not None}


def address_taken() -> AuthProblem:
    return AuthProblem(422, "email_exists", "A user with this email address has already been registered")


def no_such_user() -> AuthProblem:
    return AuthProblem(404, "user_not_found", "User not found")
