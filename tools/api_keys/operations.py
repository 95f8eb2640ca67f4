"""What happens to API keys, in words of the trade. Made and ended by people, never by a proposal's step."""

from __future__ import annotations

from uuid import UUID
from weakref import WeakKeyDictionary

from tools.api_keys import repository, rules
from tools.api_keys.models import ApiKey, CreateApiKey, ListApiKeys, NamedApiKey
from tools.context import Caller, Context, Greenroom
from tools.errors import NotFound, Unauthenticated
from tools.kit.paging import Page
from tools.kit.recent import Recent
from tools.operation import Effect, Http, operation
from tools.store.database import Database

REMEMBERED_SECONDS = 5.0
_callers: WeakKeyDictionary[Database, Recent[tuple[UUID, str], Caller]] = WeakKeyDictionary()


@operation(
    scope="api_keys:write",
    effect=Effect.external,
    http=(Http("POST", "/api-keys", 201),),
    card="api_key",
    errors=(rules.KeyNameTaken,),
    describe=rules.told_made,
    once=frozenset({"key"}),
    proposable=False,
)
async def create_api_key(ctx: Context, data: CreateApiKey) -> ApiKey:
    """Make a key with which a program acts for the organisation. The key is shown once.

    It has the rights of its role, of which `scopes` may leave some; it approves nothing and decides nothing about members.
    """
    ctx.require_person()
    rules.require_scopes(data.role, data.scopes)
    rules.require_future(data.expires_at, ctx.now)
    new_id, secret = ctx.ids.new_id(), rules.new_secret()
    await repository.create(ctx.tx, ctx.org_id, new_id, data, rules.digest_of(secret))
    made = await _key_of(ctx, new_id)
    return made.model_copy(update={"key": rules.spelled(new_id, secret)})


@operation(
    scope="api_keys:write",
    effect=Effect.external,
    http=(Http("DELETE", "/api-keys/{id}", target="api_key"),),
    card="api_key",
    describe=rules.told_revoked,
    proposable=False,
)
async def revoke_api_key(ctx: Context, data: NamedApiKey) -> ApiKey:
    """End a key at once and for good."""
    ctx.require_person()
    await repository.revoke(ctx.tx, ctx.org_id, data.api_key)
    return await _key_of(ctx, data.api_key)


@operation(scope="api_keys:write", effect=Effect.read, http=(Http("GET", "/api-keys"),), card="api_keys")
async def list_api_keys(ctx: Context, data: ListApiKeys) -> Page[ApiKey]:
    """List keys, the newest first, with when each was last used; also those that ended."""
    after = ctx.greenroom.cursors.after("api_keys", data.cursor)
    found = await repository.find(ctx.tx, ctx.org_id, data, after)
    return ctx.greenroom.cursors.page(
        Page[ApiKey], "api_keys", found, data.limit, lambda last: [last.created_at, last.id]
    )


async def caller_with_key(greenroom: Greenroom, text: str) -> Caller:
    """The key as a caller of its organisation, as it was a moment ago: what it may do, the database asks at each call.

    Raises Unauthenticated for every key that may not be used, whatever the reason.
    """
    named = rules.parsed(text)
    if named is None:
        raise _not_valid()
    key_id, secret = named
    digest = rules.digest_of(secret)

    async def read() -> Caller:
        async with greenroom.database.session(None) as tx:
            found = await repository.use(tx, key_id, digest)
        if found is None:
            raise _not_valid()
        return Caller(
            user_id=key_id,
            organization=str(found["org_id"]),
            key_id=key_id,
            allowed=frozenset(found["scopes"]) if found["scopes"] is not None else None,
        )

    known = _callers.get(greenroom.database)
    if known is None:
        known = _callers[greenroom.database] = Recent(REMEMBERED_SECONDS)
    return await known.get((key_id, digest), read)


def _not_valid() -> Unauthenticated:
    return Unauthenticated("This key is not valid.", remedy="Ask an admin of the organisation for a new one.")


async def _key_of(ctx: Context, key_id: UUID) -> ApiKey:
    found = await repository.get(ctx.tx, ctx.org_id, key_id)
    if found is None:
        raise NotFound.named("key", str(key_id))
    return found
