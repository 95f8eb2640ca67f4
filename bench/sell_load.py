"""Posts orders over keep-alive connections and prints what was acknowledged: `python -m bench.sell_load WORK`, WORK being JSON.

Bytes in, bytes out: a full HTTP client would cost more than the server under test on the cores they share.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from typing import Any
from uuid import uuid4

import uvloop


class Buyer(asyncio.Protocol):
    """One connection that posts the next order as soon as the last was answered."""

    def __init__(self, work: dict[str, Any], number: int, until: float, heard: dict[str, Any]) -> None:
        self._number = number
        self._until = until
        self._heard = heard
        self._buffer = b""
        self._asked = 0.0
        self._turn = number
        self._heads = b"".join((
            b"POST /api/orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer ",
            work["tokens"][number % len(work["tokens"])].encode(),
            b"\r\nIdempotency-Key: ",
        ))  # fmt: skip
        self._bodies = [
            json.dumps({
                "event": work["event"], "ticket_type": ticket_type, "quantity": work["quantity"], "payment_method": "card",
                "buyer": f"Buyer {number} <b{number}@example.org>",
            }).encode()
            for ticket_type in work["ticket_types"]
        ]  # fmt: skip
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport
        self._post()

    def _post(self) -> None:
        body = self._bodies[self._turn % len(self._bodies)]
        self._turn += 1
        self._asked = time.monotonic()
        key = uuid4().hex.encode()
        self._transport.write(self._heads + key + b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, found, rest = self._buffer.partition(b"\r\n\r\n")
        if not found:
            return
        length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n", 1)[0])
        if len(rest) < length:
            return
        self._buffer = rest[length:]
        status = head[9:12].decode()
        self._heard["statuses"][status] = self._heard["statuses"].get(status, 0) + 1
        if status == "201":
            self._heard["waits"].append(time.monotonic() - self._asked)
        elif len(self._heard["problems"]) < 3:
            self._heard["problems"].append(rest[:length].decode())
        if time.monotonic() < self._until:
            self._post()
        else:
            self._transport.close()

    def connection_lost(self, _: Exception | None) -> None:
        if not self.ended.done():
            self.ended.set_result(None)


async def load(work: dict[str, Any], seconds: float) -> dict[str, Any]:
    heard: dict[str, Any] = {"waits": [], "statuses": {}, "problems": []}
    loop = asyncio.get_running_loop()
    began = time.monotonic()
    buyers = []
    for number in range(work["clients"]):
        port = work["ports"][number % len(work["ports"])]
        _, buyer = await loop.create_connection(
            lambda n=number: Buyer(work, n, began + seconds, heard), "127.0.0.1", port
        )
        buyers.append(buyer)
    await asyncio.gather(*(buyer.ended for buyer in buyers))
    return heard | {"seconds": time.monotonic() - began}


async def main() -> dict[str, Any]:
    work = json.loads(sys.argv[1])
    await load(work, 0.7)
    before = time.process_time()
    heard = await load(work, work["seconds"])
    return heard | {"cpu": time.process_time() - before}


if __name__ == "__main__":
    measured = json.dumps(uvloop.run(main()))
    os.set_blocking(
        sys.stdout.fileno(), True
    )  # The loop leaves the pipe otherwise, and what it can not take at once is lost.
    print(measured)
