"""What an operation is, and the one road into it. Knows no noun and no door."""

from __future__ import annotations

import inspect
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any, Generic, Literal, LiteralString, Protocol, TypeVar, overload
from uuid import UUID
from weakref import WeakKeyDictionary

import orjson
from pydantic import BaseModel

from tools.context import Caller, Context, Greenroom, Standing
from tools.errors import AppError, Busy, Forbidden, IdempotencyMismatch
from tools.kit.ids import as_uuid
from tools.kit.recent import Recent
from tools.kit.text import with_hints
from tools.store.database import Database, Serialization, Session, Transaction
from tools.store.documents import answer_place, open_document, seal_document

In = TypeVar("In", bound=BaseModel)
Out = TypeVar("Out", bound=BaseModel)

# Two transactions that met are run again this often before the caller hears of it.
ATTEMPTS = 4


class Effect(StrEnum):
    read = "read"
    write = "write"
    """Reversible."""
    money = "money"
    external = "external"
    """Cannot be unsaid: published, mailed."""


Undo = Literal["restore", "refund", "release"]
"""How a step is taken back: its rows are put back as they were, the order is refunded, the hold released. None: it can not be."""


@dataclass(frozen=True, slots=True)
class Http:
    """Where REST offers the operation. `target` names the input field that the path's {id} fills."""

    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
    path: str
    status: int = 200
    target: str | None = None
    needs_version: bool = False


class Total(BaseModel):
    """One line of money on a card. Minor units."""

    label: str
    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class Operation(Generic[In, Out]):
    name: str
    description: str
    input: type[In]
    output: type[Out]
    run: Callable[[Context, In], Awaitable[Out]]
    scope: str
    effect: Effect
    http: tuple[Http, ...] = ()
    card: str | None = None
    undo: Undo | None = None
    errors: tuple[type[AppError], ...] = ()
    describe: Callable[[Out, Standing], str] | None = None
    totals: Callable[[Out], list[Total]] | None = None
    then: Callable[[Greenroom, Caller, Out], Awaitable[Out]] | None = None
    """What goes on after the commit (applying what was just approved)."""
    swift: Callable[[Greenroom, Caller, In], Awaitable[Out | None]] | None = None
    """A faster road for a direct call, with the same scope, key, trace and errors; None when the call is not of its kind."""
    relieve: Callable[[Greenroom, AppError], Awaitable[bool]] | None = None
    """What can be done about a refusal once its transaction is over; True: the call is tried once more."""
    once: frozenset[str] = frozenset()
    """Fields of the answer that are told once: a repeated key gets the answer without them, and they are kept nowhere."""
    proposable: bool = True
    """Whether it can be a step of a proposal; the proposals' own operations can not."""

    @property
    def summary(self) -> str:
        return self.description.split("\n", 1)[0]

    async def __call__(self, greenroom: Greenroom, caller: Caller, data: In) -> Out:
        """Scope > idempotent replay > run > audit and outbox > commit. Raises AppError; then nothing was written."""
        if self.swift is not None and (served := await self.swift(greenroom, caller, data)) is not None:
            return served
        relieved = self.relieve is None
        for attempt in range(1, ATTEMPTS + 1):
            try:
                result = await self._once(greenroom, caller, data)
            except Serialization:
                if attempt == ATTEMPTS:
                    raise
            except AppError as refused:
                if (
                    relieved
                    or attempt == ATTEMPTS
                    or self.relieve is None
                    or not await self.relieve(greenroom, refused)
                ):
                    raise
                relieved = True
            else:
                return await self.then(greenroom, caller, result) if self.then else result
        raise AssertionError("the loop returns or raises")

    async def _once(self, greenroom: Greenroom, caller: Caller, data: In) -> Out:
        async with enter(greenroom, caller) as (tx, standing):
            ctx = Context(greenroom, caller, standing, tx)
            ctx.require(self.scope)
            if self.effect is Effect.read:
                return await self.run(ctx, data)
            request = request_hash(self.name, data, standing.org_id)
            if caller.idempotency_key and (
                answer := await _earlier_answer(tx, caller, standing.org_id, caller.idempotency_key, request)
            ):
                return self.output.model_validate(answer)
            result = await self.run(ctx, data)
            await self.leave_trace(ctx, result)
            if caller.idempotency_key:
                kept = result.model_copy(update=dict.fromkeys(self.once))
                await _keep_answer(ctx, caller.idempotency_key, self.name, request, kept)
            return result

    async def run_step(self, ctx: Context, data: In, *, trace: bool) -> Out:
        """Run inside a proposal's transaction: the same scope check, the proposal's commit. A preview leaves no trace."""
        ctx.require(self.scope)
        result = await self.run(ctx, data)
        if trace:
            await self.leave_trace(ctx, result)
        return result

    def sentence(self, result: Out, standing: Standing) -> str:
        """What happened or would happen, in words of the trade, made from the result and never by a model."""
        return self.describe(result, standing) if self.describe else self.summary

    async def leave_trace(self, ctx: Context, result: Out) -> None:
        caller = ctx.caller
        await ctx.tx.fetch_value(
            "select app.record(%(org)s, %(kind)s, %(operation)s, %(effect)s, %(subject)s, %(event)s, %(line)s,"
            " %(proposal)s, %(thread)s, %(request)s)",
            {
                "org": ctx.org_id,
                "kind": caller.kind,
                "operation": self.name,
                "effect": self.effect.value,
                "subject": getattr(result, "id", None),
                "event": getattr(result, "event_id", None),
                "line": with_hints(self.sentence(result, ctx.standing)),
                "proposal": ctx.proposal_id,
                "thread": caller.thread_id,
                "request": caller.request_id,
            },
        )


