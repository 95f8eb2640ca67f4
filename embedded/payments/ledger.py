"""The sandbox's books: sessions, charges, refunds, and the events that tell of them, each change with its event in one transaction."""

from __future__ import annotations

import json
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any, Literal, LiteralString

from psycopg import AsyncConnection
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool

from embedded.payments.bodies import Listing, NewRefund, NewSession
from embedded.payments.problems import SandboxProblem, missing
from embedded.payments.settings import Knobs
from embedded.payments.shapes import intent_shape, refund_shape, session_shape

Pool = AsyncConnectionPool[AsyncConnection[Any]]
Row = dict[str, Any]
How = Literal["pay", "fail", "late"]
Paying = Literal["paid", "declined", "late", "over"]
_COUNTED = ("lose_requests", "lose_answers", "decline", "fail_refunds")


class Ledger:
    """`url` is where the pay page lives."""

    def __init__(self, pool: Pool, url: str) -> None:
        self._pool = pool
        self.url = url

    @asynccontextmanager
    async def page(self) -> AsyncIterator[Page]:
        """One transaction on the books."""
        async with self._pool.connection() as connection, connection.transaction():
            yield Page(connection, self.url)

    async def knobs(self) -> Knobs:
        async with self.page() as page:
            return await page.knobs()

    async def turn(self, knobs: Knobs) -> None:
        async with self.page() as page:
            await page.run("update sandbox.knobs set value = %s::jsonb", knobs.model_dump_json())

    async def use(self, knob: str) -> bool:
        """Whether this trouble is due now; counts it down."""
        async with self.page() as page:
            return await page.use(knob)


