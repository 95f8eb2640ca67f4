"""A receiver of webhooks on this machine that answers as the test says, and an office that tells it things. Holds no test."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from standardwebhooks import Webhook as Verifier

from tests.office import Office
from tools.mails.relaying import relay
from tools.webhooks.delivering import claim, deliver
from tools.webhooks.posting import Poster


@dataclass(frozen=True)
class Message:
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    def checked(self, secret: str) -> dict[str, Any]:
        """What it says, once the standard's own package has checked who says it."""
        said: dict[str, Any] = Verifier(secret).verify(self.body, self.headers)
        return said


@dataclass
class Receiver:
    """Keeps every message; `answers` are the statuses of the next ones, then 204."""

    port: int = 0
    answers: list[int] = field(default_factory=list)
    answer_headers: str = ""
    answer_body: bytes = b""
    slow_seconds: float = 0.0
    messages: list[Message] = field(default_factory=list)
    closed: asyncio.Event = field(default_factory=asyncio.Event)

    def url(self, path: str = "/hook") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            self.messages.append(Message(head[0].split(" ")[1], headers, body))
            if self.slow_seconds:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.closed.wait(), self.slow_seconds)
            status = self.answers.pop(0) if self.answers else 204
            lines = f"HTTP/1.1 {status} Said\r\ncontent-length: {len(self.answer_body)}\r\n{self.answer_headers}\r\n"
            writer.write(lines.encode() + self.answer_body)
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            writer.close()


@asynccontextmanager
async def receiving(**settings: Any) -> AsyncIterator[Receiver]:
    receiver = Receiver(**settings)
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        receiver.closed.set()
        server.close()


@dataclass(frozen=True)
class Newsroom:
    """An office whose webhooks may lead to this machine."""

    office: Office

    async def hook(self, url: str, *kinds: str) -> Any:
        return await self.office.do("create_webhook", url=url, kinds=list(kinds))

    def happened(self, kind: str, *subjects: UUID) -> None:
        """Rows of the outbox, as business transactions would leave them."""
        self.office.sql(
            "insert into public.outbox (org_id, kind, subject_id) select %s, %s, subject from unnest(%s::uuid[]) subject",
            self.office.org_id, kind, list(subjects),
        )  # fmt: skip

    async def relayed(self) -> None:
        while await relay(self.office.greenroom):
            pass

    async def posted(self, poster: Poster | None = None) -> int:
        """Relays what happened and posts all that is due, without a worker. Answers how many were attempted."""
        await self.relayed()
        poster, attempted = poster or Poster(), 0
        while claimed := await claim(self.office.greenroom, 100, 30):
            await asyncio.gather(*(deliver(self.office.greenroom, poster, due) for due in claimed))
            attempted += len(claimed)
        return attempted

    def due_now(self) -> None:
        """As if the time until the next attempt had passed."""
        self.office.sql(
            "update public.webhook_deliveries set next_attempt_at = now(), claimed_until = null where next_attempt_at is not null"
        )

    def log(self) -> list[tuple[Any, ...]]:
        """Kind, end, attempts, status and reason of each delivery, the oldest first."""
        return self.office.sql(
            "select kind, case when delivered_at is not null then 'delivered' when given_up_at is not null then 'given_up'"
            " else 'waiting' end, attempts, last_status, last_error from public.webhook_deliveries where org_id = %s"
            " order by created_at, outbox_id",
            self.office.org_id,
        )


def newsroom(office: Office, *, loopback: bool = True) -> Newsroom:
    return Newsroom(replace(office, greenroom=replace(office.greenroom, loopback_webhooks=loopback)))
