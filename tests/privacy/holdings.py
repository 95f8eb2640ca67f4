"""Everything a database holds, as somebody with a stolen copy reads it. Holds no test."""

from __future__ import annotations

from collections.abc import Iterable

import psycopg
from psycopg import sql


def places_of(dsn: str, words: Iterable[str]) -> set[str]:
    """`schema.table.column` wherever one of the words stands, whatever its case; binary columns are looked into as well."""
    wanted = [word.lower() for word in words]
    found = set()
    with psycopg.connect(dsn, autocommit=True) as connection:
        columns = connection.execute(
            """
            select n.nspname, c.relname, a.attname, a.atttypid = 'bytea'::regtype
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema')
            """
        ).fetchall()
        for schema, table, column, is_binary in columns:
            said = sql.SQL("lower(encode({}, 'escape'))" if is_binary else "lower({}::text)").format(
                sql.Identifier(column)
            )
            query = sql.SQL(
                "select exists (select from {} where exists (select from unnest(%s::text[]) w where position(w in {}) > 0))"
            )
            hit = connection.execute(query.format(sql.Identifier(schema, table), said), (wanted,)).fetchone()
            if hit and hit[0]:
                found.add(f"{schema}.{table}.{column}")
    return found
