"""What a person does with their own account: sign up, sign in, refresh, sign out, change it. No HTTP."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from psycopg import AsyncConnection
from psycopg.errors import UniqueViolation
from psycopg_pool import AsyncConnectionPool

from embedded.auth import accounts, one_time, sessions, tokens
from embedded.auth.accounts import Account, NewAccount
from embedded.auth.administration import Administration
from embedded.auth.asking import Asking
from embedded.auth.bodies import Changes, Credentials, read_address
from embedded.auth.flows import Challenge, read_challenge
from embedded.auth.ground import Ground, Peer, address_taken, change_account, merged, require_allowed
from embedded.auth.letters import Action
from embedded.auth.mailing import Mailing
from embedded.auth.one_time import Kind, token_hash_of
from embedded.auth.problems import AuthProblem, invalid, invalid_credentials
from embedded.auth.sessions import AuthSession, Refusal, Scope
from embedded.auth.settings import AuthSettings
from embedded.auth.verifying import Verifying

# As long after signing in, a password is changed without a code where codes are asked for.
_FRESH = timedelta(hours=24)
_REFUSALS = {
    Refusal.unknown: "Invalid Refresh Token: Refresh Token Not Found",
    Refusal.ended: "Invalid Refresh Token: No Valid Session Found",
    Refusal.reused: "Invalid Refresh Token: Already Used",
}


class IdentityServer:
    """The rules over the rows. Every method raises `AuthProblem` for what it refuses."""

    def __init__(self, pool: AsyncConnectionPool[AsyncConnection[Any]], settings: AuthSettings) -> None:
        self.settings = settings
        self.ground = Ground(pool, settings)
        self.mailing = Mailing(settings)
        self.asking = Asking(self.ground, self.mailing)
        self.verifying = Verifying(self.ground)
        self.administration = Administration(self.ground, self.mailing)

    async def sign_up(self, credentials: Credentials, peer: Peer, redirect: str) -> dict[str, Any]:
        """Make an account: with a first session, or, where addresses are confirmed, with a mail."""
        if not self.settings.sign_up_open:
            raise AuthProblem(422, "signup_disabled", "Signups not allowed for this instance")
        _require_e_mail(credentials)
        confirming = self.settings.confirm_addresses
        new = NewAccount(
            email=read_address(credentials.email),
            password_digest=await self.ground.digest(credentials.password),
            confirmed=not confirming,
            user_metadata=credentials.data or {},
            app_metadata={},
        )
        challenge = read_challenge(credentials.code_challenge, credentials.code_challenge_method)
        async with self.ground.transaction() as connection:
            try:
                async with connection.transaction():
                    account_id = await accounts.insert(connection, new)
            except UniqueViolation as error:
                if not confirming:
                    raise AuthProblem(422, "user_already_exists", "User already registered") from error
                return await self._signed_up_again(connection, new, redirect, challenge)
            if not confirming:
                return await self.ground.open_session(connection, account_id, peer)
            await self.mailing.send(connection, account_id, Action.sign_up, redirect, challenge)
            return await self.ground.user_shape(connection, await self.ground.existing(connection, account_id))

    async def sign_in(self, credentials: Credentials, peer: Peer) -> dict[str, Any]:
        """Answer with a session; unknown address and wrong password look, and take, the same."""
        _require_e_mail(credentials)
        email = read_address(credentials.email)
        async with self.ground.guess(peer, email):
            async with self.ground.pool.connection() as connection:
                account = await accounts.find_by_address(connection, email)
            digest = account.encrypted_password if account else None
            fits = await self.ground.passwords.matches(digest, credentials.password or "")
            if account is None or not fits:
                raise invalid_credentials()
        require_allowed(account)
        if account.email_confirmed_at is None:
            raise AuthProblem(400, "email_not_confirmed", "Email not confirmed")
        async with self.ground.transaction() as connection:
            return await self.ground.open_session(connection, account.id, peer)

    async def refresh(self, token: str | None) -> dict[str, Any]:
        """Exchange a refresh token. A copied one ends its session; that is kept although the answer is a refusal."""
        if not token:
            raise invalid("refresh_token required")
        async with self.ground.transaction() as connection:
            outcome = await sessions.rotate(
                connection,
                token,
                secret=self.settings.keyring.refresh_secret,
                reuse_seconds=self.settings.refresh_reuse_seconds,
            )
            if not isinstance(outcome, Refusal):
                session, successor = outcome
                account = await self.ground.existing(connection, session.user_id)
                require_allowed(account)
                return await self.ground.answer(connection, account, session, successor)
        raise AuthProblem(400, outcome.value, _REFUSALS[outcome])

    async def sign_out(self, access_token: str, scope: Scope) -> None:
        bearer = tokens.read(self.settings, access_token)
        async with self.ground.transaction() as connection:
            await sessions.sign_out(connection, bearer.user_id, bearer.session_id, scope)

    async def user(self, access_token: str) -> dict[str, Any]:
        async with self.ground.pool.connection() as connection:
            account, _ = await self.ground.signed_in(connection, access_token)
            return await self.ground.user_shape(connection, account)

    async def change_own(self, access_token: str, changes: Changes, peer: Peer, redirect: str) -> dict[str, Any]:
        """Change one's own account. A new password ends every other session; a new address has to be confirmed."""
        if changes.app_metadata is not None:
            raise AuthProblem(403, "not_admin", "Updating app_metadata requires admin privileges")
        challenge = read_challenge(changes.code_challenge, changes.code_challenge_method)
        wanted = None if changes.email is None else read_address(changes.email)
        async with self.ground.pool.connection() as connection:
            account, session = await self.ground.signed_in(connection, access_token)
            if wanted is not None and wanted != (account.email or "").lower():
                if await accounts.find_by_address(connection, wanted) is not None:
                    raise address_taken()
            else:
                wanted = None
        columns: dict[str, object] = {}
        if changes.password is not None:
            columns["encrypted_password"] = await self._new_password(account, session, changes, peer)
        if changes.data is not None:
            columns["raw_user_meta_data"] = merged(account.raw_user_meta_data, changes.data)
        async with self.ground.transaction() as connection:
            await change_account(connection, account.id, columns)
            if changes.password is not None:
                await sessions.sign_out(connection, account.id, session.id, "others")
            if wanted is not None:
                await self.mailing.send_address_change(connection, account.id, wanted, redirect, challenge)
            return await self.ground.user_shape(connection, await self.ground.existing(connection, account.id))

    async def _signed_up_again(
        self, connection: AsyncConnection[Any], new: NewAccount, redirect: str, challenge: Challenge | None
    ) -> dict[str, Any]:
        """A stranger is not told that the address is known; who never confirmed it is sent the mail again."""
        account = await accounts.find_by_address(connection, new.email)
        if account is None or account.email_confirmed_at is not None:
            return _invented(new)
        await self.mailing.send(connection, account.id, Action.sign_up, redirect, challenge)
        user = await self.ground.user_shape(connection, await self.ground.existing(connection, account.id))
        return user | {"user_metadata": {}, "identities": []} if account.invited_at else user

    async def _new_password(self, account: Account, session: AuthSession, changes: Changes, peer: Peer) -> str:
        subject = account.email or str(account.id)
        if changes.current_password is not None:
            async with self.ground.guess(peer, subject):
                if not await self.ground.passwords.matches(account.encrypted_password, changes.current_password):
                    raise invalid_credentials()
        digest = await self.ground.digest(changes.password)
        if await self.ground.passwords.matches(account.encrypted_password, changes.password or ""):
            raise AuthProblem(422, "same_password", "New password should be different from the old password.")
        if self.settings.reauthenticate_for_password and session.created_at < datetime.now(UTC) - _FRESH:
            await self._require_nonce(account, changes.nonce, peer)
        return digest

    async def _require_nonce(self, account: Account, nonce: str | None, peer: Peer) -> None:
        if not nonce:
            raise AuthProblem(400, "reauthentication_needed", "Password update requires reauthentication")
        address = account.email or ""
        hashes = [token_hash_of(self.settings.keyring.refresh_secret, address, nonce)]
        async with self.ground.guess(peer, f"one-time {address}"), self.ground.transaction() as connection:
            seconds = self.settings.one_time_seconds
            token = await one_time.take(connection, hashes, (Kind.reauthentication,), seconds=seconds)
            if token is None or token.is_over or token.user_id != account.id:
                raise AuthProblem(422, "reauthentication_not_valid", "Nonce has expired or is invalid")


def _require_e_mail(credentials: Credentials) -> None:
    if credentials.email is None and credentials.phone is not None:
        raise AuthProblem(400, "phone_provider_disabled", "Phone logins are disabled")
    if credentials.email is None and credentials.password is None:
        raise AuthProblem(422, "anonymous_provider_disabled", "Anonymous sign-ins are disabled")


def _invented(new: NewAccount) -> dict[str, Any]:
    """What a new account would look like, of nobody."""
    now = datetime.now(UTC).isoformat()
    return {
        "id": str(uuid.uuid4()),
        "aud": "authenticated",
        "role": "",
        "email": new.email,
        "phone": "",
        "app_metadata": {"provider": "email", "providers": ["email"]},
        "user_metadata": new.user_metadata,
        "identities": [],
        "created_at": now,
        "updated_at": now,
        "confirmation_sent_at": now,
        "is_anonymous": False,
    }
