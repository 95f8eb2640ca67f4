"""From a name or an id to the check-in list, and from what a scanner read to the ticket's code."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tools.attendees.codes import ForgedTicket, read_ticket_payload
from tools.check_ins import repository
from tools.check_ins.models import CheckInList
from tools.context import Context
from tools.errors import InvalidInput, NotFound
from tools.events.resolve import event_id_of
from tools.kit.ids import as_uuid
from tools.kit.naming import pick
from tools.kit.versions import require_version


async def list_id_of(ctx: Context, reference: str, event: str | None) -> UUID:
    """Raises NotFound and Ambiguous. An id is not looked up here."""
    list_id = as_uuid(reference)
    if list_id is not None:
        return list_id
    event_id = await event_id_of(ctx, event) if event else None
    return pick("check-in list", reference, await repository.named(ctx.tx, ctx.org_id, event_id))


async def list_of(ctx: Context, reference: str, event: str | None) -> CheckInList:
    """Raises NotFound (also for another organisation's id) and Ambiguous."""
    found = await repository.get(ctx.tx, ctx.org_id, await list_id_of(ctx, reference, event))
    if found is None:
        raise NotFound.named("check-in list", reference)
    return found


async def list_to_change(ctx: Context, reference: str, event: str | None) -> CheckInList:
    """The list, nobody else's to change or scan on until the transaction ends. Raises PreconditionFailed besides."""
    list_id = await list_id_of(ctx, reference, event)
    await repository.lock(ctx.tx, ctx.org_id, list_id)
    door = await list_of(ctx, str(list_id), None)
    require_version(ctx.caller.if_match, door.version)
    return door


def read_code(ctx: Context, scanned: str | None) -> dict[str, Any]:
    """The part of a scan that names its ticket by code. Nonsense and forgeries are scans too: they are refused at the door."""
    try:
        return {"code": read_ticket_payload(ctx.greenroom, scanned) if scanned is not None else None}
    except ForgedTicket:
        return {"code": None, "forged": True}
    except InvalidInput:
        return {"code": None}
