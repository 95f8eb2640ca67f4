"""The page of an order for its buyer, behind their link: tickets, paying, passing a ticket on. No script, no cookie, no sign-in."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from hashlib import blake2b
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote, urlsplit
from uuid import UUID

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.deps import admit, peer_of
from api.edge import MeteredRoute
from api.limits import Bucket
from api.orders_page_view import message_page, order_page
from api.parts import parts_of
from api.problems import UnsupportedMediaType, request_id_of
from tools.attendees.documents.models import Attachment, OrderPapers
from tools.attendees.links import PAGE
from tools.attendees.models import MailAddress, PersonName
from tools.attendees.papers import calendar_file, tickets_file, tickets_link
from tools.attendees.self_service import open_order, rename_by_buyer, transfer_by_buyer
from tools.cancellations.choosing import choose_refund, refund_choice_of
from tools.cancellations.models import Choice
from tools.context import Greenroom
from tools.errors import AppError, InvalidInput, NotFound, Upstream
from tools.payments.operations import start_checkout_payment

_STYLE = (Path(__file__).parent / "templates" / "order.css").read_bytes()
_STYLE_ADDRESS = f"{PAGE}order.{blake2b(_STYLE, digest_size=6).hexdigest()}.css"
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
}
_VISITS = Bucket("order-page", 120)
# Each may send a mail or ask the provider; nobody passes on twenty tickets a minute by hand.
_CHANGES = Bucket("order-changes", 20)
_FIELDS = 4
_LONGEST_TOKEN = 200

Answer = Callable[[Request, OrderPapers], Awaitable[Response]]
Done = Literal["name", "transfer", "choice"]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Name(_Form):
    ticket: UUID
    name: PersonName


class _Transfer(_Name):
    email: MailAddress


class _Choice(_Form):
    choice: Choice


def order_page_routes() -> list[MeteredRoute]:
    address = PAGE + "{token}"
    return [
        MeteredRoute(_STYLE_ADDRESS, _style, methods=["GET"]),
        MeteredRoute(address, _visited(_show), methods=["GET"]),
        MeteredRoute(address + "/tickets.pdf", _visited(_tickets), methods=["GET"]),
        MeteredRoute(address + "/event.ics", _visited(_calendar), methods=["GET"]),
        MeteredRoute(address + "/name", _visited(_rename, changes=True), methods=["POST"]),
        MeteredRoute(address + "/transfer", _visited(_transfer, changes=True), methods=["POST"]),
        MeteredRoute(address + "/choice", _visited(_choose, changes=True), methods=["POST"]),
        MeteredRoute(address + "/pay", _visited(_pay, changes=True), methods=["POST"]),
    ]


def _visited(answer: Answer, *, changes: bool = False) -> Callable[[Request], Awaitable[Response]]:
    """The door before every page: who knocks too often waits, who has no good link hears nothing."""

    async def opened(request: Request) -> Response:
        try:
            await admit(request, parts_of(request).allowances.stranger, peer_of(request))
            papers = await open_order(_greenroom(request), _token(request))
            await admit(request, _CHANGES if changes else _VISITS, str(papers.id))
        except AppError as refused:
            return await _refused(refused)
        try:
            return await answer(request, papers)
        except (AppError, ValidationError) as refused:
            status = refused.status if isinstance(refused, AppError) else InvalidInput.status
            # What is shown is as it is now, not as it was before the attempt.
            papers = await open_order(_greenroom(request), _token(request))
            return await _page(request, papers, status=status, problem=_kind_of(status))

    return opened


async def _show(request: Request, papers: OrderPapers) -> Response:
    return await _page(request, papers)


async def _tickets(request: Request, papers: OrderPapers) -> Response:
    try:
        link = await tickets_link(_greenroom(request), papers)
    except Upstream:
        # Tickets are wanted at the door, whether or not the file server is well.
        link = None
    if link is not None:
        return RedirectResponse(link, 303, _HEADERS)
    found = await tickets_file(_greenroom(request), papers)
    if found is None:
        raise NotFound("There are no valid tickets.")
    return _file(found)


async def _calendar(_: Request, papers: OrderPapers) -> Response:
    return _file(await calendar_file(papers))


async def _rename(request: Request, papers: OrderPapers) -> Response:
    form = _Name.model_validate(await _form(request))
    await rename_by_buyer(_greenroom(request), _token(request), form.ticket, form.name, request_id_of(request.scope))
    return _back(request, "name")


async def _transfer(request: Request, papers: OrderPapers) -> Response:
    form = _Transfer.model_validate(await _form(request))
    request_id = request_id_of(request.scope)
    await transfer_by_buyer(_greenroom(request), _token(request), form.ticket, form.name, form.email, request_id)
    return _back(request, "transfer")


async def _choose(request: Request, papers: OrderPapers) -> Response:
    form = _Choice.model_validate(await _form(request))
    await choose_refund(_greenroom(request), papers.id, form.choice)
    return _back(request, "choice")


async def _pay(request: Request, papers: OrderPapers) -> Response:
    greenroom = _greenroom(request)
    back = f"{greenroom.public_url}{_base(request)}?paid=1"
    payment = await start_checkout_payment(greenroom, papers.id, return_url=back)
    if payment.pay_url is None or urlsplit(payment.pay_url).scheme not in ("http", "https"):
        return await _page(request, papers, status=503, problem="not_now")
    # A page that goes on by itself: a redirect after a form would have to name the provider's address in the form policy.
    content = await asyncio.to_thread(
        message_page,
        _STYLE_ADDRESS,
        papers.locale,
        "On to the payment",
        "The payment page opens by itself.",
        payment.pay_url,
    )
    return Response(content, 200, _HEADERS, "text/html")


async def _style(_: Request) -> Response:
    return Response(_STYLE, 200, {"Cache-Control": "public, max-age=31536000, immutable"}, "text/css")


async def _page(request: Request, papers: OrderPapers, *, status: int = 200, problem: str | None = None) -> Response:
    greenroom = _greenroom(request)
    content = await asyncio.to_thread(
        order_page,
        greenroom,
        papers,
        # Who paid nothing has nothing to choose.
        await refund_choice_of(greenroom, papers.id) if papers.paid_amount else None,
        base=_base(request),
        stylesheet=_STYLE_ADDRESS,
        payable=greenroom.payments is not None,
        waits="paid" in request.query_params,
        notice=problem or request.query_params.get("done"),
    )
    return Response(content, status, _HEADERS, "text/html")


async def _refused(refused: AppError) -> Response:
    """One page for every link that is not good, and one for who knocks too often."""
    if isinstance(refused, NotFound):
        title, text = "This link leads to nothing", "Open the newest link you were sent, or ask the organiser for one."
    else:
        title, text = "One moment, please", "This page was asked for too often. Try again in a minute."
    content = await asyncio.to_thread(message_page, _STYLE_ADDRESS, "en", title, text)
    waits = {"Retry-After": str(refused.retry_after)} if refused.retry_after else {}
    return Response(content, refused.status, _HEADERS | waits, "text/html")


def _kind_of(status: int) -> str:
    return "check" if status == InvalidInput.status else "not_now" if status >= 500 else "changed"


async def _form(request: Request) -> dict[str, Any]:
    """The fields of a plain form. Raises UnsupportedMediaType."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        raise UnsupportedMediaType()
    async with request.form(max_fields=_FIELDS) as form:
        return dict(form)


def _file(found: Attachment) -> Response:
    # The name is made of the order's number: letters, digits and dashes.
    return Response(
        found.content, 200, _HEADERS | {"Content-Disposition": f'attachment; filename="{found.name}"'}, found.mime
    )


def _back(request: Request, done: Done) -> Response:
    return RedirectResponse(f"{_base(request)}?done={done}", 303, _HEADERS)


def _greenroom(request: Request) -> Greenroom:
    return parts_of(request).greenroom


def _token(request: Request) -> str:
    token: str = request.path_params["token"]
    return token[:_LONGEST_TOKEN]


def _base(request: Request) -> str:
    return PAGE + quote(_token(request), safe="")
