"""The sandbox on a port of its own, reached as Stripe is: by the official client, over real HTTP. Holds no test."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import stripe
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from embedded.payments import SandboxSettings, create_payments_app, prepare_payments
from tests.postgres import ClonedDatabase

KEY, HOOK_SECRET = "sk_sandbox_for_tests", "whsec_for_tests"
PATH = "/sandbox/payments"


@dataclass
class Shopkeeper:
    """The other side of the webhooks; says no to the first `refuse` of them."""

    refuse: int = 0
    heard: list[tuple[bytes, str]] = field(default_factory=list)

    async def hear(self, request: Request) -> Response:
        self.heard.append((await request.body(), request.headers["stripe-signature"]))
        self.refuse -= 1
        return Response(status_code=500 if self.refuse >= 0 else 200)


@dataclass(frozen=True)
class RunningSandbox:
    url: str
    database: ClonedDatabase
    shopkeeper: Shopkeeper

    def client(self, *, key: str = KEY, timeout: float = 10) -> stripe.StripeClient:
        """The official client as it comes, without retries."""
        return stripe.StripeClient(
            key,
            base_addresses={"api": self.url},
            http_client=stripe.HTTPXClient(timeout=timeout),
            max_network_retries=0,
        )

    def turn(self, **knobs: Any) -> None:
        answer = httpx.put(f"{self.url}/control/knobs", json=knobs, headers={"Authorization": f"Bearer {KEY}"})
        assert answer.status_code == 200, answer.text


@contextmanager
def running_sandbox(database: ClonedDatabase) -> Iterator[RunningSandbox]:
    prepare_payments(database.admin_dsn)
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}{PATH}"
    shopkeeper = Shopkeeper()
    settings = SandboxSettings(
        url=url,
        api_key=KEY,
        webhook_secret=HOOK_SECRET,
        hook_url="http://greenroom.test/hook",
        transport=httpx.ASGITransport(Starlette(routes=[Route("/hook", shopkeeper.hear, methods=["POST"])])),
        retry_seconds=(0.05,),
        look_seconds=0.05,
    )
    sandbox = create_payments_app(database.admin_dsn, settings)
    app = Starlette(routes=[Mount(PATH, sandbox)], lifespan=lambda _: sandbox.router.lifespan_context(sandbox))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="on", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started:
        assert time.monotonic() < until, "the sandbox did not start"
        time.sleep(0.01)
    try:
        yield RunningSandbox(url, database, shopkeeper)
    finally:
        server.should_exit = True
        thread.join(20)
        listener.close()
