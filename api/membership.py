"""The door of who comes and who goes: what an invitation offers, saying yes to it, leaving, founding one's own."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from api.auth import name_of
from api.bodies import read_object
from api.deps import admit, peer_of, person_of
from api.edge import MeteredRoute, resource
from api.parts import parts_of
from api.problems import read_input
from api.reference import Entry
from tools.errors import NotFound
from tools.kit.ids import as_uuid
from tools.members.invitations import accept_invitation, look_at_invitation
from tools.members.models import InvitationOffer
from tools.members.operations import leave_organization
from tools.members.rules import InvitationClosed, LastOwner
from tools.organizations.models import CreateOrganization, Organization
from tools.organizations.operations import create_organization

_PATH = "/api/auth/invitations/{token}"
_FOUND = "/api/auth/organizations"
_LEAVE = f"{_FOUND}/{{id}}/leave"


class Joined(BaseModel):
    organization_id: UUID


async def look(request: Request) -> Response:
    """Show what an invitation offers, to whoever has its link."""
    parts = parts_of(request)
    await admit(request, parts.allowances.stranger, peer_of(request))
    offer = await look_at_invitation(parts.greenroom, request.path_params["token"])
    return Response(offer.model_dump_json(), 200, {"Cache-Control": "no-store"}, "application/json")


async def accept(request: Request) -> Response:
    """Accept an invitation; the signed-in person's address has to be the invited one."""
    caller = await person_of(request)
    token, name = request.path_params["token"], await _called(request)
    joined = await accept_invitation(parts_of(request).greenroom, caller, token, name)
    return Response(
        Joined(organization_id=joined).model_dump_json(), 200, {"Cache-Control": "no-store"}, "application/json"
    )


async def leave(request: Request) -> Response:
    """Leave an organisation; its last owner hands it over first."""
    caller = await person_of(request)
    organization = as_uuid(request.path_params["id"])
    if organization is None:
        raise NotFound.named("organisation", request.path_params["id"])
    await leave_organization(parts_of(request).greenroom, caller, organization)
    return Response(status_code=204)


async def found(request: Request) -> Response:
    """Found an organisation; whoever is signed in becomes its owner."""
    parts = parts_of(request)
    caller = await person_of(request)
    # As rare as signing up, and as tempting to a program.
    await admit(request, parts.allowances.sign_in, peer_of(request))
    wish = read_input(CreateOrganization, await read_object(request))
    made = await create_organization(parts.greenroom, caller, wish, name=await _called(request))
    return Response(made.model_dump_json(), 201, {"Cache-Control": "no-store"}, "application/json")


async def _called(request: Request) -> str:
    """What the signed-in person calls themselves."""
    token = request.headers["authorization"].partition(" ")[2].strip()
    return name_of(await parts_of(request).verifier.verify(token))


def membership_routes() -> list[MeteredRoute]:
    return [
        resource(_PATH, {"GET": look, "POST": accept}),
        MeteredRoute(_FOUND, found, methods=["POST"]),
        MeteredRoute(_LEAVE, leave, methods=["POST"]),
    ]


def membership_entries() -> list[Entry]:
    return [
        Entry(
            "POST",
            _FOUND,
            "found_organization",
            "auth",
            str(found.__doc__),
            status=201,
            input=CreateOrganization,
            output=Organization,
            placed=False,
        ),
        Entry(
            "POST",
            _LEAVE,
            "leave_organization",
            "auth",
            str(leave.__doc__),
            status=204,
            placed=False,
            errors=(LastOwner,),
        ),
        Entry("GET", _PATH, "look_at_invitation", "auth", str(look.__doc__), output=InvitationOffer, secured=False),
        Entry(
            "POST",
            _PATH,
            "accept_invitation",
            "auth",
            str(accept.__doc__),
            output=Joined,
            placed=False,
            errors=(InvitationClosed,),
        ),
    ]
