"""Shapes of auth. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import Annotated, Any, Literal, NotRequired, TypedDict

from api.client.shapes.shared import Organization


class ApiAuthMailProof(TypedDict):
    type: Annotated[
        Literal["signup", "recovery", "invite", "magiclink", "email"],
        "What the mail was sent for; `email`: a code of whichever kind",
    ]
    token_hash: NotRequired[str | None]
    email: NotRequired[str | None]
    code: NotRequired[str | None]


class CreateOrganization(TypedDict):
    name: str
    timezone: NotRequired[Annotated[str, "IANA zone, e.g. Europe/Amsterdam"]]
    currency: NotRequired[Annotated[str, "ISO 4217 code, e.g. EUR"]]
    locale: NotRequired[str]


class InvitationOffer(TypedDict):
    organization: str
    email: str
    role: Literal["door", "viewer", "staff", "admin", "owner"]
    expires_at: str


class Joined(TypedDict):
    organization_id: str


class LogIn(TypedDict):
    email: str
    password: str


class MailTo(TypedDict):
    email: str


class Person(TypedDict):
    id: str
    email: str
    name: str


class Me(TypedDict):
    user: Person
    organization: Annotated[Organization | None, "The one this request is about"]
    organizations: list[Organization]
    scopes: list[str]


class NewPassword(TypedDict):
    password: str


class Refresh(TypedDict):
    refresh_token: str


class User(TypedDict):
    id: str
    email: str | None
    role: str | None
    email_confirmed_at: str | None
    last_sign_in_at: str | None
    created_at: str
    app_metadata: Annotated[dict[str, Any], "Set by the secret key only."]
    user_metadata: Annotated[dict[str, Any], "The person's own; never authorise on it."]


class Session(TypedDict):
    access_token: str
    refresh_token: Annotated[str, "Good for one exchange."]
    token_type: str
    expires_in: Annotated[int, "Seconds the access token lives from when it was issued."]
    expires_at: Annotated[int, "Unix seconds at which the access token expires."]
    user: User


class SignUp(TypedDict):
    email: str
    password: str
    name: NotRequired[Annotated[str | None, "The person's own name"]]
    organization: NotRequired[Annotated[str | None, "What the new organisation is called"]]
    timezone: NotRequired[Annotated[str | None, "IANA zone, e.g. Europe/Amsterdam"]]
    currency: NotRequired[Annotated[str | None, "ISO 4217 code, e.g. EUR"]]
    locale: NotRequired[str | None]
