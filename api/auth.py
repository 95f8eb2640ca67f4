"""The sign-in door: accounts and sessions over the identity server, organisations over the tools. Keeps no session itself."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from api.bodies import read_object
from api.deps import admit, claims_of, key_of, organization_of, peer_of
from api.edge import MeteredRoute
from api.parts import Parts, parts_of
from api.problems import read_input
from api.reference import Entry
from tools.context import READ_SCOPES, SCOPES, Caller
from tools.errors import Forbidden
from tools.kit.money import Currency
from tools.kit.text import Line
from tools.kit.zones import Timezone
from tools.members.invitations import is_invited
from tools.organizations.models import CreateOrganization, Organization
from tools.organizations.models import Name as OrganizationName
from tools.organizations.operations import create_organization, list_organizations, standing_of_key
from tools.store.identity import (
    AddressTaken,
    Claims,
    InvalidCredentials,
    Session,
    TokenExpired,
    TokenInvalid,
    User,
)

_TAG = "auth"
# Supabase's own limits are 255 and 72; the identity server judges them, this only bounds what is hashed.
Email = Annotated[str, Field(min_length=3, max_length=255)]
Password = Annotated[str, Field(min_length=1, max_length=512)]


class SignUp(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    email: Email
    password: Password
    name: Line | None = Field(None, description="The person's own name")
    organization: OrganizationName | None = Field(None, description="What the new organisation is called")
    timezone: Timezone | None = None
    currency: Currency | None = None
    locale: str | None = Field(None, max_length=20)


class LogIn(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    email: Email
    password: Password


class Refresh(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    refresh_token: Annotated[str, Field(min_length=1, max_length=8192)]


class Unconfirmed(BaseModel):
    """The account is made; its address has to be confirmed before signing in."""

    user: User
    confirmation_needed: bool = True


class Person(BaseModel):
    id: UUID
    email: str
    name: str


class Me(BaseModel):
    user: Person
    organization: Organization | None = Field(description="The one this request is about")
    organizations: list[Organization]
    scopes: list[str]


async def sign_up(request: Request) -> Response:
    """Make an account with an organisation of its own, and sign in."""
    parts = parts_of(request)
    await admit(request, parts.allowances.sign_in, peer_of(request))
    wish = read_input(SignUp, await read_object(request))
    organization = _organization(wish)
    made = await parts.identity.sign_up(wish.email, wish.password, wish.name, peer=_address(request))
    if made.session is None:
        return _json(Unconfirmed(user=made.user), 202)
    await found_organization(parts, made.session, organization, asked_for=wish.organization is not None)
    return _json(made.session, 201)


async def log_in(request: Request) -> Response:
    """Sign in with e-mail and password."""
    parts = parts_of(request)
    await admit(request, parts.allowances.sign_in, peer_of(request))
    given = read_input(LogIn, await read_object(request))
    session = await parts.identity.sign_in(given.email, given.password, peer=_address(request))
    # Whoever confirmed their address later, or whose sign-up was cut short, has none yet.
    await found_organization(parts, session, None)
    return _json(session, 200)


async def refresh(request: Request) -> Response:
    """Exchange a refresh token for a new session; each is good once."""
    parts = parts_of(request)
    await admit(request, parts.allowances.stranger, peer_of(request))
    given = read_input(Refresh, await read_object(request))
    return _json(await parts.identity.refresh(given.refresh_token, peer=_address(request)), 200)


async def log_out(request: Request) -> Response:
    """End this session."""
    await claims_of(request)
    await parts_of(request).identity.sign_out(request.headers["authorization"].partition(" ")[2].strip())
    return Response(status_code=204)


async def me(request: Request) -> Response:
    """Who is signed in, in which organisation, and what they may do there. A key answers for itself."""
    if key := await key_of(request):
        return _json(await _key_itself(parts_of(request), key), 200)
    claims = await claims_of(request)
    mine = await list_organizations(parts_of(request).greenroom, _caller(claims))
    here = _chosen(mine, organization_of(request))
    person = Person(id=claims.user_id, email=claims.email or "", name=name_of(claims))
    scopes = sorted(_scopes(here)) if here else []
    return _json(Me(user=person, organization=here, organizations=mine, scopes=scopes), 200)


async def _key_itself(parts: Parts, key: Caller) -> Me:
    organization, scopes = await standing_of_key(parts.greenroom, key)
    itself = Person(id=key.user_id, email="", name="API key")
    return Me(user=itself, organization=organization, organizations=[organization], scopes=sorted(scopes))


def auth_routes() -> list[MeteredRoute]:
    return [
        MeteredRoute("/api/auth/signup", sign_up, methods=["POST"]),
        MeteredRoute("/api/auth/login", log_in, methods=["POST"]),
        MeteredRoute("/api/auth/refresh", refresh, methods=["POST"]),
        MeteredRoute("/api/auth/logout", log_out, methods=["POST"]),
        MeteredRoute("/api/auth/me", me, methods=["GET"]),
    ]


def auth_entries() -> list[Entry]:
    def entry(method: str, path: str, endpoint: object, **more: object) -> Entry:
        name = getattr(endpoint, "__name__", "")
        described = str(endpoint.__doc__)
        return Entry(method, path, name, _TAG, described, **more)  # type: ignore[arg-type]

    return [
        entry(
            "POST",
            "/api/auth/signup",
            sign_up,
            status=201,
            input=SignUp,
            output=Session,
            secured=False,
            errors=(AddressTaken,),
        ),
        entry(
            "POST", "/api/auth/login", log_in, input=LogIn, output=Session, secured=False, errors=(InvalidCredentials,)
        ),
        entry(
            "POST", "/api/auth/refresh", refresh, input=Refresh, output=Session, secured=False, errors=(TokenInvalid,)
        ),
        entry("POST", "/api/auth/logout", log_out, status=204, placed=False, errors=(TokenInvalid, TokenExpired)),
        entry("GET", "/api/auth/me", me, output=Me, errors=(TokenInvalid, TokenExpired)),
    ]


def _organization(wish: SignUp) -> CreateOrganization:
    given = {"timezone": wish.timezone, "currency": wish.currency, "locale": wish.locale}
    name = wish.organization or _default_name(wish.name or wish.email.partition("@")[0])
    return read_input(CreateOrganization, {"name": name, **{key: value for key, value in given.items() if value}})


def _default_name(person: str) -> str:
    return f"{person[:180] or 'My'}'s events"


async def found_organization(
    parts: Parts, session: Session, wanted: CreateOrganization | None, *, asked_for: bool = False
) -> None:
    """Give a person without any organisation one of their own, unless they were invited to work in somebody else's."""
    caller = _caller(await parts.verifier.verify(session.access_token))
    if await list_organizations(parts.greenroom, caller):
        return
    if not asked_for and await is_invited(parts.greenroom, caller.email):
        return
    name = str(session.user.user_metadata.get("name") or "")[:200]
    default = CreateOrganization(name=_default_name(name or caller.email.partition("@")[0]))
    await create_organization(parts.greenroom, caller, wanted or default, name=name)


def _caller(claims: Claims) -> Caller:
    return Caller(user_id=claims.user_id, email=claims.email or "")


def _scopes(here: Organization) -> frozenset[str]:
    return SCOPES[here.role] if here.suspended_reason is None else SCOPES[here.role] & READ_SCOPES


def name_of(claims: Claims) -> str:
    """What the person calls themselves; shown to them, never relied on."""
    metadata = claims.raw.get("user_metadata")
    return str(metadata.get("name") or "")[:200] if isinstance(metadata, dict) else ""


def _chosen(mine: list[Organization], wanted: str | None) -> Organization | None:
    if not wanted:
        return mine[0] if mine else None
    for organization in mine:
        if str(organization.id) == wanted.lower():
            return organization
    raise Forbidden("You are not a member of that organisation.")


def _address(request: Request) -> str | None:
    return request.client.host if request.client else None


def _json(answer: BaseModel, status: int) -> Response:
    return Response(answer.model_dump_json(), status, {"Cache-Control": "no-store"}, "application/json")
