"""How clients of MCP come by a token: what the door tells them, the official client's own OAuth, and what such a token is good for."""

from __future__ import annotations

import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import psycopg
import pytest
from mcp import Client
from mcp.client.auth import OAuthClientProvider
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.auth import AuthorizationCodeResult, OAuthClientInformationFull, OAuthClientMetadata, OAuthToken
from pydantic import AnyUrl
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.builders import START, Person, Service, serving
from tests.doors.listening import running
from tests.postgres import ClonedDatabase

pytestmark = pytest.mark.asyncio(loop_scope="module")

METADATA = "/.well-known/oauth-protected-resource"


class OAuthServer:
    """Speaks as Supabase's OAuth 2.1 server does at its documented addresses, and says yes to everybody."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.token = ""
        self.asked: list[str] = []

    def app(self) -> Starlette:
        issuer = f"{self.origin}/auth/v1"
        described = {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/oauth/authorize",
            "token_endpoint": f"{issuer}/oauth/token",
            "registration_endpoint": f"{issuer}/oauth/clients/register",
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "code_challenge_methods_supported": ["S256"],
        }

        async def describe(request: Request) -> Response:
            self.asked.append(request.url.path)
            return JSONResponse(described)

        async def register(request: Request) -> Response:
            return JSONResponse(json.loads(await request.body()) | {"client_id": "a-client"}, 201)

        async def give(request: Request) -> Response:
            return JSONResponse({"access_token": self.token, "token_type": "Bearer", "expires_in": 3600})

        return Starlette(
            routes=[
                Route("/.well-known/oauth-authorization-server/auth/v1", describe),
                Route("/auth/v1/oauth/clients/register", register, methods=["POST"]),
                Route("/auth/v1/oauth/token", give, methods=["POST"]),
            ]
        )


@dataclass
class Memory:
    """What a client keeps."""

    tokens: OAuthToken | None = None
    client: OAuthClientInformationFull | None = None

    async def get_tokens(self) -> OAuthToken | None:
        return self.tokens

    async def set_tokens(self, tokens: OAuthToken) -> None:
        self.tokens = tokens

    async def get_client_info(self) -> OAuthClientInformationFull | None:
        return self.client

    async def set_client_info(self, client_info: OAuthClientInformationFull) -> None:
        self.client = client_info


def by_oauth(address: str) -> OAuthClientProvider:
    """The official client's own flow; its person follows the link and comes back with a code."""
    state: list[str] = []

    async def follow(link: str) -> None:
        state.append(parse_qs(urlsplit(link).query)["state"][0])

    async def come_back() -> AuthorizationCodeResult:
        return AuthorizationCodeResult(code="a-code", state=state[-1])

    wanted = OAuthClientMetadata(client_name="A client", redirect_uris=[AnyUrl("http://127.0.0.1:9/callback")])
    return OAuthClientProvider(address, wanted, Memory(), follow, come_back)


@asynccontextmanager
async def with_oauth_server(database: ClonedDatabase, folder: Path) -> AsyncIterator[tuple[Service, str, OAuthServer]]:
    """A service that names an OAuth server, its address, and that server."""
    with socket.create_server(("127.0.0.1", 0)) as ours, socket.create_server(("127.0.0.1", 0)) as theirs:
        origin, issuer = (f"http://127.0.0.1:{each.getsockname()[1]}" for each in (ours, theirs))
        server = OAuthServer(issuer)
        async with serving(database, folder, public_url=origin) as service:
            settings = service.parts.settings.model_copy(update={"supabase_url": issuer, "supabase_oauth_server": True})
            service.app.state.parts = replace(service.parts, settings=settings)
            async with running(service.app, ours), running(server.app(), theirs):
                yield service, f"{origin}/mcp", server


async def test_the_official_client_finds_the_oauth_server_and_comes_back_with_a_token(
    database: ClonedDatabase, tmp_path: Path
) -> None:
    async with with_oauth_server(database, tmp_path) as (service, address, server):
        owner = await service.make_person()
        server.token = service.token(owner.user_id, owner.email, client_id="a-client")
        async with (
            httpx2.AsyncClient(auth=by_oauth(address), timeout=20) as http,
            Client(streamable_http_client(address, http_client=http)) as client,
        ):
            assert "create_event" in {tool.name for tool in (await client.list_tools()).tools}
            card = await client.call_tool("create_event", {"name": "By a program", "start_date": START})
            assert card.structured_content is not None
            proposal = card.structured_content["proposal_id"]
        assert server.asked == ["/.well-known/oauth-authorization-server/auth/v1"]
        await _is_good_there_alone(service, owner, server.token, proposal)


async def _is_good_there_alone(service: Service, owner: Person, token: str, proposal: str) -> None:
    program = service.client(token)
    shown = (await owner.client.get(f"/api/proposals/{proposal}")).json()
    yes = await program.post(f"/api/proposals/{proposal}/approve", json={"digest": shown["digest"]})
    for refused in (yes, await program.get("/api/events"), await program.get("/api/auth/me")):
        assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    # Past our doors, over the project's data API, it approves nothing either; the person's own token would.
    claims = {"sub": str(owner.user_id), "role": "authenticated", "client_id": "a-client"}
    approve = "update public.proposals set status = 'approved', decided_by = %s, decided_at = now() where id = %s"
    async with await psycopg.AsyncConnection.connect(service.database.admin_dsn) as connection:
        await connection.execute("set role authenticated")
        await connection.execute("select set_config('request.jwt.claims', %s, true)", (json.dumps(claims),))
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="a program approves nothing"):
            await connection.execute(approve, (owner.user_id, proposal))
        await connection.rollback()
        await connection.execute("set role authenticated")
        del claims["client_id"]
        await connection.execute("select set_config('request.jwt.claims', %s, true)", (json.dumps(claims),))
        assert (await connection.execute(approve, (owner.user_id, proposal))).rowcount == 1


async def test_without_an_oauth_server_only_how_a_token_is_sent_is_told(service: Service) -> None:
    for path in (METADATA, f"{METADATA}/mcp"):
        answer = await service.stranger.get(path, headers={"Origin": "https://inspector.example"})
        assert answer.status_code == 200
        assert answer.headers["access-control-allow-origin"] == "*"
        told: dict[str, Any] = answer.json()
        assert told == {
            "resource": f"{service.parts.greenroom.public_url}/mcp",
            "resource_name": "Greenroom",
            "bearer_methods_supported": ["header"],
        }


async def test_other_doors_challenge_as_before(service: Service) -> None:
    assert (await service.stranger.get("/api/events")).headers["www-authenticate"] == "Bearer"


async def test_a_key_says_who_it_is(service: Service, owner: Person) -> None:
    wanted = {"name": "Reader", "role": "staff", "scopes": ["orders:read", "proposals:read"]}
    made = (await owner.client.post("/api/api-keys", json=wanted)).json()
    holder = service.client(made["key"])
    told = await holder.get("/api/auth/me")
    assert told.status_code == 200, told.text
    me = told.json()
    assert (me["user"]["id"], me["user"]["email"]) == (made["id"], "")
    assert (me["organization"]["id"], me["organization"]["role"]) == (str(owner.org_id), "staff")
    assert me["scopes"] == ["orders:read", "proposals:read"]
    elsewhere = await service.make_person()
    wrong = await holder.get("/api/auth/me", headers={"Greenroom-Organization": str(elsewhere.org_id)})
    assert wrong.status_code == 403
    await owner.client.delete(f"/api/api-keys/{made['id']}")
    assert (await holder.get("/api/auth/me")).status_code in (401, 403)
