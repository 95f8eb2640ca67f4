"""A small box office and the ways its mail can go: caught, refused, or given to a mail server that obeys the test. Holds no test."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from uuid import UUID, uuid4

from tests.office import Office
from tools.mails.relaying import relay
from tools.mails.sending import Post, send_mail
from tools.mails.transport import MailTransport
from tools.store.addresses import RECIPIENT

START, END = "2030-12-12T19:00:00+01:00", "2030-12-12T22:00:00+01:00"


@dataclass
class Outbox:
    """A transport that keeps everything, as often as it comes."""

    messages: list[EmailMessage] = field(default_factory=list)

    async def send(self, message: EmailMessage) -> None:
        self.messages.append(message)


@dataclass(frozen=True)
class BoxOffice:
    """An organisation with one event on sale."""

    office: Office
    event: UUID
    ticket_type: UUID

    async def sell(self, buyer: str = "Ann <ann@example.org>", **more: object) -> UUID:
        sale = {"event": str(self.event), "ticket_type": str(self.ticket_type), "quantity": 1} | more
        sold = await self.office.do("sell_tickets", **sale, buyer=buyer)
        order: UUID = sold.id
        return order

    async def relayed(self) -> None:
        while await relay(self.office.greenroom):
            pass

    async def posted(self, transport: MailTransport | None = None) -> Outbox:
        """Relays what happened and sends all that waits, without a worker. Answers what was kept here."""
        await self.relayed()
        kept = Outbox()
        for (mail,) in self.office.sql("select id from public.mails where status = 'queued' order by created_at, id"):
            await send_mail(self.office.greenroom, Post(transport or kept, "tickets@example.net"), mail)
        return kept

    def mails(self) -> list[tuple[str, str, str]]:
        return [
            (kind, self.office.address(RECIPIENT, mail, recipient), status)
            for mail, kind, recipient, status in self.office.sql(
                "select id, kind, recipient, status from public.mails where org_id = %s order by created_at, dedupe_key",
                self.office.org_id,
            )
        ]

    def happened(self, kind: str, subject: UUID) -> None:
        """A row of the outbox, as a business transaction would leave it."""
        self.office.sql(
            "insert into public.outbox (org_id, kind, subject_id, event_id) values (%s, %s, %s, %s)",
            self.office.org_id, kind, subject, self.event,
        )  # fmt: skip


async def open_box_office(office: Office, *, name: str = "Winter Gala", size: int = 1000) -> BoxOffice:
    event = await office.do("create_event", name=name, start_date=START, end_date=END)
    made = await office.do("create_ticket_type", event=str(event.id), name="Stalls", price_amount=2500, quantity=size)
    return BoxOffice(office, event.id, made.id)


def plain_order(box: BoxOffice, *, email: str, status: str = "paid", name: str = "Ann", locale: str = "en") -> UUID:
    """An order's row alone, where the counter is not what is tested."""
    order = uuid4()
    box.office.sql(
        "insert into public.orders (id, org_id, event_id, number, buyer_name, buyer_email, status, currency, total_amount, paid_amount,"
        " paid_at, cancelled_at, locale) values (%s, %s, %s, %s, %s, %s, %s, 'EUR', 2500, %s,"
        " case when %s = 'paid' then now() end, case when %s = 'cancelled' then now() end, %s)",
        order, box.office.org_id, box.event, order.hex[:12].upper(), name, email, status, 2500 if status == "paid" else 0, status, status,
        locale,
    )  # fmt: skip
    return order


@dataclass
class MailServer:
    """Speaks enough SMTP for one client at a time; `answers` are what it says after DATA, then 250."""

    port: int
    answers: list[str] = field(default_factory=list)
    recipient_answer: str = "250 OK"
    accepted: list[EmailMessage] = field(default_factory=list)
    connections: int = 0


@asynccontextmanager
async def mail_server() -> AsyncIterator[MailServer]:
    state = MailServer(0)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        state.connections += 1
        writer.write(b"220 here\r\n")
        while line := await reader.readline():
            match line.split()[0].upper() if line.split() else b"":
                case b"EHLO" | b"HELO":
                    answer = "250 SMTPUTF8"
                case b"RCPT":
                    answer = state.recipient_answer
                case b"DATA":
                    writer.write(b"354 go on\r\n")
                    text = await reader.readuntil(b"\r\n.\r\n")
                    answer = state.answers.pop(0) if state.answers else "250 OK"
                    if answer.startswith("250"):
                        message = message_from_bytes(text[:-5], policy=SMTP)
                        assert isinstance(message, EmailMessage)
                        state.accepted.append(message)
                case b"QUIT":
                    writer.write(b"221 bye\r\n")
                    break
                case _:
                    answer = "250 OK"
            writer.write(answer.encode() + b"\r\n")
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    state.port = server.sockets[0].getsockname()[1]
    try:
        yield state
    finally:
        server.close()