class Page:
    """The books inside one transaction."""

    def __init__(self, connection: AsyncConnection[Any], url: str) -> None:
        self._connection = connection
        self._url = url

    async def run(self, query: LiteralString, *values: Any) -> list[Row]:
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(query, values)
            return await cursor.fetchall() if cursor.description else []

    async def knobs(self) -> Knobs:
        (row,) = await self.run("select value from sandbox.knobs")
        return Knobs.model_validate(row["value"])

    async def use(self, knob: str) -> bool:
        assert knob in _COUNTED
        used = await self.run(
            "update sandbox.knobs set value = value || jsonb_build_object(%s::text, (value ->> %s)::integer - 1)"
            " where (value ->> %s)::integer > 0 returning true",
            knob,
            knob,
            knob,
        )
        return bool(used)

    async def once(self, key: str | None, fingerprint: str, call: Callable[[], Awaitable[Row]]) -> tuple[Row, bool]:
        """The first answer given to this key, and whether it was given before. Raises SandboxProblem as Stripe does."""
        if key is None:
            return await call(), False
        (held,) = await self.run("select pg_try_advisory_xact_lock(hashtextextended(%s, 7061790)) as mine", key)
        if not held["mine"]:
            raise SandboxProblem(
                409,
                "There is currently another in-progress request using this Idempotent Key.",
                kind="idempotency_error",
                code="idempotency_key_in_use",
            )
        known = await self.run("select fingerprint, body from sandbox.answers where key = %s", key)
        if known and known[0]["fingerprint"] != fingerprint:
            raise SandboxProblem(
                400,
                "Keys for idempotent requests can only be used with the same parameters they were first used with.",
                kind="idempotency_error",
            )
        if known:
            body: Row = known[0]["body"]
            return body, True
        answer = await call()
        await self.run(
            "insert into sandbox.answers (key, fingerprint, status, body) values (%s, %s, 200, %s::jsonb)",
            key,
            fingerprint,
            json.dumps(answer),
        )
        return answer, False

    async def open_session(self, wanted: NewSession) -> Row:
        line = wanted.line_items[0]
        (row,) = await self.run(
            "insert into sandbox.sessions (id, amount, currency, description, success_url, cancel_url, email, reference, metadata,"
            " intent, expires_at) values (%s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s, %s) returning *",
            _new_id("cs_test"),
            line.price_data.unit_amount * line.quantity,
            line.price_data.currency,
            line.price_data.product_data.name,
            wanted.success_url,
            wanted.cancel_url,
            wanted.customer_email,
            wanted.client_reference_id,
            json.dumps(wanted.metadata),
            _new_id("pi"),
            wanted.ends(await self.now()),
        )
        return self._shown(row)

    async def session(self, session_id: str) -> Row:
        return self._shown(await self.session_row(session_id))

    async def session_row(self, session_id: str, *, lock: bool = False) -> Row:
        query: LiteralString = "select *, expires_at <= clock_timestamp() as over from sandbox.sessions where id = %s"
        found = await self.run(query + " for update" if lock else query, session_id)
        if not found:
            raise missing("checkout.session", session_id)
        return found[0]

    async def sessions(self, wanted: Listing) -> tuple[list[Row], bool]:
        """Newest first, and whether there are more."""
        found = await self.run(
            """
            select * from sandbox.sessions s
            where (%s::bigint is null or s.created >= to_timestamp(%s)) and (%s::bigint is null or s.created < to_timestamp(%s + 1))
                and (%s::text is null or (s.created, s.id) < (select f.created, f.id from sandbox.sessions f where f.id = %s))
                and (%s::text is null or s.intent = %s)
            order by s.created desc, s.id desc limit %s
            """,
            *(value for value in (wanted.created.gte, wanted.created.lte, wanted.starting_after, wanted.payment_intent)
              for _ in range(2)),
            wanted.limit + 1,
        )  # fmt: skip
        return [self._shown(row) for row in found[: wanted.limit]], len(found) > wanted.limit

    async def intent(self, intent_id: str) -> Row:
        found = await self.run("select * from sandbox.sessions where intent = %s", intent_id)
        if not found:
            raise missing("payment_intent", intent_id)
        return intent_shape(found[0])

    async def expire(self, session_id: str) -> Row:
        row = await self.session_row(session_id, lock=True)
        if row["status"] != "open":
            raise SandboxProblem(
                400, f'Only Checkout Sessions with a status in ["open"] can be expired. This one is {row["status"]}.'
            )
        return await self._change(row, "checkout.session.expired", status="expired")

    async def pay(self, session_id: str, how: How, at: datetime | None = None) -> Paying:
        """What the buyer's attempt comes to. A session is charged once, whatever is pressed how often."""
        row = await self.session_row(session_id, lock=True)
        if row["status"] != "open" or row["over"]:
            return "over"
        knobs = await self.knobs()
        if how == "fail" or await self.use("decline"):
            await self._tell("payment_intent.payment_failed", intent_shape(row))
            return "declined"
        if how == "late":
            await self.run(
                "update sandbox.sessions set settles_at = clock_timestamp() + %s where id = %s",
                timedelta(seconds=knobs.late_seconds),
                session_id,
            )
            await self._change(row, "checkout.session.completed", status="complete")
            return "late"
        await self._charge(row)
        await self._change(row, "checkout.session.completed", status="complete", payment_status="paid")
        return "paid"

    async def refund(self, wanted: NewRefund) -> Row:
        """Raises SandboxProblem when there is not so much to give back."""
        found = await self.run("select * from sandbox.sessions where intent = %s for update", wanted.payment_intent)
        if not found:
            raise missing("payment_intent", wanted.payment_intent)
        paid = found[0]
        if paid["payment_status"] != "paid":
            raise SandboxProblem(400, "This PaymentIntent does not have a successful charge to refund.")
        (sums,) = await self.run(
            "select coalesce(sum(amount), 0)::bigint as back from sandbox.refunds where intent = %s and status <> 'failed'",
            paid["intent"],
        )
        left = paid["amount"] - sums["back"]
        amount = left if wanted.amount is None else wanted.amount
        if left <= 0:
            raise SandboxProblem(400, "Charge has already been refunded.", code="charge_already_refunded")
        if amount > left:
            raise SandboxProblem(
                400, f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})", param="amount"
            )
        fails = await self.use("fail_refunds")
        (row,) = await self.run(
            "insert into sandbox.refunds (id, intent, amount, currency, metadata, status, fails_at)"
            " values (%s, %s, %s, %s, %s::jsonb, %s, %s) returning *",
            _new_id("re"),
            paid["intent"],
            amount,
            paid["currency"],
            json.dumps(wanted.metadata),
            "pending" if fails else "succeeded",
            await self.now() if fails else None,
        )
        await self._tell("refund.created", refund_shape(row))
        return refund_shape(row)

    async def refunds(self, wanted: Listing) -> tuple[list[Row], bool]:
        """Newest first, and whether there are more."""
        found = await self.run(
            "select * from sandbox.refunds r where (%s::text is null or r.intent = %s)"
            " and (%s::text is null or (r.created, r.id) < (select f.created, f.id from sandbox.refunds f where f.id = %s))"
            " order by r.created desc, r.id desc limit %s",
            wanted.payment_intent,
            wanted.payment_intent,
            wanted.starting_after,
            wanted.starting_after,
            wanted.limit + 1,
        )
        return [refund_shape(row) for row in found[: wanted.limit]], len(found) > wanted.limit

    async def refund_by_id(self, refund_id: str) -> Row:
        found = await self.run("select * from sandbox.refunds where id = %s", refund_id)
        if not found:
            raise missing("refund", refund_id)
        return refund_shape(found[0])

    async def settle_due(self) -> int:
        """Late payments, failing refunds and expired sessions whose time has come. Answers how many."""
        settled = await self.run(
            "select * from sandbox.sessions where status = 'complete' and payment_status = 'unpaid'"
            " and settles_at <= clock_timestamp() limit 100 for update skip locked"
        )
        for row in settled:
            await self._charge(row)
            await self._change(
                row, "checkout.session.async_payment_succeeded", status="complete", payment_status="paid"
            )
        over = await self.run(
            "select * from sandbox.sessions where status = 'open' and expires_at <= clock_timestamp() limit 100 for update skip locked"
        )
        for row in over:
            await self._change(row, "checkout.session.expired", status="expired")
        failed = await self.run(
            "update sandbox.refunds set status = 'failed', failure_reason = 'lost_or_stolen_card'"
            " where status = 'pending' and fails_at <= clock_timestamp() returning *"
        )
        for row in failed:
            await self._tell("refund.failed", refund_shape(row))
        return len(settled) + len(over) + len(failed)

    async def now(self) -> datetime:
        (row,) = await self.run("select clock_timestamp() as now")
        now: datetime = row["now"]
        return now

    async def _charge(self, row: Row) -> None:
        await self.run(
            "insert into sandbox.charges (session_id, amount, currency) values (%s, %s, %s)",
            row["id"],
            row["amount"],
            row["currency"],
        )

    async def _change(self, row: Row, kind: str, *, status: str, payment_status: str = "unpaid") -> Row:
        (changed,) = await self.run(
            "update sandbox.sessions set status = %s, payment_status = %s where id = %s returning *",
            status,
            payment_status,
            row["id"],
        )
        await self._tell(kind, self._shown(changed))
        return self._shown(changed)

    async def _tell(self, kind: str, subject: Row) -> None:
        await self.run(
            "insert into sandbox.events (id, type, object) values (%s, %s, %s::jsonb)",
            _new_id("evt"),
            kind,
            json.dumps(subject),
        )

    def _shown(self, row: Row) -> Row:
        return session_shape(row, self._url)


def _new_id(prefix: str) -> str:
    return f"{prefix}_{secrets.token_hex(16)}"
