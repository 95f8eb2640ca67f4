"""Accounts in the hands of who holds the secret key: made, listed, changed, deleted, invited. No HTTP."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.errors import ForeignKeyViolation, UniqueViolation

from embedded.auth import accounts, one_time, sessions
from embedded.auth.accounts import Account, NewAccount
from embedded.auth.bodies import AdminChanges, LinkOrder, read_address, read_ban
from embedded.auth.ground import Ground, address_taken, change_account, merged, no_such_user, read_id
from embedded.auth.letters import KIND, SENT_AT, Action, link
from embedded.auth.mailing import Mailing
from embedded.auth.one_time import Kind, Secret
from embedded.auth.problems import AuthProblem, invalid

_ADDRESS_KINDS = {"email_change_current": Kind.current_address, "email_change_new": Kind.new_address}


class Administration:
    """Every method raises `AuthProblem` for what it refuses. Who may call is the door's business."""

    def __init__(self, ground: Ground, mailing: Mailing) -> None:
        self._ground = ground
        self._mailing = mailing

    async def create(self, changes: AdminChanges) -> dict[str, Any]:
        """Make an account for somebody else; without `email_confirm` it cannot sign in yet."""
        password = changes.password
        new = NewAccount(
            email=read_address(changes.email),
            password_digest=None if password is None else await self._ground.digest(password),
            confirmed=bool(changes.email_confirm),
            user_metadata=changes.user_metadata or {},
            app_metadata=changes.app_metadata or {},
            role=changes.role or "authenticated",
            id=None if changes.id is None else read_id(changes.id, status=400),
        )
        async with self._ground.transaction() as connection:
            account_id = await _inserted(connection, new)
            if changes.ban_duration is not None:
                await accounts.update(connection, account_id, {"banned_until": _end_of_ban(changes.ban_duration)})
            return await self._shape(connection, account_id)

    async def page(self, *, page: int, per_page: int) -> tuple[list[dict[str, Any]], int]:
        async with self._ground.pool.connection() as connection:
            found, total = await accounts.page_of(connection, limit=per_page, offset=(page - 1) * per_page)
            identities = await accounts.identities_of(connection, [account.id for account in found])
        return [account.to_user(identities[account.id]) for account in found], total

    async def by_id(self, account_id: UUID) -> dict[str, Any]:
        async with self._ground.pool.connection() as connection:
            return await self._shape(connection, account_id)

    async def change(self, account_id: UUID, changes: AdminChanges) -> dict[str, Any]:
        """Change any account. A new password or a ban ends its sessions."""
        columns: dict[str, object] = {}
        if changes.password is not None:
            columns["encrypted_password"] = await self._ground.digest(changes.password)
        if changes.email is not None:
            columns["email"] = read_address(changes.email)
        if changes.role is not None:
            columns["role"] = changes.role
        if changes.ban_duration is not None:
            columns["banned_until"] = _end_of_ban(changes.ban_duration)
        async with self._ground.transaction() as connection:
            account = await self._ground.known(connection, account_id)
            if changes.user_metadata is not None:
                columns["raw_user_meta_data"] = merged(account.raw_user_meta_data, changes.user_metadata)
            if changes.app_metadata is not None:
                columns["raw_app_meta_data"] = merged(account.raw_app_meta_data, changes.app_metadata)
            await change_account(connection, account_id, columns)
            if changes.email_confirm:
                await accounts.confirm(connection, account_id)
            if "encrypted_password" in columns or columns.get("banned_until"):
                await sessions.sign_out(connection, account_id, None, "global")
            return await self._shape(connection, account_id)

    async def delete(self, account_id: UUID, *, keep_row: bool) -> None:
        async with self._ground.transaction() as connection:
            await sessions.sign_out(connection, account_id, None, "global")
            try:
                found = await accounts.delete(connection, account_id, keep_row=keep_row)
            except ForeignKeyViolation as error:
                raise AuthProblem(409, "conflict", "Other records still refer to this user") from error
            if not found:
                raise no_such_user()

    async def invite(self, order: LinkOrder, redirect: str) -> dict[str, Any]:
        """Mail an invitation, making the account where there is none."""
        address = read_address(order.email)
        async with self._ground.transaction() as connection:
            account_id = await self._invited(connection, address, order)
            await self._mailing.send(connection, account_id, Action.invite, redirect)
            return await self._shape(connection, account_id)

    async def generate_link(self, order: LinkOrder, redirect: str) -> dict[str, Any]:
        """What a mail would have carried, for a mail of the caller's own."""
        address = read_address(order.email)
        digest = await self._ground.digest(order.password) if order.type == "signup" and order.password else None
        async with self._ground.transaction() as connection:
            account = await accounts.find_by_address(connection, address)
            if order.type in _ADDRESS_KINDS:
                kind, recipient = await self._prepared_change(connection, account, order)
                account_id, action, named = _existing(account).id, Action.address_change, order.type
            else:
                account_id, action = await self._prepared(connection, account, address, order, digest)
                kind, recipient, named = KIND[action], address, action.value
            secret = Secret.fresh(self._ground.settings.keyring.refresh_secret, recipient)
            await one_time.keep(connection, account_id, kind, secret.token_hash, recipient)
            now = datetime.now(UTC)
            invited: dict[str, object] = {"invited_at": now} if action is Action.invite else {}
            await accounts.update(connection, account_id, {SENT_AT[action]: now} | invited)
            user = await self._shape(connection, account_id)
        return user | {
            "action_link": link(self._ground.settings, action, secret.token_hash, redirect),
            "email_otp": secret.code,
            "hashed_token": secret.token_hash,
            "verification_type": named,
            "redirect_to": redirect,
        }

    async def _prepared(
        self,
        connection: AsyncConnection[Any],
        account: Account | None,
        address: str,
        order: LinkOrder,
        digest: str | None,
    ) -> tuple[UUID, Action]:
        """The account the link is for, and what it will do; a magic link for a stranger signs them up."""
        match order.type:
            case "invite":
                return await self._invited(connection, address, order), Action.invite
            case "magiclink" | "recovery" if account is not None:
                return account.id, Action(order.type)
            case "recovery":
                raise AuthProblem(404, "user_not_found", "User with this email not found")
            case "signup" | "magiclink":
                if order.type == "signup" and digest is None and account is None:
                    raise invalid("Signup requires a valid password")
                if account is not None and account.email_confirmed_at is not None:
                    raise address_taken()
                account_id = (
                    account.id if account else await _inserted(connection, _unconfirmed(address, order, digest))
                )
                return account_id, Action.sign_up
            case _:
                raise invalid("Invalid email action link type requested")

    async def _prepared_change(
        self, connection: AsyncConnection[Any], account: Account | None, order: LinkOrder
    ) -> tuple[Kind, str]:
        """Note the wanted address; which token is made, and for whom."""
        found = _existing(account)
        kind = _ADDRESS_KINDS[str(order.type)]
        if kind is Kind.current_address and not self._ground.settings.both_addresses_confirm:
            raise invalid("Enable secure email change to generate link for current email")
        wanted = read_address(order.new_email)
        if await accounts.find_by_address(connection, wanted) is not None:
            raise address_taken()
        if found.email_change != wanted:
            await one_time.drop(connection, found.id, Kind.new_address, Kind.current_address)
        columns: dict[str, object] = {"email_change": wanted, "email_change_confirm_status": 0}
        await accounts.update(connection, found.id, columns)
        return kind, wanted if kind is Kind.new_address else (found.email or "")

    async def _invited(self, connection: AsyncConnection[Any], address: str, order: LinkOrder) -> UUID:
        account = await accounts.find_by_address(connection, address)
        if account is None:
            return await _inserted(connection, _unconfirmed(address, order, None))
        if account.email_confirmed_at is not None:
            raise address_taken()
        return account.id

    async def _shape(self, connection: AsyncConnection[Any], account_id: UUID) -> dict[str, Any]:
        return await self._ground.user_shape(connection, await self._ground.known(connection, account_id))


async def _inserted(connection: AsyncConnection[Any], new: NewAccount) -> UUID:
    try:
        return await accounts.insert(connection, new)
    except UniqueViolation as error:
        raise address_taken() from error


def _unconfirmed(address: str, order: LinkOrder, digest: str | None) -> NewAccount:
    return NewAccount(
        email=address, password_digest=digest, confirmed=False, user_metadata=order.data or {}, app_metadata={}
    )


def _existing(account: Account | None) -> Account:
    if account is None:
        raise AuthProblem(404, "user_not_found", "User with this email not found")
    return account


def _end_of_ban(duration: str) -> datetime | None:
    seconds = read_ban(duration)
    return None if seconds is None else datetime.now(UTC) + timedelta(seconds=seconds)
