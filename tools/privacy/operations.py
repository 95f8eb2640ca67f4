"""What an organiser does with a person's own data, in words of the trade."""

from __future__ import annotations

from tools.context import Context
from tools.errors import NotFound
from tools.kit.paging import Page
from tools.kit.sealing import Place
from tools.operation import Effect, Http, operation
from tools.privacy import repository, rules
from tools.privacy.models import Erasure, ListErasures, NamedPerson, PersonExport


@operation(
    scope="people:manage",
    effect=Effect.read,
    http=(Http("POST", "/people/export"),),
    card="person",
    describe=rules.told_exported,
)
async def export_person(ctx: Context, data: NamedPerson) -> PersonExport:
    """Show all that is held about a person: orders, tickets, payments, waiting list, mails and what was done with them.

    Use when somebody asks what you know about them. Who asked and how much was handed out stands in the audit, not whom it was about.
    """
    held = await _held(ctx, data.email)
    await export_person.leave_trace(ctx, held)
    return held


@operation(
    scope="people:manage",
    effect=Effect.external,
    http=(Http("POST", "/people/erase"),),
    card="erasure",
    errors=(rules.PersonIsMember,),
    describe=rules.told_erased,
    proposable=False,
)
async def erase_person(ctx: Context, data: NamedPerson) -> Erasure:
    """Erase a person for good: a pseudonym stands where their name and address stood. Amounts, numbers and tickets stay.

    Use when somebody asks to be forgotten. It can not be taken back. Mails that wait are not sent any more, and the letters sent are
    gone; what the books need stays without the name. Other mentions, also in the chat, are gone through in the minutes after.
    """
    if await repository.is_member(ctx.tx, ctx.org_id, data.email):
        raise rules.PersonIsMember()
    held = await _held(ctx, data.email)
    erasure_id = ctx.ids.new_id()
    said = [*held.names, *{order.billing_address for order in held.orders}]
    traces = rules.traces_of(
        data.email, said, [*(order.id for order in held.orders), *(ticket.id for ticket in held.tickets)]
    )
    place = Place("erasures", "terms", ctx.org_id, erasure_id)
    await repository.erase(
        ctx.tx,
        ctx.org_id,
        {
            "id": erasure_id,
            "email": data.email,
            "names": held.names,
            "pseudonym": rules.pseudonym_of(erasure_id),
            "person": ctx.greenroom.fields.blind_indexes("erasures", ctx.org_id, data.email)[0],
            "terms": ctx.greenroom.fields.seal(place, traces.to_json()),
        },
    )
    erasure = await repository.erasure_of(ctx.tx, ctx.org_id, erasure_id)
    assert erasure is not None, "it was written in this transaction"
    return erasure


@operation(scope="people:manage", effect=Effect.read, http=(Http("GET", "/people/erasures"),), card="erasures")
async def list_erasures(ctx: Context, data: ListErasures) -> Page[Erasure]:
    """List who was erased, by their pseudonyms, and whether all mentions have been gone through, newest first.

    With an address: whether and when the person behind it was erased, though nothing here says who that was.
    """
    after = ctx.greenroom.cursors.after("erasures", data.cursor)
    fields = ctx.greenroom.fields
    people = fields.blind_indexes("erasures", ctx.org_id, data.email) if data.email else None
    found = await repository.find(ctx.tx, ctx.org_id, data.limit, people, after)
    return ctx.greenroom.cursors.page(
        Page[Erasure], "erasures", found, data.limit, lambda last: [last.created_at, last.id]
    )


async def _held(ctx: Context, email: str) -> PersonExport:
    """Raises NotFound when nothing is."""
    tx, org, fields = ctx.tx, ctx.org_id, ctx.greenroom.fields
    orders = await repository.orders_of(tx, org, email)
    for order in orders:
        order.billing_address = fields.open(Place("orders", "billing_address", org, order.id), order.billing_address)
    order_ids = [order.id for order in orders]
    tickets = await repository.tickets_of(tx, org, email, order_ids)
    ticket_ids = [ticket.id for ticket in tickets]
    mails = await repository.mails_of(tx, org, email)
    for mail_id, mail in mails.items():
        mail.body = mail.body and fields.open(Place("mails", "body", org, mail_id), mail.body)
    places = await repository.places_of(tx, org, email)
    own = [ticket.attendee_name for ticket in tickets if ticket.attendee_email]
    held = PersonExport(
        email=email,
        names=sorted({*(order.buyer_name for order in orders), *own, *(place.name for place in places)} - {""}),
        made_at=ctx.now,
        orders=orders,
        tickets=tickets,
        check_ins=await repository.check_ins_of(tx, org, ticket_ids),
        payments=await repository.payments_of(tx, org, order_ids),
        refunds=await repository.refunds_of(tx, org, order_ids),
        waiting_list=places,
        mails=list(mails.values()),
        audit=await repository.notes_of(tx, org, [*order_ids, *ticket_ids]),
    )
    if rules.is_nothing(held):
        raise NotFound("Nothing is held about this address.", remedy="Check how the person wrote it.")
    return held
