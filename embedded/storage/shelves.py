"""What is known of buckets and objects: the file server's SQL. Decides nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb
from psycopg_pool import AsyncConnectionPool

Pool = AsyncConnectionPool[AsyncConnection[Any]]
Row = dict[str, Any]

_SORTS = {
    "name": "name",
    "created_at": "created_at",
    "updated_at": "updated_at",
    "last_accessed_at": "last_accessed_at",
}


class Shelves:
    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def _rows(self, statement: str, **values: Any) -> list[Row]:
        async with self._pool.connection() as connection, connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(statement.encode(), values)
            return await cursor.fetchall() if cursor.description else []

    async def _row(self, statement: str, **values: Any) -> Row | None:
        found = await self._rows(statement, **values)
        return found[0] if found else None

    async def buckets(self) -> list[Row]:
        return await self._rows("select * from storage.buckets order by name")

    async def bucket(self, name: str) -> Row | None:
        return await self._row("select * from storage.buckets where id = %(id)s", id=name)

    async def add_bucket(self, **values: Any) -> bool:
        """False when there is one of that name."""
        made = await self._row(
            "insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)"
            " values (%(id)s, %(id)s, %(public)s, %(file_size_limit)s, %(allowed_mime_types)s)"
            " on conflict do nothing returning id",
            **values,
        )
        return made is not None

    async def change_bucket(self, **values: Any) -> None:
        await self._rows(
            "update storage.buckets set public = %(public)s, file_size_limit = %(file_size_limit)s,"
            " allowed_mime_types = %(allowed_mime_types)s, updated_at = now() where id = %(id)s",
            **values,
        )

    async def drop_bucket(self, name: str) -> bool:
        """False when something is in it."""
        gone = await self._row(
            "delete from storage.buckets b where id = %(id)s"
            " and not exists (select from storage.objects o where o.bucket_id = b.id) returning id",
            id=name,
        )
        return gone is not None

    async def object(self, bucket: str, key: str) -> Row | None:
        return await self._row(
            "select * from storage.objects where bucket_id = %(bucket)s and name = %(key)s", bucket=bucket, key=key
        )

    async def put(
        self, bucket: str, key: str, *, version: UUID, metadata: Row, user_metadata: Row, replace: bool
    ) -> tuple[Row, UUID | None] | None:
        """The object as it is now and the version it had before; None when one is there that may not be replaced."""
        async with self._pool.connection() as connection, connection.transaction():
            cursor = connection.cursor(row_factory=dict_row)
            # One writer of a name at a time, so that each content that is replaced is told to somebody.
            await cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 7235009))", (f"{bucket}/{key}",))
            await cursor.execute(
                "select version from storage.objects where bucket_id = %s and name = %s", (bucket, key)
            )
            before = await cursor.fetchone()
            if before and not replace:
                return None
            await cursor.execute(
                "insert into storage.objects (bucket_id, name, version, metadata, user_metadata)"
                " values (%(bucket)s, %(key)s, %(version)s, %(metadata)s, %(user)s)"
                " on conflict (bucket_id, name) do update set version = excluded.version, metadata = excluded.metadata,"
                " user_metadata = excluded.user_metadata, updated_at = now() returning *",
                {
                    "bucket": bucket,
                    "key": key,
                    "version": version,
                    "metadata": Jsonb(metadata),
                    "user": Jsonb(user_metadata),
                },
            )
            made = await cursor.fetchone()
            assert made is not None
            return made, before["version"] if before else None

    async def move(self, bucket: str, key: str, to_bucket: str, to_key: str) -> bool:
        """False when there is nothing to move. A taken name raises psycopg's UniqueViolation."""
        moved = await self._row(
            "update storage.objects set bucket_id = %(to_bucket)s, name = %(to_key)s, updated_at = now()"
            " where bucket_id = %(bucket)s and name = %(key)s returning id",
            bucket=bucket,
            key=key,
            to_bucket=to_bucket,
            to_key=to_key,
        )
        return moved is not None

    async def remove(self, bucket: str, keys: list[str]) -> list[Row]:
        return await self._rows(
            "delete from storage.objects where bucket_id = %(bucket)s and name = any (%(keys)s) returning *",
            bucket=bucket,
            keys=keys,
        )

    async def empty(self, bucket: str) -> list[Row]:
        return await self._rows("delete from storage.objects where bucket_id = %(bucket)s returning *", bucket=bucket)

    async def known(self, bucket: str, keys: list[str]) -> set[str]:
        """Those of the names that are there."""
        found = await self._rows(
            "select name from storage.objects where bucket_id = %(bucket)s and name = any (%(keys)s)",
            bucket=bucket,
            keys=keys,
        )
        return {row["name"] for row in found}

    async def inside(
        self, bucket: str, prefix: str, *, search: str, limit: int, offset: int, sort: str, descending: bool
    ) -> list[Row]:
        """What lies directly in a folder: its objects, and the folders in it as rows without an id."""
        column, order = _SORTS[sort], "desc" if descending else "asc"
        return await self._rows(
            f"""
            with inside as (
                select o.*, substr(o.name, length(%(prefix)s) + 1) as rest from storage.objects o
                where o.bucket_id = %(bucket)s and starts_with(o.name, %(prefix)s)),
            found as (
                select rest as name, id, updated_at, created_at, last_accessed_at, metadata from inside
                where position('/' in rest) = 0
                union all
                select distinct split_part(rest, '/', 1), null::uuid, null::timestamptz, null::timestamptz,
                    null::timestamptz, null::jsonb
                from inside where position('/' in rest) > 0)
            select * from found where starts_with(lower(name), lower(%(search)s))
            order by (id is not null), {column} {order}, name limit %(limit)s offset %(offset)s
            """,
            bucket=bucket,
            prefix=prefix,
            search=search,
            limit=limit,
            offset=offset,
        )

    async def unknown(self, versions: list[UUID]) -> list[UUID]:
        """Those of the versions that no object has."""
        found = await self._rows(
            "select v.id from unnest(%(versions)s::uuid[]) v (id)"
            " where not exists (select from storage.objects o where o.version = v.id)",
            versions=versions,
        )
        return [row["id"] for row in found]
