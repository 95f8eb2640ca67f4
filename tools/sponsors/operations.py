"""What happens to sponsors, in words of the trade."""

from __future__ import annotations

from tools.context import Context
from tools.errors import NotFound
from tools.events.resolve import event_id_of, event_of
from tools.events.rules import EventStateConflict, require_changeable
from tools.kit.ids import as_uuid
from tools.kit.naming import pick
from tools.kit.paging import Page
from tools.kit.versions import require_version
from tools.operation import Effect, Http, operation
from tools.sponsors import repository, rules
from tools.sponsors.models import AddSponsor, ListSponsors, NamedSponsorship, Sponsorship, UpdateSponsor


@operation(
    scope="sponsors:write",
    effect=Effect.write,
    http=(Http("POST", "/sponsors", 201),),
    card="sponsorship",
    undo="restore",
    errors=(rules.SponsorshipExists, EventStateConflict),
    describe=rules.told_added,
    totals=rules.worth,
)
async def add_sponsor(ctx: Context, data: AddSponsor) -> Sponsorship:
    """Add a sponsor to an event with a level and an amount.

    Use when the organiser says who sponsors an event, at which level and for how much. The money is agreed, not yet received.
    """
    event = await event_of(ctx, data.event)
    require_changeable(event)
    sponsor_id = await repository.sponsor_named(ctx.tx, ctx.org_id, data.sponsor)
    if sponsor_id is None:
        sponsor_id = ctx.ids.new_id()
        await repository.create_sponsor(ctx.tx, ctx.org_id, sponsor_id, data.sponsor)
    deal_id = ctx.ids.new_id()
    await repository.create(
        ctx.tx,
        ctx.org_id,
        {
            "id": deal_id,
            "event_id": event.id,
            "sponsor_id": sponsor_id,
            "level": data.level.lower(),
            "amount": data.amount,
            "currency": data.currency or event.currency,
        },
    )
    return await sponsorship_of(ctx, str(deal_id), None)


@operation(
    scope="sponsors:write",
    effect=Effect.write,
    http=(
        Http("PATCH", "/sponsors/{id}", target="sponsor", needs_version=True),
        Http("PUT", "/sponsors/{id}", target="sponsor", needs_version=True),
    ),
    card="sponsorship",
    undo="restore",
    errors=(rules.SponsorshipStateConflict,),
    describe=rules.told_changed,
    totals=rules.worth,
)
async def update_sponsor(ctx: Context, data: UpdateSponsor) -> Sponsorship:
    """Change a sponsor's level, amount or status on an event.

    Only what is given changes. Statuses: enquiry, agreed, invoiced, paid, declined.
    """
    deal = await _sponsorship_to_change(ctx, data)
    given = {k: v for k, v in data.model_dump(exclude={"sponsor", "event"}).items() if v is not None}
    if data.status:
        rules.require_move(deal, data.status)
    if data.level:
        given["level"] = data.level.lower()
    await repository.update(ctx.tx, ctx.org_id, deal.model_copy(update=given))
    return await sponsorship_of(ctx, str(deal.id), None)


@operation(
    scope="sponsors:write",
    effect=Effect.write,
    http=(Http("DELETE", "/sponsors/{id}", target="sponsor", needs_version=True),),
    card="sponsorship",
    undo="restore",
    describe=rules.told_removed,
)
async def remove_sponsor(ctx: Context, data: NamedSponsorship) -> Sponsorship:
    """Take a sponsor off an event."""
    deal = await _sponsorship_to_change(ctx, data)
    await repository.delete(ctx.tx, ctx.org_id, deal.id)
    return deal


@operation(
    scope="sponsors:read",
    effect=Effect.read,
    http=(Http("GET", "/sponsors/{id}", target="sponsor"),),
    card="sponsorship",
)
async def get_sponsor(ctx: Context, data: NamedSponsorship) -> Sponsorship:
    """Show what one sponsor agreed for an event."""
    return await sponsorship_of(ctx, data.sponsor, data.event)


@operation(scope="sponsors:read", effect=Effect.read, http=(Http("GET", "/sponsors"),), card="sponsorships")
async def list_sponsors(ctx: Context, data: ListSponsors) -> Page[Sponsorship]:
    """List sponsors and what they agreed, of one event or of all."""
    event_id = await event_id_of(ctx, data.event) if data.event else None
    after = ctx.greenroom.cursors.after("sponsors", data.cursor)
    found = await repository.find(ctx.tx, ctx.org_id, data, event_id, after)
    return ctx.greenroom.cursors.page(
        Page[Sponsorship], "sponsors", found, data.limit, lambda last: [last.created_at, last.id]
    )


async def sponsorship_of(ctx: Context, reference: str, event: str | None) -> Sponsorship:
    """By sponsorship id, or by sponsor name (within the event when given). Raises NotFound and Ambiguous."""
    deal_id = as_uuid(reference)
    if deal_id is None:
        event_id = await event_id_of(ctx, event) if event else None
        deal_id = pick("sponsor", reference, await repository.named(ctx.tx, ctx.org_id, event_id))
    deal = await repository.get(ctx.tx, ctx.org_id, deal_id)
    if deal is None:
        raise NotFound.named("sponsor", reference)
    return deal


async def _sponsorship_to_change(ctx: Context, data: NamedSponsorship) -> Sponsorship:
    """The sponsorship, nobody else's to change until the transaction ends. Raises PreconditionFailed besides."""
    named = await sponsorship_of(ctx, data.sponsor, data.event)
    await repository.lock(ctx.tx, ctx.org_id, named.id)
    deal = await sponsorship_of(ctx, str(named.id), None)
    require_version(ctx.caller.if_match, deal.version)
    return deal
