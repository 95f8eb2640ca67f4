"""The routes of who holds the secret key."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from embedded.auth.bodies import AdminChanges, Deletion, LinkOrder, read_body
from embedded.auth.gate import administered, identity_of
from embedded.auth.ground import read_id
from embedded.auth.problems import invalid
from embedded.auth.routes import redirect_of

_MOST_PER_PAGE = 1000
_HIGHEST_PAGE = 1_000_000


def admin_routes() -> list[Route]:
    return [
        Route("/admin/users", administered(_list_users), methods=["GET"]),
        Route("/admin/users", administered(_create_user), methods=["POST"]),
        Route("/admin/users/{user_id}", administered(_user_by_id), methods=["GET"]),
        Route("/admin/users/{user_id}", administered(_change_user), methods=["PUT"]),
        Route("/admin/users/{user_id}", administered(_delete_user), methods=["DELETE"]),
        Route("/admin/generate_link", administered(_generate_link), methods=["POST"]),
        Route("/invite", administered(_invite), methods=["POST"]),
    ]


async def _list_users(request: Request) -> Response:
    page = _count(request, "page", default=1, most=_HIGHEST_PAGE)
    per_page = _count(request, "per_page", default=50, most=_MOST_PER_PAGE)
    users, total = await identity_of(request).administration.page(page=page, per_page=per_page)
    headers = {"x-total-count": str(total), "link": _links(page, per_page, total)}
    return JSONResponse({"users": users, "aud": "authenticated"}, headers=headers)


async def _create_user(request: Request) -> Response:
    return JSONResponse(await identity_of(request).administration.create(await read_body(request, AdminChanges)))


async def _user_by_id(request: Request) -> Response:
    return JSONResponse(await identity_of(request).administration.by_id(_user_id(request)))


async def _change_user(request: Request) -> Response:
    changes = await read_body(request, AdminChanges)
    return JSONResponse(await identity_of(request).administration.change(_user_id(request), changes))


async def _delete_user(request: Request) -> Response:
    deletion = await read_body(request, Deletion)
    await identity_of(request).administration.delete(_user_id(request), keep_row=deletion.should_soft_delete)
    return JSONResponse({})


async def _generate_link(request: Request) -> Response:
    order = await read_body(request, LinkOrder)
    answer = await identity_of(request).administration.generate_link(order, redirect_of(request, order.redirect_to))
    return JSONResponse(answer, headers={"Cache-Control": "no-store"})


async def _invite(request: Request) -> Response:
    order = await read_body(request, LinkOrder)
    return JSONResponse(await identity_of(request).administration.invite(order, redirect_of(request)))


def _links(page: int, per_page: int, total: int) -> str:
    """Where the next and the last page are, as clients of Supabase read it."""
    last = -(-total // per_page)

    def link(number: int, relation: str) -> str:
        return f'</admin/users?{urlencode({"page": number, "per_page": per_page})}>; rel="{relation}"'

    return ", ".join(([link(page + 1, "next")] if page < last else []) + [link(last, "last")])


def _user_id(request: Request) -> UUID:
    return read_id(request.path_params["user_id"])


def _count(request: Request, name: str, *, default: int, most: int) -> int:
    text = request.query_params.get(name) or str(default)
    # `isdecimal` before `int`: no sign, no underscore, and a short text, so no slow parse.
    if not (text.isascii() and text.isdecimal() and len(text) <= 7 and 1 <= int(text) <= most):
        raise invalid(f"{name} must be a whole number from 1 to {most}")
    return int(text)
