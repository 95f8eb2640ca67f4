"""What a connection is told before its first use. Not as startup options: poolers drop those without a word."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from psycopg import AsyncConnection

# A request waits this long for a row somebody else is changing, then says "busy" rather than pile up.
LOCK_TIMEOUT = "3s"
STATEMENT_TIMEOUT = "15s"
# A process that died with its socket half open must not keep its locks: keys and quotas are free again within this.
IDLE_TIMEOUT = "60s"

LIMITS = {
    "lock_timeout": LOCK_TIMEOUT,
    "statement_timeout": STATEMENT_TIMEOUT,
    "idle_in_transaction_session_timeout": IDLE_TIMEOUT,
}


def settled(**more: str) -> Callable[[AsyncConnection[Any]], Awaitable[None]]:
    """What a pool runs on each new connection: our limits and `more`, for the whole session."""
    names, values = zip(*(LIMITS | more).items(), strict=True)

    async def configure(connection: AsyncConnection[Any]) -> None:
        await connection.execute(
            "select set_config(name, value, false) from unnest(%s::text[], %s::text[]) as setting (name, value)",
            (list(names), list(values)),
            prepare=False,
        )
        await connection.commit()

    return configure
