"""The HTTP face of the sandbox: Stripe's API as far as Checkout needs it, the pay page, and the knobs."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from hashlib import sha256
from typing import Any, cast

import psycopg
from psycopg_pool import AsyncConnectionPool, PoolTimeout
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from embedded.payments.bodies import Listing, NewRefund, NewSession, Nothing, read_form
from embedded.payments.courier import Courier
from embedded.payments.ledger import How, Ledger, Page, Pool, Row
from embedded.payments.pages import pay_page
from embedded.payments.problems import SandboxProblem
from embedded.payments.settings import Knobs, SandboxSettings
from embedded.payments.shapes import list_shape

_Endpoint = Callable[[Request], Awaitable[Response]]
_BY_BUTTON: dict[str, How] = {"pay": "pay", "fail": "fail", "late": "late"}


class _Lost(JSONResponse):
    """An answer whose connection breaks: the caller can not know what became of the call."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        await send({"type": "http.response.body", "body": self.body[:1], "more_body": True})
        raise ConnectionResetError("the sandbox loses this answer on demand")


def create_payments_app(pool_or_dsn: Pool | str, settings: SandboxSettings) -> Starlette:
    """The app to mount at `settings.url`.

    Given an admin DSN it opens a small pool of its own in its lifespan, which also delivers the webhooks: whoever mounts it
    enters `app.router.lifespan_context(app)`. A pool that is handed in stays the caller's to open and close.
    """
    pool = _own_pool(pool_or_dsn) if isinstance(pool_or_dsn, str) else pool_or_dsn
    ledger = Ledger(pool, settings.url)
    courier = Courier(ledger, settings)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        if pool is not pool_or_dsn:
            await pool.open()
        rounds = asyncio.create_task(courier.run(), name="sandbox webhooks")
        try:
            yield
        finally:
            rounds.cancel()
            with suppress(asyncio.CancelledError):
                await rounds
            if pool is not pool_or_dsn:
                await pool.close()

    app = Starlette(
        routes=_routes(),
        lifespan=lifespan,
        exception_handlers={
            SandboxProblem: _refused,
            HTTPException: _not_routed,
            PoolTimeout: _unavailable,
            psycopg.Error: _unavailable,
        },
    )
    app.state.ledger, app.state.courier, app.state.settings = ledger, courier, settings
    return app


def _own_pool(dsn: str) -> Pool:
    return AsyncConnectionPool(
        dsn, min_size=1, max_size=6, timeout=10, open=False, kwargs={"autocommit": True, "application_name": "sandbox"}
    )


def _routes() -> list[Route]:
    api = [
        ("/v1/checkout/sessions", "POST", _open_session),
        ("/v1/checkout/sessions", "GET", _list_sessions),
        ("/v1/checkout/sessions/{id}", "GET", _session),
        ("/v1/checkout/sessions/{id}/expire", "POST", _expire_session),
        ("/v1/payment_intents/{id}", "GET", _intent),
        ("/v1/refunds", "POST", _refund),
        ("/v1/refunds", "GET", _list_refunds),
        ("/v1/refunds/{id}", "GET", _refund_by_id),
    ]
    control = [("/control/knobs", "GET", _knobs), ("/control/knobs", "PUT", _turn)]
    return [
        *(Route(path, _keyed(_troubled(endpoint)), methods=[method]) for path, method, endpoint in api),
        *(Route(path, _keyed(endpoint), methods=[method]) for path, method, endpoint in control),
        Route("/pay/{id}", _pay_page, methods=["GET"]),
        Route("/pay/{id}", _pay, methods=["POST"]),
    ]


async def _open_session(request: Request) -> Response:
    return await _write(request, NewSession, lambda page, wanted: page.open_session(cast(NewSession, wanted)))


async def _expire_session(request: Request) -> Response:
    return await _write(request, Nothing, lambda page, _: page.expire(_id(request)))


async def _refund(request: Request) -> Response:
    return await _write(request, NewRefund, lambda page, wanted: page.refund(cast(NewRefund, wanted)))


async def _session(request: Request) -> Response:
    async with _ledger(request).page() as page:
        return JSONResponse(await page.session(_id(request)))


async def _intent(request: Request) -> Response:
    async with _ledger(request).page() as page:
        return JSONResponse(await page.intent(_id(request)))


async def _refund_by_id(request: Request) -> Response:
    async with _ledger(request).page() as page:
        return JSONResponse(await page.refund_by_id(_id(request)))


