"""The door of who comes and who goes: what an invitation offers, saying yes to it, leaving."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from api.deps import admit, peer_of, person_of
from api.edge import MeteredRoute
from api.parts import parts_of
from api.reference import Entry
from tools.errors import NotFound
from tools.kit.ids import as_uuid
from tools.members.invitations import accept_invitation, look_at_invitation
from tools.members.models import InvitationOffer
from tools.members.operations import leave_organization
from tools.members.rules import InvitationClosed, LastOwner

_PATH = "/api/auth/invitations/{token}"
_LEAVE = "/api/auth/organizations/{id}/leave"


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
    joined = await accept_invitation(parts_of(request).greenroom, caller, request.path_params["token"], "")
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


def membership_routes() -> list[MeteredRoute]:
    return [
        MeteredRoute(_PATH, look, methods=["GET"]),
        MeteredRoute(_PATH, accept, methods=["POST"]),
        MeteredRoute(_LEAVE, leave, methods=["POST"]),
    ]


def membership_entries() -> list[Entry]:
    return [
        Entry("POST", _LEAVE, "leave_organization", "auth", str(leave.__doc__), status=204, errors=(LastOwner,)),
        Entry("GET", _PATH, "look_at_invitation", "auth", str(look.__doc__), output=InvitationOffer, secured=False),
        Entry(
            "POST", _PATH, "accept_invitation", "auth", str(accept.__doc__), output=Joined, errors=(InvitationClosed,)
        ),
    ]
