"""Sends the mails that carry one-time tokens: so often and no oftener. What a token opens is not decided here."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection

from embedded.auth import accounts, flows, one_time
from embedded.auth.accounts import Account
from embedded.auth.flows import Challenge
from embedded.auth.letters import KIND, SENT_AT, Action, letter
from embedded.auth.one_time import Kind, Secret
from embedded.auth.problems import AuthProblem, too_many_mails
from embedded.auth.settings import AuthSettings

_HOUR = 3600.0
# What a code exchanged later says of how it was asked for.
METHOD: dict[str, str] = {
    Action.sign_up: "email/signup",
    Action.recovery: "recovery",
    Action.magic_link: "magiclink",
    Action.address_change: "email_change",
}


class Mailing:
    """Runs inside the caller's transaction: a mail that cannot be handed over leaves no token behind."""

    def __init__(self, settings: AuthSettings) -> None:
        self._settings = settings

    async def send(
        self,
        connection: AsyncConnection[Any],
        account_id: UUID,
        action: Action,
        redirect: str,
        challenge: Challenge | None = None,
    ) -> None:
        """Mail a fresh token to the account's address. Raises `AuthProblem` 429 where the last is too fresh."""
        account = await accounts.hold(connection, account_id)
        if account is None or not account.email:
            return
        if action is not Action.invite:
            self._require_pause(account, action)
        secret = Secret.fresh(self._key, account.email, pkce=challenge is not None)
        await one_time.keep(connection, account.id, KIND[action], secret.token_hash, account.email)
        now = datetime.now(UTC)
        invited: dict[str, object] = {"invited_at": now} if action is Action.invite else {}
        await accounts.update(connection, account.id, {SENT_AT[action]: now} | invited)
        if challenge is not None:
            await flows.begin(connection, account.id, challenge, METHOD[action])
        await self._post(connection, action, account.email, secret, redirect)

    async def send_address_change(
        self,
        connection: AsyncConnection[Any],
        account_id: UUID,
        address: str,
        redirect: str,
        challenge: Challenge | None = None,
    ) -> None:
        """Mail a token to the new address, and one to the present one where both have to confirm."""
        account = await accounts.hold(connection, account_id)
        if account is None:
            return
        self._require_pause(account, Action.address_change)
        await one_time.drop(connection, account.id, Kind.new_address, Kind.current_address)
        recipients = {Kind.new_address: address}
        if account.email and self._settings.both_addresses_confirm:
            recipients[Kind.current_address] = account.email
        columns: dict[str, object] = {
            "email_change": address,
            "email_change_confirm_status": 0,
            "email_change_sent_at": datetime.now(UTC),
        }
        await accounts.update(connection, account.id, columns)
        if challenge is not None:
            await flows.begin(connection, account.id, challenge, METHOD[Action.address_change])
        for kind, recipient in recipients.items():
            secret = Secret.fresh(self._key, recipient, pkce=challenge is not None)
            await one_time.keep(connection, account.id, kind, secret.token_hash, recipient)
            await self._post(connection, Action.address_change, recipient, secret, redirect)

    @property
    def _key(self) -> bytes:
        return self._settings.keyring.refresh_secret

    def _require_pause(self, account: Account, action: Action) -> None:
        sent_at: datetime | None = getattr(account, SENT_AT[action])
        if sent_at is None:
            return
        left = self._settings.mail_pause_seconds - (datetime.now(UTC) - sent_at).total_seconds()
        if left > 0:
            seconds = math.ceil(left)
            raise too_many_mails(seconds, f"For security purposes, you can only request this after {seconds} seconds.")

    async def _post(
        self, connection: AsyncConnection[Any], action: Action, address: str, secret: Secret, redirect: str
    ) -> None:
        if self._settings.confirm_addresses:
            await self._count(connection)
        if self._settings.post is None:
            return
        try:
            await self._settings.post(letter(self._settings, action, address, secret, redirect))
        except OSError as error:
            raise AuthProblem(500, "unexpected_failure", "Error sending email") from error

    async def _count(self, connection: AsyncConnection[Any]) -> None:
        """One mail more, which counts once it was handed over; other processes wait for that."""
        cursor = await connection.execute(
            "select claim, opens_in from auth.claim_guess('mails', %s, %s)", (self._settings.mails_per_hour, _HOUR)
        )
        row = await cursor.fetchone()
        assert row is not None, "the function answers"
        claim, opens_in = row
        if claim is None:
            raise too_many_mails(int(_HOUR if opens_in is None else opens_in) + 1)
        await connection.execute("update auth.guesses set pending = false where id = %s", (claim,))
