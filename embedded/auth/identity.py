"""What the identity server can do: sign up, sign in, refresh, sign out, change and administer accounts. No HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.errors import ForeignKeyViolation, UniqueViolation
from psycopg_pool import AsyncConnectionPool

from embedded.auth import accounts, sessions, tokens
from embedded.auth.accounts import Account, NewAccount
from embedded.auth.bodies import AdminChanges, Changes, Credentials, read_address, read_ban
from embedded.auth.passwords import Passwords
from embedded.auth.problems import AuthProblem, invalid, invalid_credentials
from embedded.auth.sessions import AuthSession, Refusal, Scope
from embedded.auth.settings import AuthSettings
from embedded.auth.throttle import Throttle

# bcrypt, which Supabase uses, reads no more; longer ones would work here and fail there.
_LONGEST_PASSWORD = 72
_REFUSALS = {
    Refusal.unknown: "Invalid Refresh Token: Refresh Token Not Found",
    Refusal.ended: "Invalid Refresh Token: No Valid Session Found",
    Refusal.reused: "Invalid Refresh Token: Already Used",
}


@dataclass(frozen=True, slots=True)
class Peer:
    """Who is at the other end. `address` is an IP when one is known; `name` is what guesses are counted under."""

    address: str | None
    name: str
    user_agent: str


class IdentityServer:
    """The rules over the rows. Every method raises `AuthProblem` for what it refuses."""

    def __init__(self, pool: AsyncConnectionPool[AsyncConnection[Any]], settings: AuthSettings) -> None:
        self.settings = settings
        self._pool = pool
        self._passwords = Passwords(at_once=settings.hashes_at_once, waiting=settings.hashes_waiting)
        window = settings.failure_window_seconds
        self._by_address = Throttle(limit=settings.failures_per_address, window_seconds=window)
        self._by_peer = Throttle(limit=settings.failures_per_peer, window_seconds=window)

    async def sign_up(self, credentials: Credentials, peer: Peer) -> dict[str, Any]:
        """Make an account, confirmed at once, and open its first session."""
        if not self.settings.sign_up_open:
            raise AuthProblem(422, "signup_disabled", "Signups not allowed for this instance")
        _require_e_mail(credentials)
        new = NewAccount(
            email=read_address(credentials.email),
            password_digest=await self._digest(credentials.password),
            confirmed=True,
            user_metadata=credentials.data or {},
            app_metadata={},
        )
        async with self._transaction() as connection:
            try:
                account_id = await accounts.insert(connection, new)
            except UniqueViolation as error:
                raise AuthProblem(422, "user_already_exists", "User already registered") from error
            return await self._open_session(connection, account_id, peer)

    async def sign_in(self, credentials: Credentials, peer: Peer) -> dict[str, Any]:
        """Answer with a session; unknown address and wrong password look, and take, the same."""
        _require_e_mail(credentials)
        email = read_address(credentials.email)
        async with self._guess(email, peer):
            async with self._pool.connection() as connection:
                account = await accounts.find_by_address(connection, email)
            digest = account.encrypted_password if account else None
            fits = await self._passwords.matches(digest, credentials.password or "")
            if account is None or not fits:
                raise invalid_credentials()
        _require_allowed(account)
        if account.email_confirmed_at is None:
            raise AuthProblem(400, "email_not_confirmed", "Email not confirmed")
        async with self._transaction() as connection:
            return await self._open_session(connection, account.id, peer)

    async def refresh(self, token: str | None) -> dict[str, Any]:
        """Exchange a refresh token. A copied one ends its session; that is kept although the answer is a refusal."""
        if not token:
            raise invalid("refresh_token required")
        async with self._transaction() as connection:
            outcome = await sessions.rotate(
                connection,
                token,
                secret=self.settings.keyring.refresh_secret,
                reuse_seconds=self.settings.refresh_reuse_seconds,
            )
            if not isinstance(outcome, Refusal):
                session, successor = outcome
                account = await self._existing(connection, session.user_id)
                _require_allowed(account)
                return await self._answer(connection, account, session, successor)
        raise AuthProblem(400, outcome.value, _REFUSALS[outcome])

    async def sign_out(self, access_token: str, scope: Scope) -> None:
        bearer = tokens.read(self.settings, access_token)
        async with self._transaction() as connection:
            await sessions.sign_out(connection, bearer.user_id, bearer.session_id, scope)

    async def user(self, access_token: str) -> dict[str, Any]:
        async with self._pool.connection() as connection:
            account, _ = await self._signed_in(connection, access_token)
            return await self._user_shape(connection, account)

    async def change_own(self, access_token: str, changes: Changes, peer: Peer) -> dict[str, Any]:
        """Change one's own account. A new password ends every other session."""
        if changes.app_metadata is not None:
            raise AuthProblem(403, "not_admin", "Updating app_metadata requires admin privileges")
        async with self._pool.connection() as connection:
            account, session = await self._signed_in(connection, access_token)
        columns: dict[str, object] = {}
        if changes.password is not None:
            columns["encrypted_password"] = await self._new_password(account, changes, peer)
        if changes.email is not None:
            columns["email"] = read_address(changes.email)
        if changes.data is not None:
            columns["raw_user_meta_data"] = _merged(account.raw_user_meta_data, changes.data)
        async with self._transaction() as connection:
            await _update(connection, account.id, columns)
            if changes.password is not None:
                await sessions.sign_out(connection, account.id, session.id, "others")
            return await self._user_shape(connection, await self._existing(connection, account.id))

    async def create(self, changes: AdminChanges) -> dict[str, Any]:
        """Make an account for somebody else; without `email_confirm` it cannot sign in yet."""
        password = changes.password
        new = NewAccount(
            email=read_address(changes.email),
            password_digest=None if password is None else await self._digest(password),
            confirmed=bool(changes.email_confirm),
            user_metadata=changes.user_metadata or {},
            app_metadata=changes.app_metadata or {},
            role=changes.role or "authenticated",
            id=None if changes.id is None else read_id(changes.id, status=400),
        )
        async with self._transaction() as connection:
            try:
                account_id = await accounts.insert(connection, new)
            except UniqueViolation as error:
                raise _address_taken() from error
            if changes.ban_duration is not None:
                await accounts.update(connection, account_id, {"banned_until": _end_of_ban(changes.ban_duration)})
            return await self._user_shape(connection, await self._existing(connection, account_id))

    async def page(self, *, page: int, per_page: int) -> tuple[list[dict[str, Any]], int]:
        async with self._pool.connection() as connection:
            found, total = await accounts.page_of(connection, limit=per_page, offset=(page - 1) * per_page)
            identities = await accounts.identities_of(connection, [account.id for account in found])
        return [account.to_user(identities[account.id]) for account in found], total

    async def by_id(self, account_id: UUID) -> dict[str, Any]:
        async with self._pool.connection() as connection:
            return await self._user_shape(connection, await self._known(connection, account_id))

    async def change(self, account_id: UUID, changes: AdminChanges) -> dict[str, Any]:
        """Change any account. A new password or a ban ends its sessions."""
        columns: dict[str, object] = {}
        if changes.password is not None:
            columns["encrypted_password"] = await self._digest(changes.password)
        if changes.email is not None:
            columns["email"] = read_address(changes.email)
        if changes.email_confirm:
            columns["email_confirmed_at"] = datetime.now(UTC)
        if changes.role is not None:
            columns["role"] = changes.role
        if changes.ban_duration is not None:
            columns["banned_until"] = _end_of_ban(changes.ban_duration)
        async with self._transaction() as connection:
            account = await self._known(connection, account_id)
            if changes.user_metadata is not None:
                columns["raw_user_meta_data"] = _merged(account.raw_user_meta_data, changes.user_metadata)
            if changes.app_metadata is not None:
                columns["raw_app_meta_data"] = _merged(account.raw_app_meta_data, changes.app_metadata)
            await _update(connection, account_id, columns)
            if "encrypted_password" in columns or columns.get("banned_until"):
                await sessions.sign_out(connection, account_id, None, "global")
            return await self._user_shape(connection, await self._known(connection, account_id))

    async def delete(self, account_id: UUID, *, keep_row: bool) -> None:
        async with self._transaction() as connection:
            await sessions.sign_out(connection, account_id, None, "global")
            try:
                found = await accounts.delete(connection, account_id, keep_row=keep_row)
            except ForeignKeyViolation as error:
                raise AuthProblem(409, "conflict", "Other records still refer to this user") from error
            if not found:
                raise _no_such_user()

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[AsyncConnection[Any]]:
        async with self._pool.connection() as connection, connection.transaction():
            yield connection

    @asynccontextmanager
    async def _guess(self, email: str, peer: Peer) -> AsyncIterator[None]:
        async with self._by_peer.guess(peer.name), self._by_address.guess(email):
            yield

    async def _open_session(self, connection: AsyncConnection[Any], account_id: UUID, peer: Peer) -> dict[str, Any]:
        if not await accounts.mark_signed_in(connection, account_id):
            raise invalid_credentials()
        session, token = await sessions.start(connection, account_id, user_agent=peer.user_agent, peer=peer.address)
        return await self._answer(connection, await self._existing(connection, account_id), session, token)

    async def _answer(
        self, connection: AsyncConnection[Any], account: Account, session: AuthSession, refresh_token: str
    ) -> dict[str, Any]:
        access_token, expires_at = tokens.mint(self.settings, account, session)
        return {
            "access_token": access_token,
            "token_type": "bearer",
            "expires_in": self.settings.access_token_seconds,
            "expires_at": expires_at,
            "refresh_token": refresh_token,
            "user": await self._user_shape(connection, account),
        }

    async def _user_shape(self, connection: AsyncConnection[Any], account: Account) -> dict[str, Any]:
        identities = await accounts.identities_of(connection, [account.id])
        return account.to_user(identities[account.id])

    async def _signed_in(self, connection: AsyncConnection[Any], token: str) -> tuple[Account, AuthSession]:
        bearer = tokens.read(self.settings, token)
        account = await self._existing(connection, bearer.user_id)
        session = await sessions.find(connection, bearer.session_id, account.id) if bearer.session_id else None
        if session is None:
            raise AuthProblem(403, "session_not_found", "Session from session_id claim in JWT does not exist")
        _require_allowed(account)
        return account, session

    async def _existing(self, connection: AsyncConnection[Any], account_id: UUID) -> Account:
        account = await accounts.find_by_id(connection, account_id)
        if account is None:
            raise AuthProblem(403, "user_not_found", "User from sub claim in JWT does not exist")
        return account

    async def _known(self, connection: AsyncConnection[Any], account_id: UUID) -> Account:
        account = await accounts.find_by_id(connection, account_id)
        if account is None:
            raise _no_such_user()
        return account

    async def _digest(self, password: str | None) -> str:
        if password is None or len(password) < self.settings.min_password_length:
            raise AuthProblem(
                422,
                "weak_password",
                f"Password should be at least {self.settings.min_password_length} characters.",
                members={"weak_password": {"reasons": ["length"]}},
            )
        if len(password.encode()) > _LONGEST_PASSWORD:
            raise invalid(f"Password cannot be longer than {_LONGEST_PASSWORD} characters")
        return await self._passwords.digest(password)

    async def _new_password(self, account: Account, changes: Changes, peer: Peer) -> str:
        if changes.current_password is not None:
            async with self._guess(account.email or str(account.id), peer):
                if not await self._passwords.matches(account.encrypted_password, changes.current_password):
                    raise invalid_credentials()
        digest = await self._digest(changes.password)
        if await self._passwords.matches(account.encrypted_password, changes.password or ""):
            raise AuthProblem(422, "same_password", "New password should be different from the old password.")
        return digest