AnyOperation = Operation[Any, Any]


class _Wrap(Protocol):
    def __call__(self, run: Callable[[Context, In], Awaitable[Out]], /) -> Operation[In, Out]: ...


@overload
def operation(
    *,
    scope: str,
    effect: Effect,
    http: tuple[Http, ...] = (),
    card: str | None = None,
    errors: tuple[type[AppError], ...] = (),
    proposable: bool = True,
) -> _Wrap: ...


@overload
def operation(
    *,
    scope: str,
    effect: Effect,
    http: tuple[Http, ...] = (),
    card: str | None = None,
    undo: Undo | None = None,
    errors: tuple[type[AppError], ...] = (),
    describe: Callable[[Out, Standing], str],
    totals: Callable[[Out], list[Total]] | None = None,
    then: Callable[[Greenroom, Caller, Out], Awaitable[Out]] | None = None,
    swift: Callable[[Greenroom, Caller, In], Awaitable[Out | None]] | None = None,
    relieve: Callable[[Greenroom, AppError], Awaitable[bool]] | None = None,
    once: frozenset[str] = frozenset(),
    proposable: bool = True,
) -> Callable[[Callable[[Context, In], Awaitable[Out]]], Operation[In, Out]]: ...


def operation(
    *,
    scope: str,
    effect: Effect,
    http: tuple[Http, ...] = (),
    card: str | None = None,
    undo: Undo | None = None,
    errors: tuple[type[AppError], ...] = (),
    describe: Callable[[Any, Standing], str] | None = None,
    totals: Callable[[Any], list[Total]] | None = None,
    then: Callable[[Greenroom, Caller, Any], Awaitable[Any]] | None = None,
    swift: Callable[[Greenroom, Caller, Any], Awaitable[Any]] | None = None,
    relieve: Callable[[Greenroom, AppError], Awaitable[bool]] | None = None,
    once: frozenset[str] = frozenset(),
    proposable: bool = True,
) -> Any:
    """Make a function an operation. Its name is API; its docstring is product text that REST, the model and MCP show."""

    def wrap(run: Callable[[Context, In], Awaitable[Out]]) -> Operation[In, Out]:
        hints = inspect.get_annotations(run, eval_str=True)
        parameter = list(inspect.signature(run).parameters)[1]
        return Operation(
            name=run.__name__,
            description=inspect.cleandoc(run.__doc__ or ""),
            input=hints[parameter],
            output=hints["return"],
            run=run,
            scope=scope,
            effect=effect,
            http=http,
            card=card,
            undo=undo,
            errors=errors,
            describe=describe,
            totals=totals,
            then=then,
            swift=swift,
            relieve=relieve,
            once=once,
            proposable=proposable and effect is not Effect.read,
        )

    return wrap


