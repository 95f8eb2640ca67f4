"""Giving a one-time token back: by code, by the token of a link, or by following the link itself."""

from __future__ import annotations

from typing import Any

from psycopg import AsyncConnection

from embedded.auth import accounts, flows, one_time
from embedded.auth.accounts import Account
from embedded.auth.bodies import CodeGrant, Verification, read_address
from embedded.auth.ground import Ground, Peer, change_account
from embedded.auth.letters import Action
from embedded.auth.mailing import METHOD
from embedded.auth.one_time import PKCE_PREFIX, Kind, token_hash_of
from embedded.auth.problems import AuthProblem, invalid
from embedded.auth.redirects import with_fragment, with_query

ONE_OF_TWO = "Confirmation link accepted. Please proceed to confirm link sent to the other email"
_METHOD = "otp"
_ADDRESS_KINDS = (Kind.new_address, Kind.current_address)
_KINDS: dict[str, tuple[Kind, ...]] = {
    "email": (Kind.confirmation, Kind.recovery),
    Action.sign_up: (Kind.confirmation,),
    Action.invite: (Kind.confirmation,),
    Action.recovery: (Kind.recovery,),
    Action.magic_link: (Kind.recovery,),
    Action.address_change: _ADDRESS_KINDS,
}
_ERRORS = {400: "invalid_request", 401: "unauthorized_client", 403: "access_denied", 500: "server_error"}


class Verifying:
    """Every method raises `AuthProblem` for what it refuses."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    async def verify(self, given: Verification, peer: Peer) -> dict[str, Any]:
        """A session for a code or for a link's token."""
        if not given.type:
            raise invalid("Verify requires a verification type")
        if bool(given.token) == bool(given.token_hash):
            raise invalid("Verify requires either a token or a token hash")
        if given.token_hash:
            if given.email or given.phone:
                raise invalid("Only the token_hash and type should be provided")
            hashes, subject = [given.token_hash], peer.name
            refusal = "Email link is invalid or has expired"
        else:
            if not given.email or given.phone:
                raise invalid("Only an email address or phone number should be provided on verify")
            address = read_address(given.email)
            bare = token_hash_of(self._ground.settings.keyring.refresh_secret, address, given.token or "")
            hashes, subject = [bare, PKCE_PREFIX + bare], address
            refusal = "Token has expired or is invalid"
        async with self._ground.guess(peer, f"one-time {subject}"), self._ground.transaction() as connection:
            account = await self._redeem(connection, given.type, hashes, refusal)
            if account is None:
                return {"msg": ONE_OF_TWO, "code": "200"}
            return await self._ground.open_session(connection, account.id, peer, _METHOD)

    async def follow(self, kind: str, token: str, redirect: str, peer: Peer) -> str:
        """Where to send the browser that followed a link; failures are told there too."""
        if not kind or not token:
            raise invalid("Verify requires a verification type and a token")
        code_wanted = token.startswith(PKCE_PREFIX)
        try:
            async with self._ground.guess(peer, f"one-time {peer.name}"), self._ground.transaction() as connection:
                account = await self._redeem(connection, kind, [token], "Email link is invalid or has expired")
                if account is None:
                    return _with_message(redirect, in_query=code_wanted)
                if code_wanted:
                    return with_query(redirect, {"code": await self._code(connection, kind, account)})
                session = await self._ground.open_session(connection, account.id, peer, _METHOD)
        except AuthProblem as problem:
            return _with_problem(redirect, problem, in_query=code_wanted)
        shown = ("access_token", "expires_at", "expires_in", "refresh_token", "token_type")
        return with_fragment(redirect, {name: str(session[name]) for name in shown} | {"sb": "", "type": kind})

    async def exchange(self, grant: CodeGrant, peer: Peer) -> dict[str, Any]:
        """A session for the code of a followed link."""
        if not grant.auth_code or not grant.code_verifier:
            raise invalid("invalid request: both auth code and code verifier should be non-empty")
        async with self._ground.transaction() as connection:
            flow = await flows.exchange(
                connection, grant.auth_code, grant.code_verifier, seconds=self._ground.settings.flow_seconds
            )
            _require_not_banned(await self._ground.existing(connection, flow.user_id))
            return await self._ground.open_session(connection, flow.user_id, peer, flow.authentication_method)

    async def _redeem(
        self, connection: AsyncConnection[Any], kind: str, hashes: list[str], refusal: str
    ) -> Account | None:
        """Take the token and do what it stands for; None while the other of two addresses has still to confirm."""
        kinds = _KINDS.get(kind)
        if kinds is None:
            raise invalid("Invalid email verification type")
        token = await one_time.take(connection, hashes, kinds, seconds=self._ground.settings.one_time_seconds)
        account = await accounts.hold(connection, token.user_id) if token else None
        if token is None or account is None or token.is_over or token.relates_to != _address_for(token.kind, account):
            raise AuthProblem(403, "otp_expired", refusal)
        _require_not_banned(account)
        if token.kind in _ADDRESS_KINDS:
            return account if await self._address_changed(connection, account) else None
        await accounts.confirm(connection, account.id)
        return account

    async def _address_changed(self, connection: AsyncConnection[Any], account: Account) -> bool:
        """Change the address, unless the other of the two has still to confirm."""
        settings = self._ground.settings
        both = settings.confirm_addresses and settings.both_addresses_confirm and bool(account.email)
        if both and account.email_change_confirm_status == 0:
            await accounts.update(connection, account.id, {"email_change_confirm_status": 1})
            return False
        columns: dict[str, object] = {
            "email": account.email_change,
            "email_change": None,
            "email_change_confirm_status": 0,
        }
        await change_account(connection, account.id, columns)
        await accounts.confirm(connection, account.id)
        # What was sent to the old address opens nothing any more.
        await one_time.drop(connection, account.id, *Kind)
        return True

    async def _code(self, connection: AsyncConnection[Any], kind: str, account: Account) -> str:
        method = METHOD.get(kind)
        code = await flows.issue_code(connection, account.id, method) if method else None
        if code is None:
            raise AuthProblem(422, "flow_state_not_found", "No valid flow state found for user.")
        return code


def _require_not_banned(account: Account) -> None:
    if account.is_banned:
        raise AuthProblem(403, "user_banned", "User is banned")


def _address_for(kind: str, account: Account) -> str:
    """The address a token of this kind must have gone to; it may have changed since."""
    return account.email_change if kind == Kind.new_address else (account.email or "").lower()


def _with_message(redirect: str, *, in_query: bool) -> str:
    told = {"message": ONE_OF_TWO}
    return with_fragment(with_query(redirect, told) if in_query else redirect, told | {"sb": ""})


def _with_problem(redirect: str, problem: AuthProblem, *, in_query: bool) -> str:
    members = {"error": _ERRORS[problem.status]} if problem.status in _ERRORS else {}
    members |= {"error_code": problem.error_code or "", "error_description": problem.message}
    return with_fragment(with_query(redirect, members) if in_query else redirect, members | {"sb": ""})
