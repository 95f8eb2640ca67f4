"""A real database per case, with the organisation the utterances speak of already in it. Scores nothing."""

from __future__ import annotations

import itertools
import json
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from langchain_core.messages import AIMessage
from psycopg import sql

from embedded.postgres import EmbeddedPostgres
from evals.dataset import Case, SentFile, World
from tools.catalog import CATALOG
from tools.context import Caller, Greenroom
from tools.kit.paging import CursorSigner
from tools.organizations.models import CreateOrganization
from tools.organizations.operations import create_organization
from tools.store.database import Database
from tools.store.migrations import migrate

MIGRATIONS = Path(__file__).parent.parent / "supabase" / "migrations"
TEMPLATE = "evals_template"


@dataclass(frozen=True, slots=True)
class Stage:
    """One organisation on one database."""

    greenroom: Greenroom
    caller: Caller
    admin_dsn: str

    async def do(self, operation: str, data: dict[str, Any]) -> Any:
        call = CATALOG[operation]
        return await call(self.greenroom, self.caller, call.input.model_validate(data))

    def sql(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.admin_dsn, autocommit=True) as connection:
            cursor = connection.execute(query.encode(), values)
            return cursor.fetchall() if cursor.description else []


class Theatre:
    """A cluster of its own in a temporary folder; `stage()` gives a fresh copy of the prepared database."""

    def __init__(self, server: EmbeddedPostgres) -> None:
        self._server = server
        self._numbers = itertools.count(1)
        self._admin = psycopg.connect(server.dsn("postgres", user="postgres"), autocommit=True)
        self._admin.execute(sql.SQL("create database {}").format(sql.Identifier(TEMPLATE)))
        server.prepare(TEMPLATE)
        migrate(server.dsn(TEMPLATE, user="postgres"), MIGRATIONS)

    @asynccontextmanager
    async def stage(self, world: World, case: Case) -> AsyncIterator[Stage]:
        name = f"case_{next(self._numbers)}"
        copy = sql.SQL("create database {} template {} strategy file_copy")
        self._admin.execute(copy.format(sql.Identifier(name), sql.Identifier(TEMPLATE)))
        database = Database(self._server.dsn(name, user="greenroom"), pool_size=2)
        await database.open()
        try:
            greenroom = Greenroom(database, CATALOG, CursorSigner("evals sign nothing that is kept"))
            stage = await _found(greenroom, self._server.dsn(name, user="postgres"), world)
            await _furnish(stage, world, case)
            yield stage
        finally:
            await database.close()
            self._admin.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))

    def close(self) -> None:
        self._admin.close()


@contextmanager
def open_theatre() -> Iterator[Theatre]:
    with tempfile.TemporaryDirectory(prefix="greenroom-evals-") as folder:
        server = EmbeddedPostgres.start(Path(folder), fast=True)
        theatre = Theatre(server)
        try:
            yield theatre
        finally:
            theatre.close()
            server.stop()


async def _found(greenroom: Greenroom, admin_dsn: str, world: World) -> Stage:
    caller = Caller(user_id=uuid4(), email="organiser@example.com")
    stage = Stage(greenroom, caller, admin_dsn)
    stage.sql("insert into auth.users (id, email) values (%s, %s)", caller.user_id, caller.email)
    wanted = CreateOrganization(name="Canal Events", timezone=world.timezone, currency=world.currency)
    await create_organization(greenroom, caller, wanted)
    return stage


async def _furnish(stage: Stage, world: World, case: Case) -> None:
    """The world, what the conversation already did, and what the utterance takes for granted (a ticket type, an order)."""
    for venue in world.venues:
        await stage.do("create_venue", dict(venue))
    for event in (*world.events, *case.events):
        made = {"name": event["name"], "start_date": world.aware(event["starts_at"])}
        await stage.do("create_event", made | ({"venue": event["venue"]} if event.get("venue") else {}))
    for file in case.files:
        _show(stage, file)
    told = case.messages(world)
    for spoken, answered in pairwise(told):
        if isinstance(spoken, AIMessage) and spoken.tool_calls and '"applied"' in str(answered.content):
            await _replay(stage, case, spoken, json.loads(str(answered.content)))
    for name, values in case.given:
        await _lay_out(stage, name, dict(values))
    for call in case.accepts[0] if case.accepts and not case.given else ():
        await _provide(stage, case, call.operation, {name: values[0] for name, values in call.args.items()})