def read_id(text: str, *, status: int = 404) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise AuthProblem(status, "validation_failed", "user_id must be an UUID") from error


async def _update(connection: AsyncConnection[Any], account_id: UUID, columns: dict[str, object]) -> None:
    if not columns:
        return
    try:
        await accounts.update(connection, account_id, columns)
    except UniqueViolation as error:
        raise _address_taken() from error


def _require_e_mail(credentials: Credentials) -> None:
    if credentials.email is None and credentials.phone is not None:
        raise AuthProblem(400, "phone_provider_disabled", "Phone logins are disabled")
    if credentials.email is None and credentials.password is None:
        raise AuthProblem(422, "anonymous_provider_disabled", "Anonymous sign-ins are disabled")


def _require_allowed(account: Account) -> None:
    if account.is_banned:
        raise AuthProblem(400, "user_banned", "User is banned")


def _merged(present: dict[str, Any] | None, changes: dict[str, Any]) -> dict[str, Any]:
    """Changed members replace, null members go, the rest stays."""
    return {name: member for name, member in ((present or {}) | changes).items() if member is not None}


def _end_of_ban(duration: str) -> datetime | None:
    seconds = read_ban(duration)
    return None if seconds is None else datetime.now(UTC) + timedelta(seconds=seconds)


def _address_taken() -> AuthProblem:
    return AuthProblem(422, "email_exists", "A user with this email address has already been registered")


def _no_such_user() -> AuthProblem:
    return AuthProblem(404, "user_not_found", "User not found")
