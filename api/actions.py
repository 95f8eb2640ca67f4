"""Any operation by its name: for integrations that think in operations rather than in addresses. A door of REST."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from api.bodies import read_object, read_query
from api.deps import caller_of
from api.edge import MeteredRoute
from api.parts import parts_of
from api.problems import read_input
from api.reference import Entry
from tools.errors import Conflict, NotFound
from tools.operation import AnyOperation, Effect
from tools.proposals.models import Preview, Step
from tools.proposals.operations import preview_steps

_TAG = "actions"


class Asked(BaseModel):
    preview: bool = False


class Action(BaseModel):
    name: str
    description: str
    effect: Effect
    scope: str
    proposable: bool
    input: dict[str, Any]
    output: dict[str, Any]


class Actions(BaseModel):
    items: list[Action]


class AnyInput(BaseModel):
    """The input of the operation that the address names; `GET /api/actions` has the schemas."""

    model_config = {"extra": "allow"}


class AnyAnswer(BaseModel):
    """The answer of the operation, or a preview of what it would change."""

    model_config = {"extra": "allow"}


class NothingToPreview(Conflict):
    code = "nothing_to_preview"
    title = "This operation changes nothing that could be shown before"
    default_remedy = "Call it without preview."


def action_routes(catalog: Mapping[str, AnyOperation]) -> list[MeteredRoute]:
    # Made when first asked for: the schemas of all operations take as long as the rest of a start.
    listed = cache(lambda: Actions(items=[_described(each) for each in catalog.values()]).model_dump_json())

    async def list_actions(_: Request) -> Response:
        return Response(await asyncio.to_thread(listed), media_type="application/json")

    return [
        MeteredRoute("/api/actions", list_actions, methods=["GET"]),
        MeteredRoute("/api/actions/{operation}", call, methods=["POST"]),
    ]


def action_entries() -> list[Entry]:
    listing = "List every operation with its schemas, effect and scope."
    return [
        Entry("GET", "/api/actions", "list_actions", _TAG, listing, output=Actions, secured=False),
        Entry(
            "POST",
            "/api/actions/{operation}",
            "call_action",
            _TAG,
            str(call.__doc__),
            input=AnyInput,
            output=AnyAnswer,
            writes=True,
            errors=(NotFound, NothingToPreview),
        ),
    ]


async def call(request: Request) -> Response:
    """Call an operation by name. With `?preview=true` it is run and rolled back, and the answer shows what it would change."""
    caller = await caller_of(request)
    greenroom = parts_of(request).greenroom
    asked = read_input(Asked, read_query(request))
    name = request.path_params["operation"]
    operation = greenroom.catalog.get(name)
    if operation is None:
        raise NotFound.named("operation", name[:100])
    sent = await read_object(request)
    data = read_input(operation.input, sent)
    if not asked.preview:
        result: BaseModel = await operation(greenroom, caller, data)
        return _json(result.model_dump_json())
    if not operation.proposable:
        raise NothingToPreview()
    preview: Preview = await preview_steps(greenroom, caller, [Step(operation=name, input=sent)])
    return _json(preview.model_dump_json())


def _described(operation: AnyOperation) -> Action:
    return Action(
        name=operation.name,
        description=operation.description,
        effect=operation.effect,
        scope=operation.scope,
        proposable=operation.proposable,
        input=operation.input.model_json_schema(),
        output=operation.output.model_json_schema(mode="serialization"),
    )


def _json(content: str) -> Response:
    return Response(content, 200, {"Cache-Control": "no-store"}, "application/json")