async def _list_sessions(request: Request) -> Response:
    wanted = read_form(request.url.query, Listing)
    async with _ledger(request).page() as page:
        found, more = await page.sessions(wanted)
    return JSONResponse(list_shape("/v1/checkout/sessions", found, more=more))


async def _list_refunds(request: Request) -> Response:
    wanted = read_form(request.url.query, Listing)
    async with _ledger(request).page() as page:
        found, more = await page.refunds(wanted)
    return JSONResponse(list_shape("/v1/refunds", found, more=more))


async def _write(request: Request, model: type[Any], call: Callable[[Page, Any], Awaitable[Row]]) -> Response:
    """A call that changes something: once per idempotency key, and lost on demand after it was done."""
    raw = await request.body()
    wanted = read_form(raw, model)
    key = request.headers.get("idempotency-key")
    if key is not None and not 1 <= len(key) <= 255:
        raise SandboxProblem(400, "Idempotency keys have 1 to 255 characters.", kind="idempotency_error")
    ledger = _ledger(request)
    fingerprint = sha256(request.url.path.encode() + b"\0" + raw).hexdigest()
    async with ledger.page() as page:
        answer, replayed = await page.once(key, fingerprint, lambda: call(page, wanted))
    request.app.state.courier.wake()
    headers = {"Idempotent-Replayed": "true"} if replayed else {}
    return (_Lost if await ledger.use("lose_answers") else JSONResponse)(answer, headers=headers)


async def _pay_page(request: Request) -> Response:
    async with _ledger(request).page() as page:
        row = await page.session_row(_id(request))
        knobs = await page.knobs()
    body = pay_page(row, late_seconds=knobs.late_seconds, declined="declined" in request.query_params)
    return HTMLResponse(body, headers={"Cache-Control": "no-store"})


async def _pay(request: Request) -> Response:
    form = (await request.body())[:100].decode("ascii", "replace")
    how = _BY_BUTTON.get(form.removeprefix("how="))
    if how is None:
        raise SandboxProblem(400, "Press one of the buttons.")
    async with _ledger(request).page() as page:
        row = await page.session_row(_id(request))
        came_of_it = await page.pay(row["id"], how)
    request.app.state.courier.wake()
    settings = cast(SandboxSettings, request.app.state.settings)
    here = f"{settings.url}/pay/{row['id']}"
    after = {"paid": row["success_url"], "late": row["success_url"], "declined": f"{here}?declined", "over": here}
    return RedirectResponse(after[came_of_it], status_code=303)


async def _knobs(request: Request) -> Response:
    return JSONResponse((await _ledger(request).knobs()).model_dump())


async def _turn(request: Request) -> Response:
    try:
        knobs = Knobs.model_validate_json(await request.body())
    except ValidationError:
        raise SandboxProblem(400, "No such knob, or not a value of it.") from None
    await _ledger(request).turn(knobs)
    request.app.state.courier.wake()
    return JSONResponse(knobs.model_dump())


def _keyed(endpoint: _Endpoint) -> _Endpoint:
    """Let in who sends the secret key as a bearer token."""

    async def guarded(request: Request) -> Response:
        settings = cast(SandboxSettings, request.app.state.settings)
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not hmac.compare_digest(
            key.encode("utf-8", "replace"), settings.api_key.encode()
        ):
            raise SandboxProblem(401, "Invalid API Key provided.")
        return await endpoint(request)

    return guarded


def _troubled(endpoint: _Endpoint) -> _Endpoint:
    """Slow, or lost on the way in, when the knobs say so."""

    async def guarded(request: Request) -> Response:
        ledger = _ledger(request)
        knobs = await ledger.knobs()
        if knobs.delay_seconds:
            await asyncio.sleep(knobs.delay_seconds)
        if knobs.lose_requests and request.method == "POST" and await ledger.use("lose_requests"):
            return _Lost({})
        return await endpoint(request)

    return guarded


def _ledger(request: Request) -> Ledger:
    return cast(Ledger, request.app.state.ledger)


def _id(request: Request) -> str:
    named = str(request.path_params["id"])
    # Postgres keeps no NUL; no id has one.
    return named.replace("\x00", "")


async def _refused(_: Request, problem: Exception) -> Response:
    assert isinstance(problem, SandboxProblem)
    return JSONResponse(problem.body(), status_code=problem.status)


async def _not_routed(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return JSONResponse(SandboxProblem(error.status_code, error.detail).body(), status_code=error.status_code)


async def _unavailable(_: Request, __: Exception) -> Response:
    return JSONResponse(
        SandboxProblem(503, "The sandbox's database did not answer.", kind="api_error").body(), status_code=503
    )
