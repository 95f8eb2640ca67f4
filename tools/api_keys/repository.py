"""SQL of API keys. The digest of a secret never leaves the database."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tools.api_keys.models import ApiKey, CreateApiKey, ListApiKeys
from tools.store.database import Transaction

_KEY = """
    select k.id, k.name, k.role::text as role, k.scopes, k.expires_at, k.last_used_at, k.revoked_at, null as key, k.version, k.created_at
    from public.api_keys k
"""


async def get(tx: Transaction, org: UUID, key_id: UUID) -> ApiKey | None:
    return await tx.fetch_one(
        _KEY + "where k.org_id = %(org)s and k.id = %(id)s", {"org": org, "id": key_id}, row=ApiKey
    )


async def find(tx: Transaction, org: UUID, wanted: ListApiKeys, after: list[Any] | None) -> list[ApiKey]:
    """Newest first; one more than the limit when there is a next page."""
    return await tx.fetch_all(
        _KEY
        + """
        where k.org_id = %(org)s and (%(at)s::timestamptz is null or (k.created_at, k.id) < (%(at)s, %(id)s::uuid))
        order by k.created_at desc, k.id desc limit %(more)s
        """,
        {"org": org, "at": after[0] if after else None, "id": after[1] if after else None, "more": wanted.limit + 1},
        row=ApiKey,
    )


async def create(tx: Transaction, org: UUID, new_id: UUID, data: CreateApiKey, digest: str) -> None:
    """Raises KeyNameTaken."""
    await tx.fetch_value(
        "select app.create_api_key(%(id)s, %(org)s, %(name)s, %(role)s, %(scopes)s, %(digest)s, %(expires_at)s)",
        {"id": new_id, "org": org, "digest": digest, **data.model_dump()},
    )


async def revoke(tx: Transaction, org: UUID, key_id: UUID) -> None:
    await tx.fetch_value("select app.revoke_api_key(%(org)s, %(id)s)", {"org": org, "id": key_id})


async def use(tx: Transaction, key_id: UUID, digest: str) -> dict[str, Any] | None:
    """As the service: {org_id, scopes, expires_at} of the key whose secret this is; None when it may not be used."""
    rows = await tx.fetch_dicts("select * from app.use_api_key(%(id)s, %(digest)s)", {"id": key_id, "digest": digest})
    return rows[0] if rows else None
