"""The door of payment providers' webhooks: the signature first, then one transaction. Knows no provider's shapes."""

from __future__ import annotations

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.deps import admit, peer_of
from api.edge import MeteredRoute
from api.parts import parts_of
from tools.errors import NotFound
from tools.payments.provider import EventNotVerified
from tools.payments.settling import take_news

HOOK_PATH = "/api/hooks/payments/{provider}"

_log = structlog.get_logger("greenroom.hooks")


def hook_routes() -> list[MeteredRoute]:
    return [MeteredRoute(HOOK_PATH, receive, methods=["POST"])]


async def receive(request: Request) -> Response:
    """200 for everything the provider need not say again; 400 for what is not its message.

    Raises NotFound for a provider that is not ours, EventNotVerified, TooLarge, and what makes a provider try again: Busy, Upstream.
    """
    parts = parts_of(request)
    provider = parts.greenroom.payments
    if provider is None or request.path_params["provider"] != provider.name:
        raise NotFound("No payments come from there.")
    body = await request.body()
    try:
        news = provider.read_event(body, request.headers)
    except EventNotVerified:
        # Whoever sends what is not signed is a stranger, and counted as one; a provider may send as much as it has to say.
        await admit(request, parts.allowances.stranger, peer_of(request))
        raise
    outcome = await take_news(parts.greenroom, provider.name, news)
    _log.info("payment_news", provider=provider.name, event_id=news.event_id, kind=news.kind, outcome=outcome)
    return JSONResponse({"received": True, "outcome": outcome})
