"""What a person does with their conversations, and the picture of the world the copilot starts from."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tools.context import Caller, Context, Greenroom
from tools.errors import NotFound
from tools.operation import Effect, enter, operation
from tools.threads import repository
from tools.threads.models import ChangeThread, ListThreads, Thread, ThreadPage, ThreadRef, World

CURSOR = "threads"


@operation(scope="events:read", effect=Effect.read)
async def list_threads(ctx: Context, data: ListThreads) -> ThreadPage:
    """List the caller's conversations, the latest first."""
    after = ctx.greenroom.cursors.unseal(CURSOR, data.cursor) if data.cursor else None
    found = await repository.list_threads(
        ctx.tx, ctx.org_id, ctx.caller.user_id, data.agent_id, data.include_archived, data.limit + 1, after
    )
    items, more = found[: data.limit], len(found) > data.limit
    last = items[-1] if more else None
    cursor = ctx.greenroom.cursors.seal(CURSOR, [last.updated_at.isoformat(), str(last.id)]) if last else None
    return ThreadPage(items=items, next_cursor=cursor)


@operation(scope="events:read", effect=Effect.read)
async def get_thread(ctx: Context, data: ThreadRef) -> Thread:
    """Read one conversation of the caller."""
    return _owned(await repository.find_thread(ctx.tx, data.thread, ctx.caller.user_id))


@operation(scope="events:read", effect=Effect.write, proposable=False)
async def change_thread(ctx: Context, data: ChangeThread) -> Thread:
    """Rename, archive or unarchive a conversation of the caller."""
    return _owned(await repository.change_thread(ctx.tx, data.thread, ctx.caller.user_id, data.name, data.archived))


@operation(scope="events:read", effect=Effect.write, proposable=False)
async def delete_thread(ctx: Context, data: ThreadRef) -> Thread:
    """Delete a conversation of the caller with its runs. What it changed stays."""
    return _owned(await repository.delete_thread(ctx.tx, data.thread, ctx.caller.user_id))


async def look_around(greenroom: Greenroom, caller: Caller) -> World:
    """The organisation, its next 100 and recent 20 events and its venues, with the caller's rights."""
    async with enter(greenroom, caller) as (tx, standing):
        return World(
            organization={"name": standing.name, "role": standing.role},
            events=[
                _dated(row, standing.zone) for row in await repository.read_events(tx, standing.org_id, standing.now)
            ],
            venues=await repository.read_venues(tx, standing.org_id),
            now=standing.now,
            timezone=standing.timezone,
            currency=standing.currency,
            locale=standing.locale,
            auto_apply=standing.auto_apply,
        )


def _dated(row: dict[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    return {
        name: value.astimezone(zone).isoformat() if isinstance(value, datetime) else value
        for name, value in row.items()
    }


def _owned(thread: Thread | None) -> Thread:
    if thread is None:
        raise NotFound("There is no such conversation.")
    return thread
