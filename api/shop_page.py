"""The buyers' page with what others are told of it: a title, a sentence and the poster, for whoever shows a link to it."""

from __future__ import annotations

from hashlib import blake2b
from html import escape
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.deps import admit, is_known, peer_of
from api.parts import parts_of
from tools.context import Greenroom
from tools.errors import AppError
from tools.shop import rules
from tools.shop.models import PublicEvent
from tools.shop.reading import stall_of

_TITLE = b"<title>Tickets</title>"
_LONGEST = 200


async def shop_page(request: Request, built: Path, event_id: str) -> Response:
    """The page of `/e/{event}`; `built` is it without tags. Raises HTTPException where it is not built."""
    if not built.is_file():
        raise HTTPException(404)
    content = built.read_bytes()
    parts = parts_of(request)
    try:
        await admit(request, parts.allowances.shop["read"], peer_of(request))
        stall = await stall_of(parts.greenroom, event_id)
    except AppError:
        # Nothing to tell, or too much asked: the page itself says so.
        pass
    else:
        told = _tags(parts.greenroom, rules.event_of(stall.org_id, stall.event))
        content = content.replace(_TITLE, told.encode(), 1)
    tag = f'"{blake2b(content, digest_size=8).hexdigest()}"'
    headers = {"Cache-Control": "no-cache", "ETag": tag}
    if is_known(tag, request.headers.get("if-none-match")):
        return Response(status_code=304, headers=headers)
    return Response(content, 200, headers, "text/html")


def _tags(greenroom: Greenroom, event: PublicEvent) -> str:
    """The Open Graph protocol, ogp.me; addresses are whole there."""
    said = " ".join(event.description.split())
    told = {
        "og:type": "website",
        "og:site_name": event.organizer,
        "og:title": event.name,
        "og:url": f"{greenroom.public_url}/e/{event.id}",
        "og:description": said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1].rstrip()}…",
    }
    if event.poster:
        widest = event.poster.copies[-1]
        told |= {
            "og:image": f"{greenroom.public_url}{widest.url}",
            "og:image:type": "image/webp",
            "og:image:width": str(widest.width),
            "og:image:height": str(widest.height),
            "og:image:alt": event.poster.alt,
        }
    tags = [f'<meta property="{name}" content="{escape(text)}" />' for name, text in told.items() if text]
    if event.poster:
        tags.append('<meta name="twitter:card" content="summary_large_image" />')
    return "\n    ".join([f"<title>{escape(event.name)}</title>", *tags])
