"""What is held about a person, as a download. The address comes in the body: addresses in a URL end up in logs."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from api.bodies import read_object
from api.deps import caller_of
from api.edge import MeteredRoute
from api.parts import parts_of
from api.problems import read_input
from api.reference import Entry
from tools.errors import NotFound
from tools.privacy.bundle import bundle
from tools.privacy.models import NamedPerson
from tools.privacy.operations import export_person

PATH = "/api/people/export.zip"


def people_routes() -> list[MeteredRoute]:
    async def download(request: Request) -> Response:
        caller = await caller_of(request)
        data = read_input(NamedPerson, await read_object(request))
        held = await export_person(parts_of(request).greenroom, caller, data)
        headers = {"Content-Disposition": 'attachment; filename="person.zip"', "Cache-Control": "private, no-store"}
        return Response(bundle(held), headers=headers, media_type="application/zip")

    return [MeteredRoute(PATH, download, methods=["POST"])]


def people_entries() -> list[Entry]:
    return [
        Entry(
            "POST",
            PATH,
            "download_person",
            "people",
            "Download all that is held about a person: JSON and CSV in a ZIP.\n\nThe same as the operation `export_person`.",
            input=NamedPerson,
            errors=(NotFound,),
            scope="people:manage",
        )
    ]
