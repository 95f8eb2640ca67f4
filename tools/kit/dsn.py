"""What a connection string says of the road to Postgres. Opens nothing."""

from __future__ import annotations

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

TRANSACTION_POOLER_PORT = "6543"
"""Where Supabase's pooler lends a server connection for one transaction only."""


def through_transaction_pooler(dsn: str) -> bool:
    """Whether its port says so. Raises ValueError for what is no connection string."""
    try:
        ports = conninfo_to_dict(dsn).get("port")
    except ProgrammingError as error:
        raise ValueError("is no connection string: postgresql://user:password@host:5432/postgres") from error
    return TRANSACTION_POOLER_PORT in str(ports or "").split(",")
