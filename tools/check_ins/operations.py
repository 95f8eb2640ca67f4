"""What happens at the door, in words of the trade."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tools.check_ins import repository, rules
from tools.check_ins.models import (
    CheckIn,
    CheckInOrder,
    DoorGuests,
    DownloadCheckInList,
    MakeCheckIn,
    OfflineList,
    OrderCheckIn,
    SearchAttendees,
    UndoCheckIn,
    Upload,
    UploadCheckIns,
    Uploaded,
)
from tools.check_ins.resolve import list_id_of, list_of, read_code
from tools.context import Context
from tools.errors import NotFound
from tools.operation import Effect, Http, operation


@operation(
    scope="check_ins:write",
    effect=Effect.write,
    http=(Http("POST", "/check-in-lists/{id}/check-ins", 201, target="check_in_list"),),
    card="check_in",
    errors=(rules.NonceReused,),
    describe=rules.told_scan,
)
async def check_in(ctx: Context, data: MakeCheckIn) -> CheckIn:
    """Scan one ticket at the door, in or out.

    Answers whether the person may come in, and the reason if not. Send a nonce, and sending it again is the same scan.
    An admin may force a scan that would be refused; it is recorded as forced. Take a scan back with undo_check_in.
    """
    if data.force:
        ctx.require("check_ins:force")
    list_id = await list_id_of(ctx, data.check_in_list, data.event)
    scan = {
        "id": ctx.ids.new_id(),
        "nonce": data.nonce or str(ctx.ids.new_id()),
        **read_code(ctx, data.code),
        "ticket": data.ticket,
        "kind": data.kind,
        "force": data.force,
        "device": data.device or "",
    }
    answer = await repository.scan(ctx.tx, ctx.org_id, list_id, [scan], offline=False)
    (told,) = await _told(ctx, answer)
    if told is None:
        raise rules.NonceReused()
    return told


@operation(
    scope="check_ins:write",
    effect=Effect.write,
    http=(Http("POST", "/check-in-lists/{id}/check-in-order", 201, target="check_in_list"),),
    card="order_check_in",
    errors=(rules.OrderNotOnList, rules.NonceReused),
    describe=rules.told_order,
)
async def check_in_order(ctx: Context, data: CheckInOrder) -> OrderCheckIn:
    """Check in everybody of one order at once, by its number.

    Use when a party arrives together. Each ticket has its own outcome; who is in already is refused, the others come in.
    """
    if data.force:
        ctx.require("check_ins:force")
    door = await list_of(ctx, data.check_in_list, data.event)
    rows = await repository.order_on_list(ctx.tx, ctx.org_id, door.id, data.order)
    if not rows:
        raise NotFound.named("order", data.order)
    tickets = [row["ticket_id"] for row in rows if row["ticket_id"] is not None]
    if not tickets:
        raise rules.OrderNotOnList(f"No ticket of order {rows[0]['number']} is on {door.name}.")
    nonce = data.nonce or str(ctx.ids.new_id())
    scans = [
        {
            "id": ctx.ids.new_id(),
            "nonce": rules.nonce_of(nonce, ticket),
            "ticket": ticket,
            "kind": data.kind,
            "force": data.force,
            "device": data.device or "",
        }
        for ticket in tickets
    ]
    told = await _told(ctx, await repository.scan(ctx.tx, ctx.org_id, door.id, scans, offline=False))
    found = [scan for scan in told if scan is not None]
    if len(found) < len(told):
        raise rules.NonceReused()
    accepted = sum(scan.outcome == "accepted" for scan in found)
    return OrderCheckIn(
        id=rows[0]["id"],
        event_id=door.event_id,
        number=rows[0]["number"],
        accepted=accepted,
        refused=len(found) - accepted,
        check_ins=found,
    )


@operation(
    scope="check_ins:write",
    effect=Effect.write,
    http=(Http("POST", "/check-in-lists/{id}/uploads", target="check_in_list"),),
    describe=rules.told_upload,
    proposable=False,
)
async def upload_check_ins(ctx: Context, data: UploadCheckIns) -> Upload:
    """Take in scans that a device made while it was offline, with the device's own times.

    Each scan has its own outcome. What several devices tell comes out the same in whatever order they tell it: the earlier
    scan of a ticket counts, and a person let in twice is reported as a conflict. Sending a scan again changes nothing.
    """
    if any(scan.force for scan in data.scans):
        ctx.require("check_ins:force")
    door = await list_of(ctx, data.check_in_list, data.event)
    scans = [
        {
            "id": ctx.ids.new_id(),
            "nonce": scan.nonce,
            **read_code(ctx, scan.code),
            "ticket": scan.ticket,
            "kind": scan.kind,
            "at": scan.scanned_at,
            "let_in": scan.let_in,
            "force": scan.force,
            "device": data.device or "",
        }
        for scan in data.scans
    ]
    answer = await repository.scan(ctx.tx, ctx.org_id, door.id, scans, offline=True)
    told = await _told(ctx, answer)
    changed = await repository.check_ins(ctx.tx, ctx.org_id, answer["changed"])
    uploaded = [
        Uploaded(nonce=scan.nonce, check_in=known, problem=None if known else "nonce_reused")
        for scan, known in zip(data.scans, told, strict=True)
    ]
    distinct = {scan.id: scan for scan in told if scan is not None} | changed
    return Upload(
        id=door.id,
        event_id=door.event_id,
        scans=uploaded,
        changed=sorted(changed.values(), key=lambda scan: (scan.scanned_at, scan.nonce)),
        conflicts=sum(scan.conflict for scan in distinct.values()),
    )


@operation(
    scope="check_ins:write",
    effect=Effect.write,
    http=(Http("POST", "/check-ins/{id}/undo", target="check_in"),),
    card="check_in",
    errors=(rules.NothingToUndo,),
    describe=rules.told_undone,
)
async def undo_check_in(ctx: Context, data: UndoCheckIn) -> CheckIn:
    """Take back a scan that let somebody in or out, as if it had not been.

    Use for a wrong scan. The ticket is valid again when no other entry is left.
    """
    await repository.undo(ctx.tx, ctx.org_id, data.check_in)
    return (await repository.check_ins(ctx.tx, ctx.org_id, [data.check_in]))[data.check_in]


@operation(
    scope="check_ins:write",
    effect=Effect.read,
    http=(Http("GET", "/check-in-lists/{id}/attendees", target="check_in_list"),),
    card="door_guests",
)
async def search_attendees_at_door(ctx: Context, data: SearchAttendees) -> DoorGuests:
    """Find somebody at the door without their ticket: by part of a name, whole e-mail address, order number, or the end of the code."""
    door = await list_of(ctx, data.check_in_list, data.event)
    return DoorGuests(items=await repository.search(ctx.tx, ctx.org_id, door.id, data.query.split(), data.limit))


@operation(
    scope="check_ins:write",
    effect=Effect.read,
    http=(Http("GET", "/check-in-lists/{id}/download", target="check_in_list"),),
)
async def download_check_in_list(ctx: Context, data: DownloadCheckInList) -> OfflineList:
    """What a scanning device needs to go on without a connection: codes as hashes, names, who is in.

    Answers page by page, then, with the last cursor, what changed since.
    """
    door = await list_of(ctx, data.check_in_list, data.event)
    kind = f"check_in_download/{door.id}"
    changed = (await repository.changed_at(ctx.tx, ctx.org_id, door.id)).isoformat()
    run = rules.Download.going_on(ctx.greenroom.cursors.after(kind, data.cursor), changed, ctx.now)
    found = await repository.download(ctx.tx, ctx.org_id, door.id, run.since, run.after, data.limit)
    more, items = len(found) > data.limit, found[: data.limit]
    return OfflineList(
        check_in_list_id=door.id,
        name=door.name,
        reentry=door.reentry,
        opens_at=door.opens_at,
        closes_at=door.closes_at,
        fresh=run.since is None and run.after is None,
        items=items,
        cursor=ctx.greenroom.cursors.seal(kind, run.next(items[-1].ticket_id if more else None)),
        more=more,
    )


async def _told(ctx: Context, answer: dict[str, Any]) -> list[CheckIn | None]:
    """What became of each scan, in the order sent; None for a nonce that belongs to another scan."""
    places = sorted(answer["scans"], key=lambda scan: int(scan["n"]))
    found = await repository.check_ins(ctx.tx, ctx.org_id, [scan["id"] for scan in places if "id" in scan])
    return [
        found[UUID(scan["id"])].model_copy(update={"repeated": scan["repeated"]}) if "id" in scan else None
        for scan in places
    ]
