"""What a person does with their conversations, and the picture of the world the copilot starts from."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tools.context import SCOPES, Caller, Context, Greenroom
from tools.errors import Forbidden, NotFound
from tools.kit.ids import as_uuid
from tools.operation import Effect, operation
from tools.threads import repository
from tools.threads.models import ChangeThread, ListThreads, Thread, ThreadPage, ThreadRef, World

CURSOR = "threads"
_TIMES = ("start_date", "end_date")


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
    """The organisation, its next 100 and recent 20 events and its venues, with the caller's rights. Raises Forbidden outside one."""
    requested = as_uuid(caller.organization) if caller.organization else None
    found = await repository.look_around(greenroom.database, caller.user_id, requested)
    if found is None or (caller.organization and requested is None):
        raise Forbidden("You are not a member of this organisation.")
    if "events:read" not in SCOPES[found["role"]]:
        raise Forbidden("Your role may not ask the copilot.")
    zone = ZoneInfo(found["timezone"])
    return World(
        organization={"name": found["name"], "role": found["role"]},
        events=[_dated(event, zone) for event in found["events"]],
        venues=found["venues"],
        now=found["now"],
        timezone=found["timezone"],
        currency=found["currency"],
        locale=found["locale"],
        auto_apply=found["auto_apply"],
    )


def _dated(event: dict[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    times = {name: datetime.fromisoformat(event[name]).astimezone(zone).isoformat() for name in _TIMES if event[name]}
    return {**event, **times}


def _owned(thread: Thread | None) -> Thread:
    if thread is None:
        raise NotFound("There is no such conversation.")
    return thread
