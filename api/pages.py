"""The built pages, served from the same origin as the API. Every address that names no file is a page itself."""

from __future__ import annotations

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from api.shop_page import shop_page

_API = ("api", "auth", "o", "healthz", "readyz", "metrics", "openapi.json", "docs")
_SHOP = "e/"
"""What follows names an event: the buyers' page, which is one of its own."""
_NOT_BUILT = "The page is not built. The API is documented at /docs."


class _Page(StaticFiles):
    """Files under `assets/` carry a hash in their name and never change; the rest is asked for again."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder)
        self._shop = folder / "shop.html"

    async def get_response(self, path: str, scope: Scope) -> Response:
        if scope["method"] not in ("GET", "HEAD"):
            raise HTTPException(405, headers={"Allow": "GET, HEAD"})
        if path.split("/")[0] in _API:
            raise HTTPException(404)
        if path.startswith(_SHOP):
            return await shop_page(Request(scope), self._shop, path.removeprefix(_SHOP).partition("/")[0])
        if not Path(path).suffix:
            path = "index.html"
        answer = await super().get_response(path, scope)
        lasting = path.startswith("assets/") and answer.status_code == 200
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable" if lasting else "no-cache"
        return answer


class _Fallback(Mount):
    """Takes every address; but one that a door takes by another method is the door's to refuse."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        match, found = super().matches(scope)
        return (Match.PARTIAL if match is Match.FULL else match), found


def page_routes(folder: Path) -> list[Mount | Route]:
    """The page of `folder`, or one sentence while it is not built."""
    if (folder / "index.html").is_file():
        return [_Fallback("/", _Page(folder), name="page")]

    async def not_built(_: Request) -> Response:
        return Response(_NOT_BUILT, 404, media_type="text/plain")

    return [Route("/", not_built, methods=["GET"])]
