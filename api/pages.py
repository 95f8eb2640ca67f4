"""The built pages, served from the same origin as the API. Every address that names no file is a page itself."""

from __future__ import annotations

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_API = ("api", "auth", "o", "healthz", "readyz", "metrics", "openapi.json", "docs")
_SHOP = "e/"
"""What follows names an event: the buyers' page, which is one of its own."""
_NOT_BUILT = "The page is not built. The API is documented at /docs."


class _Page(StaticFiles):
    """Files under `assets/` carry a hash in their name and never change; the rest is asked for again."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        if path.split("/")[0] in _API:
            raise HTTPException(404)
        if path.startswith(_SHOP):
            path = "shop.html"
        elif not Path(path).suffix:
            path = "index.html"
        answer = await super().get_response(path, scope)
        lasting = path.startswith("assets/") and answer.status_code == 200
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable" if lasting else "no-cache"
        return answer


def page_routes(folder: Path) -> list[Mount | Route]:
    """The page of `folder`, or one sentence while it is not built."""
    if (folder / "index.html").is_file():
        return [Mount("/", _Page(directory=folder), name="page")]

    async def not_built(_: Request) -> Response:
        return Response(_NOT_BUILT, 404, media_type="text/plain")

    return [Route("/", not_built, methods=["GET"])]
