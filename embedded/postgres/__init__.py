"""Postgres for one machine: found, started on a private socket, prepared like Supabase. Production brings its own."""

from embedded.postgres.binaries import PostgresBinaries, find_binaries, installed_binaries
from embedded.postgres.errors import PostgresNotStarted
from embedded.postgres.platform import prepare_platform
from embedded.postgres.server import EmbeddedPostgres

__all__ = [
    "EmbeddedPostgres",
    "PostgresBinaries",
    "PostgresNotStarted",
    "find_binaries",
    "installed_binaries",
    "prepare_platform",
]
