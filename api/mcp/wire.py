"""MCP itself, by the official package: one stateless exchange per request, so that any replica can answer any of them."""

from __future__ import annotations

import json
import logging

import structlog
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel.server import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp_types import (
    INVALID_REQUEST,
    PARSE_ERROR,
    CallToolRequestParams,
    CallToolResult,
    ContentBlock,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    ToolAnnotations,
    jsonrpc_message_adapter,
)
from mcp_types import Tool as WireTool
from pydantic import ValidationError
from pydantic_core import from_json
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from api import VERSION
from api.mcp.calling import CALLER, Calling, Told
from api.mcp.offering import INSTRUCTIONS, Offering, Tool
from tools.context import Caller, Greenroom
from tools.errors import AppError
from tools.operation import recent_standing

_log = structlog.get_logger("greenroom.mcp")
# It tells of each request that it began and ended, and of refusals what was sent.
logging.getLogger("mcp").setLevel(logging.ERROR)


class Wire:
    """Speaks MCP for one service. Keeps nothing between requests."""

    def __init__(self, greenroom: Greenroom) -> None:
        self._greenroom = greenroom
        self._offering = Offering(greenroom.catalog)
        self._calling = Calling(self._offering)
        self._listed = {name: _listed(tool) for name, tool in self._offering.tools.items()}
        self._server: Server[object] = Server(
            "greenroom",
            title="Greenroom",
            version=VERSION,
            instructions=INSTRUCTIONS,
            get_tool_input_schema=lambda name: tool.schema if (tool := self._offering.tools.get(name)) else None,
            on_list_tools=self._list,
            on_call_tool=self._call,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # A manager of its own: in stateless mode it holds nothing but the tasks of this one request.
        exchange = StreamableHTTPSessionManager(self._server, json_response=True, stateless=True)
        async with exchange.run():
            await exchange.handle_request(scope, receive, send)

    def misread(self, request: Request, body: bytes) -> Response | None:
        """The protocol's refusal of what is no message of it, in words of ours: the package's quote its parser."""
        if not request.headers.get("content-type", "").startswith("application/json"):
            return None
        try:
            jsonrpc_message_adapter.validate_python(from_json(body), by_name=False)
        except ValidationError:
            return _refusal(INVALID_REQUEST, "This is no message of the protocol.")
        except ValueError:
            return _refusal(PARSE_ERROR, "This is not JSON.")
        return None

    async def _list(self, ctx: ServerRequestContext[object], _: PaginatedRequestParams | None) -> ListToolsResult:
        try:
            standing = await recent_standing(self._greenroom, _caller(ctx))
        except AppError:  # Who belongs to no organisation has no tool.
            return ListToolsResult(tools=[])
        return ListToolsResult(tools=[self._listed[tool.name] for tool in self._offering.of(standing.scopes)])

    async def _call(self, ctx: ServerRequestContext[object], params: CallToolRequestParams) -> CallToolResult:
        caller = _caller(ctx)
        try:
            told = await self._calling.call(self._greenroom, caller, params.name, params.arguments or {})
        except Exception as error:  # the door's outermost place: whatever nobody foresaw ends here, as an id
            _log.error("bug", request_id=caller.request_id, error=type(error).__qualname__)
            told = Told(
                json.dumps(
                    {
                        "error": {
                            "code": "bug",
                            "message": "Something went wrong on our side",
                            "remedy": f"Try again; if it stays, report the request id {caller.request_id}.",
                            "retryable": False,
                        }
                    }
                ),
                failed=True,
            )
        return _result(told)


def _refusal(code: int, message: str) -> Response:
    return JSONResponse({"jsonrpc": "2.0", "id": None, "error": {"code": code, "message": message}}, 400)


def _caller(ctx: ServerRequestContext[object]) -> Caller:
    assert isinstance(ctx.request, Request)
    caller: Caller = ctx.request.scope[CALLER]
    return caller


def _listed(tool: Tool) -> WireTool:
    hints = ToolAnnotations(
        title=tool.title,
        read_only_hint=tool.reads,
        destructive_hint=False,
        idempotent_hint=tool.reads,
        open_world_hint=False,
    )
    return WireTool(
        name=tool.name, title=tool.title, description=tool.description, input_schema=tool.schema, annotations=hints
    )


def _result(told: Told) -> CallToolResult:
    content: list[ContentBlock] = [TextContent(text=told.content)]
    if told.warning:
        content.insert(0, TextContent(text=told.warning))
    return CallToolResult(content=content, structured_content=json.loads(told.content), is_error=told.failed)
