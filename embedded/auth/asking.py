"""Asking for a mail: a recovery, a magic link, a code, the last one again. Strangers learn nothing from the answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.errors import UniqueViolation

from embedded.auth import accounts
from embedded.auth.accounts import Account, NewAccount
from embedded.auth.bodies import LinkRequest, read_address
from embedded.auth.flows import Challenge, read_challenge
from embedded.auth.ground import Ground, require_allowed
from embedded.auth.letters import Action
from embedded.auth.mailing import Mailing
from embedded.auth.problems import AuthProblem, invalid


class Asking:
    """Every method raises `AuthProblem` for what it refuses."""

    def __init__(self, ground: Ground, mailing: Mailing) -> None:
        self._ground = ground
        self._mailing = mailing

    async def recover(self, request: LinkRequest, redirect: str) -> None:
        address = _address(request)
        challenge = _challenge(request)
        async with self._ground.transaction() as connection:
            if account := await accounts.find_by_address(connection, address):
                await self._mailing.send(connection, account.id, Action.recovery, redirect, challenge)

    async def magic_link(self, request: LinkRequest, redirect: str) -> None:
        """Mail a link to sign in with; without an account one is made, unless the request says not to."""
        if request.email is None and request.phone is None:
            raise invalid("One of email or phone must be set")
        address = _address(request)
        challenge = _challenge(request)
        async with self._ground.transaction() as connection:
            account = await accounts.find_by_address(connection, address)
            if account is None:
                account = await self._made(connection, address, request)
            confirming = account.email_confirmed_at is None and self._ground.settings.confirm_addresses
            action = Action.sign_up if confirming else Action.magic_link
            await self._mailing.send(connection, account.id, action, redirect, challenge)

    async def resend(self, request: LinkRequest, redirect: str) -> None:
        """Mail the confirmation of a sign-up or of a change of address once more."""
        if request.type not in ("signup", "email_change"):
            raise invalid("Missing one of these types: signup, email_change")
        address = _address(request)
        challenge = _challenge(request)
        async with self._ground.transaction() as connection:
            account = await accounts.find_by_address(connection, address)
            if account is None:
                return
            if request.type == "email_change" and account.email_change:
                await self._mailing.send_address_change(
                    connection, account.id, account.email_change, redirect, challenge
                )
            elif request.type == "signup" and account.email_confirmed_at is None:
                await self._mailing.send(connection, account.id, Action.sign_up, redirect, challenge)

    async def reauthenticate(self, access_token: str) -> None:
        """Mail a code that allows a change of password."""
        async with self._ground.transaction() as connection:
            account, _ = await self._ground.signed_in(connection, access_token)
            if account.email_confirmed_at is None:
                raise AuthProblem(422, "email_not_confirmed", "Please verify your email first.")
            await self._mailing.send(connection, account.id, Action.reauthentication, "")

    async def _made(self, connection: AsyncConnection[Any], address: str, request: LinkRequest) -> Account:
        if not request.create_user:
            raise AuthProblem(422, "otp_disabled", "Signups not allowed for otp")
        settings = self._ground.settings
        if not settings.sign_up_open:
            raise AuthProblem(422, "signup_disabled", "Signups not allowed for this instance")
        new = NewAccount(
            email=address,
            password_digest=None,
            confirmed=not settings.confirm_addresses,
            user_metadata=request.data or {},
            app_metadata={},
        )
        return await self._ground.existing(connection, await _inserted(connection, new))


async def _inserted(connection: AsyncConnection[Any], new: NewAccount) -> UUID:
    """The new account's id, or that of one made for the same address a moment ago."""
    try:
        async with connection.transaction():
            return await accounts.insert(connection, new)
    except UniqueViolation:
        account = await accounts.find_by_address(connection, new.email)
        if account is None:
            raise
        require_allowed(account)
        return account.id


def _address(request: LinkRequest) -> str:
    if request.email is None and request.phone is not None:
        raise AuthProblem(400, "phone_provider_disabled", "Phone logins are disabled")
    return read_address(request.email)


def _challenge(request: LinkRequest) -> Challenge | None:
    return read_challenge(request.code_challenge, request.code_challenge_method)