@asynccontextmanager
async def enter(greenroom: Greenroom, caller: Caller) -> AsyncIterator[tuple[Session, Standing]]:
    """A transaction as the caller, with their standing read in the same round trip. Forbidden without an organisation."""
    requested = as_uuid(caller.organization) if caller.organization else None
    if caller.organization and requested is None:
        raise Forbidden("You are not a member of that organisation.")
    opening: tuple[LiteralString, dict[str, Any]] = ("select * from app.enter(%(requested)s)", {"requested": requested})
    async with greenroom.database.session(caller.user_id, opening=opening) as tx:
        if not tx.opened:
            raise Forbidden(
                "You are not a member of this organisation.",
                remedy="Create an organisation, or ask to be invited to one.",
                details={"reason": "no_organization"},
            )
        yield tx, Standing(**tx.opened[0], allowed=caller.allowed)


STANDING_SECONDS = 5.0
"""How long a standing is remembered for a swift road. The database checks the right itself, so a lost one is lost at once."""
_standings: WeakKeyDictionary[Database, Recent[tuple[UUID, str | None], Standing]] = WeakKeyDictionary()


async def recent_standing(greenroom: Greenroom, caller: Caller) -> Standing:
    """Where the caller stood a moment ago. Forbidden without an organisation."""

    async def read() -> Standing:
        async with enter(greenroom, caller) as (_, standing):
            return standing

    known = _standings.get(greenroom.database)
    if known is None:
        known = _standings[greenroom.database] = Recent(STANDING_SECONDS)
    return await known.get((caller.user_id, caller.organization), read)


def request_hash(name: str, data: BaseModel, org: UUID) -> str:
    """The fingerprint of a request: same key, other body or other organisation is a mistake of the client."""
    parts = [name, str(org), data.model_dump(mode="json")]
    body = orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)
    if not body.isascii():  # What was kept before an upgrade is found after it: these were written with escapes.
        body = json.dumps(parts, sort_keys=True, separators=(",", ":")).encode()
    return sha256(body).hexdigest()


async def _earlier_answer(tx: Transaction, caller: Caller, org: UUID, key: str, request: str) -> dict[str, Any] | None:
    """The stored answer of this key, if any. Raises Busy while the first request is in flight, IdempotencyMismatch for another body."""
    place = f"{caller.user_id}/{key}"
    if not await tx.fetch_value(
        "select pg_try_advisory_xact_lock(hashtextextended(%(place)s, 7235002))", {"place": place}
    ):
        raise Busy("A request with this idempotency key is in flight.", retry_after=1)
    rows = await tx.fetch_dicts(
        "select request_hash, response from public.idempotency_keys where user_id = %(user)s and key = %(key)s",
        {"user": caller.user_id, "key": key},
    )
    if not rows:
        return None
    if rows[0]["request_hash"] != request:
        raise IdempotencyMismatch()
    response: dict[str, Any] = open_document(tx.fields, answer_place(org, caller.user_id, key), rows[0]["response"])
    return response


async def _keep_answer(ctx: Context, key: str, name: str, request: str, result: BaseModel) -> None:
    place = answer_place(ctx.org_id, ctx.caller.user_id, key)
    await ctx.tx.execute(
        "insert into public.idempotency_keys (user_id, key, operation, request_hash, response, org_id)"
        " values (%(user)s, %(key)s, %(operation)s, %(request)s, %(response)s::jsonb, %(org)s)",
        {
            "user": ctx.caller.user_id,
            "key": key,
            "operation": name,
            "request": request,
            "response": orjson.dumps(seal_document(ctx.tx.fields, place, result.model_dump(mode="json"))).decode(),
            "org": ctx.org_id,
        },
    )
