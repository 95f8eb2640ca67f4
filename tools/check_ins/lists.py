"""What happens to check-in lists, in words of the trade."""

from __future__ import annotations

from uuid import UUID

from tools.check_ins import repository, rules
from tools.check_ins.models import CheckInList, CreateCheckInList, ListCheckInLists, NamedCheckInList, UpdateCheckInList
from tools.check_ins.resolve import list_of, list_to_change
from tools.context import Context
from tools.events.resolve import event_id_of, event_of
from tools.events.rules import EventStateConflict, require_changeable
from tools.kit.paging import Page
from tools.operation import Effect, Http, operation
from tools.tickets.resolve import ticket_type_of


@operation(
    scope="check_in_lists:write",
    effect=Effect.write,
    http=(Http("POST", "/check-in-lists", 201),),
    card="check_in_list",
    undo="restore",
    errors=(rules.CheckInListExists, rules.ListNeverOpen, EventStateConflict),
    describe=rules.told_list_created,
)
async def create_check_in_list(ctx: Context, data: CreateCheckInList) -> CheckInList:
    """Add a check-in list to an event: who may come in at a door, and when.

    Use before the doors open. Without ticket types it takes every type. One list for the whole event is usual; add others for
    a backstage door, a workshop or single days.
    """
    event = await event_of(ctx, data.event)
    require_changeable(event)
    types = await _types(ctx, data.ticket_types or [], event.id)
    list_id = ctx.ids.new_id()
    await repository.create(
        ctx.tx,
        ctx.org_id,
        {
            **data.model_dump(include={"name", "reentry", "opens_at", "closes_at"}),
            "id": list_id,
            "event_id": event.id,
            "every_type": not types,
        },
    )
    await repository.set_types(ctx.tx, ctx.org_id, event.id, list_id, types)
    return await list_of(ctx, str(list_id), None)


@operation(
    scope="check_in_lists:write",
    effect=Effect.write,
    http=(
        Http("PATCH", "/check-in-lists/{id}", target="check_in_list", needs_version=True),
        Http("PUT", "/check-in-lists/{id}", target="check_in_list", needs_version=True),
    ),
    card="check_in_list",
    undo="restore",
    errors=(rules.CheckInListExists, rules.ListNeverOpen),
    describe=rules.told_list_changed,
)
async def update_check_in_list(ctx: Context, data: UpdateCheckInList) -> CheckInList:
    """Change a check-in list's name, ticket types, opening times or whether people may come in again.

    Only what is given changes. What was scanned already stays as it was decided.
    """
    door = await list_to_change(ctx, data.check_in_list, data.event)
    given = data.model_fields_set
    changes = {
        name: value
        for name, value in data.model_dump(include={"name", "reentry", "opens_at", "closes_at"}).items()
        if name in given and (value is not None or name in ("opens_at", "closes_at"))
    }
    if data.ticket_types is not None:
        types = await _types(ctx, data.ticket_types, door.event_id)
        changes["every_type"] = not types
        await repository.set_types(ctx.tx, ctx.org_id, door.event_id, door.id, types)
    await repository.update(ctx.tx, ctx.org_id, door.model_copy(update=changes))
    return await list_of(ctx, str(door.id), None)


@operation(
    scope="check_in_lists:write",
    effect=Effect.write,
    http=(Http("DELETE", "/check-in-lists/{id}", target="check_in_list", needs_version=True),),
    card="check_in_list",
    undo="restore",
    errors=(rules.CheckInListInUse,),
    describe=rules.told_list_deleted,
)
async def delete_check_in_list(ctx: Context, data: NamedCheckInList) -> CheckInList:
    """Delete a check-in list on which nothing was scanned."""
    door = await list_to_change(ctx, data.check_in_list, data.event)
    await repository.set_types(ctx.tx, ctx.org_id, door.event_id, door.id, {})
    await repository.delete(ctx.tx, ctx.org_id, door.id)
    return door


@operation(
    scope="check_ins:read",
    effect=Effect.read,
    http=(Http("GET", "/check-in-lists/{id}", target="check_in_list"),),
    card="check_in_list",
)
async def get_check_in_list(ctx: Context, data: NamedCheckInList) -> CheckInList:
    """Show a check-in list with live counts: how many are expected, how many came, how many are inside now.

    Use for "how many are in?" and "how many are still to come?".
    """
    return await list_of(ctx, data.check_in_list, data.event)


@operation(scope="check_ins:read", effect=Effect.read, http=(Http("GET", "/check-in-lists"),), card="check_in_lists")
async def list_check_in_lists(ctx: Context, data: ListCheckInLists) -> Page[CheckInList]:
    """List check-in lists with live counts, of one event or of all."""
    event_id = await event_id_of(ctx, data.event) if data.event else None
    after = ctx.greenroom.cursors.after("check_in_lists", data.cursor)
    found = await repository.find(ctx.tx, ctx.org_id, event_id, after, data.limit)
    return ctx.greenroom.cursors.page(
        Page[CheckInList], "check_in_lists", found, data.limit, lambda last: [last.created_at, last.id]
    )


async def _types(ctx: Context, references: list[str], event_id: UUID) -> dict[UUID, UUID]:
    """The types meant, each with the id of its row on the list. Raises NotFound and Ambiguous."""
    found = [await ticket_type_of(ctx, reference, str(event_id)) for reference in references]
    return {ticket_type.id: ctx.ids.new_id() for ticket_type in found}