def _show(stage: Stage, file: SentFile) -> None:
    """A file of the conversation, of which only the row is there."""
    stage.sql(
        "insert into public.files (id, org_id, kind, name, media_type, bytes, sha256, path, state, created_by)"
        " select %s, id, 'attachment', %s, %s, 9, repeat('0', 64), %s, 'ready', %s from public.organizations",
        file.id, file.name, file.media_type, file.id, stage.caller.user_id,
    )  # fmt: skip


async def _lay_out(stage: Stage, operation: str, values: dict[str, Any]) -> None:
    """What a case takes for granted; an order bears the number it is spoken of by."""
    number = values.pop("number", None)
    made = await stage.do(operation, values)
    if number:
        stage.sql("update public.orders set number = %s where id = %s", number, made.id)


async def _replay(stage: Stage, case: Case, spoken: AIMessage, answered: dict[str, Any]) -> None:
    """What an earlier turn did. Its order keeps the number the conversation knows it by."""
    for call in spoken.tool_calls:
        if call["name"] == "sell_tickets":
            await _provide(stage, case, call["name"], call["args"])
        if CATALOG[call["name"]].proposable:
            result = await stage.do(call["name"], call["args"])
            if call["name"] == "sell_tickets":
                number = answered["proposal"]["preview"]["steps"][0]["result"]["number"]
                stage.sql("update public.orders set number = %s where id = %s", number, result.id)


async def _provide(stage: Stage, case: Case, operation: str, arguments: dict[str, Any]) -> None:
    match operation:
        case "sell_tickets" if not _makes_the_type(case, arguments):
            await _provide_type(stage, arguments["event"], arguments.get("ticket_type", "General"))
        case "update_ticket_type" | "delete_ticket_type":
            await _provide_type(stage, arguments.get("event", "Winter Gala"), arguments["ticket_type"])
        case "refund_order" | "record_payment" | "get_order":
            await _provide_order(stage, str(arguments["order"]), paid=operation != "record_payment")
        case "cancel_booking" if not stage.sql("select 1 from public.bookings"):
            await stage.do("book_venue", {"event": arguments["event"], "venue": arguments.get("venue", "Grand Hall")})
        case "update_sponsor" | "remove_sponsor" if not stage.sql("select 1 from public.sponsorships"):
            deal = {
                "event": arguments.get("event", "Winter Gala"),
                "sponsor": arguments["sponsor"],
                "level": "bronze",
                "amount": 100000,
            }
            await stage.do("add_sponsor", deal)
        case _:
            pass


def _makes_the_type(case: Case, arguments: dict[str, Any]) -> bool:
    return any(
        call.operation == "create_ticket_type" and arguments["event"] in call.args["event"] for call in case.accepts[0]
    )


async def _provide_type(stage: Stage, event: str, name: str) -> None:
    known = stage.sql(
        (
            "select 1 from public.ticket_types t join public.events e on e.id = t.event_id where "
            "e.name = %s and t.name = %s"
        ),
        event,
        name,
    )
    if not known:
        await stage.do("create_ticket_type", {"event": event, "name": name, "price_amount": 9000, "quantity": 100})


async def _provide_order(stage: Stage, number: str, *, paid: bool) -> None:
    if stage.sql("select 1 from public.orders where number = %s", number):
        return
    await _provide_type(stage, "Harbour Fest", "General")
    sale = {"event": "Harbour Fest", "quantity": 2, "buyer": "Sofia Marin"} | (
        {"payment_method": "card"} if paid else {}
    )
    order = await stage.do("sell_tickets", sale)
    stage.sql("update public.orders set number = %s where id = %s", number, order.id)
