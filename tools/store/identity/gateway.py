"""The road to Supabase Auth through supabase-py. Turns its failures into ours; keeps no session and caches nothing."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any, Literal, Self, TypeVar
from uuid import UUID

import httpx
from pydantic import BaseModel, ValidationError
from supabase_auth import AsyncGoTrueClient
from supabase_auth.errors import AuthError
from supabase_auth.types import (
    AdminUserAttributes,
    InviteUserByEmailOptions,
    ResendEmailCredentials,
    SignUpWithEmailAndPasswordCredentials,
)

from tools.errors import InvalidInput, Upstream
from tools.store.identity.failures import TokenInvalid, translated
from tools.store.identity.models import Registration, Session, User

_Shape = TypeVar("_Shape", bound=BaseModel)
# What a mail was sent for; `email` is a code of whichever kind.
LinkKind = Literal["signup", "recovery", "invite", "magiclink", "email"]

_TIMEOUT = httpx.Timeout(10, connect=5)
_TOKEN = re.compile(r"[\w.~+/=-]{1,8192}", re.ASCII)


class IdentityGateway:
    """Calls the identity server. Every method raises `AppError` classes only.

    All calls share one connection pool, but each gets an auth client of its own: a supabase-py client that signed
    somebody in sends that person's token with whatever it is used for next.
    """

    def __init__(
        self,
        url: str,
        publishable_key: str,
        secret_key: str,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._auth_url = f"{url.rstrip('/')}/auth/v1"
        self._publishable_key = publishable_key
        self._secret_key = secret_key
        self._http = httpx.AsyncClient(transport=transport, http2=transport is None, timeout=_TIMEOUT)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        await self._http.aclose()

    async def sign_up(
        self, email: str, password: str, name: str | None = None, *, peer: str | None = None
    ) -> Registration:
        """Make an account. Raises AddressTaken, InvalidInput, RateLimited, Upstream.

        `peer` is the caller's IP address: without it the identity server counts everybody as this server.
        """
        _require_storable(email=email, password=password, name=name)
        credentials: SignUpWithEmailAndPasswordCredentials = {"email": email, "password": password}
        if name:
            credentials["options"] = {"data": {"name": name}}
        async with self._client(peer) as client:
            answer = await client.sign_up(credentials)
            session = _shaped(Session, answer.session) if answer.session else None
            return Registration(user=_shaped(User, answer.user), session=session)

    async def sign_in(self, email: str, password: str, *, peer: str | None = None) -> Session:
        """Raises InvalidCredentials, Forbidden for a banned or unconfirmed account, RateLimited, Upstream."""
        _require_storable(email=email, password=password)
        async with self._client(peer) as client:
            answer = await client.sign_in_with_password({"email": email, "password": password})
            return _shaped(Session, answer.session)

    async def refresh(self, refresh_token: str, *, peer: str | None = None) -> Session:
        """Exchange a refresh token; using an old one again ends the session. Raises TokenInvalid, Upstream."""
        _require_token(refresh_token)
        async with self._client(peer) as client:
            answer = await client.refresh_session(refresh_token)
            return _shaped(Session, answer.session)

    async def recover(self, email: str, *, redirect_to: str | None = None, peer: str | None = None) -> None:
        """Mail a link to choose a new password; whether there is an account is not told. Raises RateLimited, Upstream."""
        _require_storable(email=email)
        async with self._client(peer) as client:
            await client.reset_password_for_email(email, {"redirect_to": redirect_to} if redirect_to else {})

    async def confirm_again(self, email: str, *, redirect_to: str | None = None, peer: str | None = None) -> None:
        """Mail the confirmation of a sign-up once more. Raises RateLimited, InvalidInput, Upstream."""
        _require_storable(email=email)
        wish: ResendEmailCredentials = {"type": "signup", "email": email}
        if redirect_to:
            wish["options"] = {"email_redirect_to": redirect_to}
        async with self._client(peer) as client:
            await client.resend(wish)

    async def verify_link(self, kind: LinkKind, token_hash: str, *, peer: str | None = None) -> Session:
        """Sign in with the token of a mail's link; it is good once. Raises LinkExpired, Forbidden, RateLimited."""
        _require_token(token_hash)
        async with self._client(peer) as client:
            answer = await client.verify_otp({"type": kind, "token_hash": token_hash})
            return _shaped(Session, answer.session)

    async def verify_code(self, kind: LinkKind, email: str, code: str, *, peer: str | None = None) -> Session:
        """Sign in with the code of a mail; it is good once. Raises LinkExpired, Forbidden, RateLimited."""
        _require_storable(email=email, code=code)
        async with self._client(peer) as client:
            answer = await client.verify_otp({"type": kind, "email": email, "token": code})
            return _shaped(Session, answer.session)

    async def set_password(self, access_token: str, password: str) -> User:
        """Replace the person's password; their other sessions end. Raises TokenInvalid, InvalidInput, Forbidden."""
        _require_token(access_token)
        _require_storable(password=password)
        async with self._client() as client:
            # The client changes only whom it signed in; a refresh token it never uses completes the session.
            await client.set_session(access_token, "unused")
            return _shaped(User, (await client.update_user({"password": password})).user)

    async def sign_out(self, access_token: str, scope: Literal["global", "local", "others"] = "local") -> None:
        """End this session, the person's others, or all. A session that is already over counts as ended."""
        _require_token(access_token)
        with suppress(TokenInvalid):
            async with self._client() as client:
                await client.admin.sign_out(access_token, scope)

    async def user(self, access_token: str) -> User:
        """The person as the server knows them now, not as the token says. Raises TokenInvalid, Upstream."""
        _require_token(access_token)
        async with self._client() as client:
            answer = await client.get_user(access_token)
            return _shaped(User, answer.user if answer else None)

    async def admin_create_user(
        self,
        email: str,
        password: str | None = None,
        *,
        confirmed: bool = True,
        name: str | None = None,
        app_metadata: dict[str, Any] | None = None,
        user_id: UUID | None = None,
    ) -> User:
        """Make somebody's account with the secret key, as for an invitation. Raises AddressTaken, InvalidInput."""
        _require_storable(email=email, password=password, name=name)
        attributes: AdminUserAttributes = {"email": email, "email_confirm": confirmed}
        if password is not None:
            attributes["password"] = password
        if name:
            attributes["user_metadata"] = {"name": name}
        if app_metadata is not None:
            attributes["app_metadata"] = app_metadata
        if user_id is not None:
            attributes["id"] = str(user_id)
        async with self._admin_client() as client:
            return _shaped(User, (await client.admin.create_user(attributes)).user)

    async def admin_invite(self, email: str, *, name: str | None = None, redirect_to: str | None = None) -> User:
        """Mail somebody an invitation, making the account where there is none. Raises AddressTaken, RateLimited."""
        _require_storable(email=email, name=name)
        options: InviteUserByEmailOptions = {}
        if name:
            options["data"] = {"name": name}
        if redirect_to:
            options["redirect_to"] = redirect_to
        async with self._admin_client() as client:
            return _shaped(User, (await client.admin.invite_user_by_email(email, options)).user)

    async def admin_delete_user(self, user_id: UUID) -> None:
        """Remove an account and its sessions. Raises NotFound, Conflict where records still refer to it."""
        async with self._admin_client() as client:
            await client.admin.delete_user(str(user_id))

    @asynccontextmanager
    async def _client(self, peer: str | None = None) -> AsyncIterator[AsyncGoTrueClient]:
        """A client for one call. Naming a peer takes the secret key, or the server would believe anybody's claim."""
        headers = {"apikey": self._publishable_key}
        if address := _address(peer):
            headers = {"apikey": self._secret_key, "Sb-Forwarded-For": address}
        async with self._fresh_client(headers) as client:
            yield client

    @asynccontextmanager
    async def _admin_client(self) -> AsyncIterator[AsyncGoTrueClient]:
        headers = {"apikey": self._secret_key, "Authorization": f"Bearer {self._secret_key}"}
        async with self._fresh_client(headers) as client:
            yield client

    @asynccontextmanager
    async def _fresh_client(self, headers: dict[str, str]) -> AsyncIterator[AsyncGoTrueClient]:
        client = AsyncGoTrueClient(
            url=self._auth_url,
            headers=headers,
            http_client=self._http,
            auto_refresh_token=False,
            persist_session=False,
        )
        try:
            yield client
        except AuthError as error:
            raise translated(error) from error
        except (httpx.HTTPError, ValidationError, ValueError) as error:
            # A ValidationError or ValueError here is an answer that is not in Supabase's shape.
            raise Upstream("The identity server gave an answer that could not be read.") from error


def _shaped(shape: type[_Shape], answer: BaseModel | None) -> _Shape:
    if answer is None:
        raise Upstream("The identity server gave an answer that could not be read.")
    return shape.model_validate(answer.model_dump())


def _address(peer: str | None) -> str | None:
    try:
        return str(ipaddress.ip_address(peer)) if peer else None
    except ValueError:
        return None


def _require_token(token: str) -> None:
    """Anything else cannot be a token, and some of it cannot be put in a header."""
    if not _TOKEN.fullmatch(token):
        raise TokenInvalid()


def _require_storable(**texts: str | None) -> None:
    """Refuse NUL and lone surrogates by field: no UTF-8 for the wire and no column holds them."""
    bad = [name for name, text in texts.items() if text and ("\x00" in text or not _is_unicode(text))]
    if bad:
        errors = [{"pointer": f"/{name}", "message": "holds characters that cannot be stored"} for name in bad]
        raise InvalidInput(f"The {bad[0]} holds characters that cannot be stored.", details={"errors": errors})


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
