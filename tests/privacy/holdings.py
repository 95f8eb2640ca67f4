"""Everything a database holds, as somebody with a stolen copy reads it. Holds no test."""

from __future__ import annotations

import json
from collections.abc import Iterable

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from tools.kit.sealing import Sealer
from tools.privacy.conversations import KEPT
from tools.privacy.documents import DOCUMENTS
from tools.privacy.sealed import FIELDS
from tools.store.documents import open_document
from tools.threads.repository import input_place
from tools.threads.sealing import ConversationCipher


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


def opened_places_of(dsn: str, fields: Sealer, words: Iterable[str]) -> set[str]:
    """`table.column` wherever one of the words stands sealed, as somebody with the keys reads it."""
    wanted = [word.lower() for word in words]
    found = set()
    cipher = ConversationCipher(fields)
    with psycopg.connect(dsn, autocommit=True, row_factory=dict_row) as connection:

        def look(name: str, said: str) -> None:
            if any(word in said.lower() for word in wanted):
                found.add(name)

        for field in FIELDS:
            rows = connection.execute(
                sql.SQL("select id, org_id, {} as value from {}").format(
                    sql.Identifier(field.column), sql.Identifier("public", field.table)
                )
            )
            for row in rows:
                look(
                    f"{field.table}.{field.column}",
                    fields.open(field.place(row["org_id"], row["id"]), row["value"] or ""),
                )
        for document in DOCUMENTS:
            rows = connection.execute(sql.SQL("select * from {}").format(sql.Identifier("public", document.table)))
            for row in rows:
                clear = open_document(fields, document.place(row), row[document.column])
                look(f"{document.table}.{document.column}", json.dumps(clear, ensure_ascii=False))
        for row in connection.execute("select user_id, thread_id, input from public.runs"):
            clear = open_document(fields, input_place(row["user_id"], row["thread_id"]), row["input"])
            look("runs.input", json.dumps(clear, ensure_ascii=False))
        if connection.execute("select to_regclass('agent.checkpoint_writes') is not null as there").fetchall()[0][
            "there"
        ]:
            for table in KEPT:
                kept = connection.execute(sql.SQL("select type, blob from {}").format(sql.Identifier("agent", table)))
                for row in kept:
                    look(table, cipher.opened(row["type"], bytes(row["blob"] or b""))[1].decode(errors="replace"))
    return found
