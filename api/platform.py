"""The door of the people who run the platform. Who they are stands in the database, put there by hand."""

from __future__ import annotations

from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from api.bodies import read_object, read_query
from api.deps import person_of
from api.edge import MeteredRoute
from api.parts import parts_of
from api.problems import read_input
from api.reference import Entry
from tools.errors import NotFound
from tools.kit.ids import as_uuid
from tools.organizations.models import FindOrganizations, HostedOrganizations, SuspendOrganization
from tools.organizations.platform import hosted_organizations, suspend_organization

_TAG = "platform"
_PATH = "/api/platform/organizations"


async def list_hosted(request: Request) -> Response:
    """List the organisations on this platform, the newest first."""
    caller = await person_of(request)
    wanted = read_input(FindOrganizations, read_query(request))
    found = await hosted_organizations(parts_of(request).greenroom, caller, wanted.query)
    return Response(found.model_dump_json(), 200, {"Cache-Control": "no-store"}, "application/json")


async def suspend(request: Request) -> Response:
    """Stop an organisation: its people may read, nobody writes, its shop is closed."""
    caller = await person_of(request)
    given = read_input(SuspendOrganization, await read_object(request))
    await suspend_organization(parts_of(request).greenroom, caller, _id(request), given.reason)
    return Response(status_code=204)


async def resume(request: Request) -> Response:
    """Let a stopped organisation go on."""
    caller = await person_of(request)
    await suspend_organization(parts_of(request).greenroom, caller, _id(request), None)
    return Response(status_code=204)


def platform_routes() -> list[MeteredRoute]:
    return [
        MeteredRoute(_PATH, list_hosted, methods=["GET"]),
        MeteredRoute(_PATH + "/{id}/suspend", suspend, methods=["POST"]),
        MeteredRoute(_PATH + "/{id}/resume", resume, methods=["POST"]),
    ]


def platform_entries() -> list[Entry]:
    return [
        Entry("GET", _PATH, "list_hosted_organizations", _TAG, str(list_hosted.__doc__), input=FindOrganizations,
              output=HostedOrganizations, in_query=True, placed=False),
        Entry("POST", _PATH + "/{id}/suspend", "suspend_organization", _TAG, str(suspend.__doc__), status=204, input=SuspendOrganization,
              placed=False),
        Entry("POST", _PATH + "/{id}/resume", "resume_organization", _TAG, str(resume.__doc__), status=204, placed=False),
    ]  # fmt: skip


def _id(request: Request) -> UUID:
    found = as_uuid(request.path_params["id"])
    if found is None:
        raise NotFound.named("organisation", request.path_params["id"])
    return found
