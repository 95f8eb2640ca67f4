"""Why the embedded Postgres did not start, as one sentence an operator can follow. Nothing else fails here on purpose."""

from __future__ import annotations


class PostgresNotStarted(RuntimeError):
    """The embedded Postgres cannot run; the message is one sentence with the remedy in it."""
