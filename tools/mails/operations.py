"""What a person may see of the mails that went out."""

from __future__ import annotations

from tools.context import Context
from tools.errors import NotFound
from tools.events.resolve import event_id_of
from tools.kit.paging import Page
from tools.kit.sealing import Place
from tools.mails import repository
from tools.mails.models import ListMails, Mail, MailSummary, NamedMail
from tools.operation import Effect, Http, operation
from tools.orders.resolve import order_of


@operation(scope="mails:read", effect=Effect.read, http=(Http("GET", "/mails"),), card="mails")
async def list_mails(ctx: Context, data: ListMails) -> Page[MailSummary]:
    """List the mails to buyers, newest first, with what became of each.

    Use when somebody asks whether a mail went out, or which ones failed.
    """
    event_id = await event_id_of(ctx, data.event) if data.event else None
    order_id = (await order_of(ctx, data.order)).id if data.order else None
    after = ctx.greenroom.cursors.after("mails", data.cursor)
    found = await repository.find(ctx.tx, ctx.org_id, data, event_id, order_id, after)
    return ctx.greenroom.cursors.page(
        Page[MailSummary], "mails", found, data.limit, lambda last: [last.created_at, last.id]
    )


@operation(scope="mails:read", effect=Effect.read, http=(Http("GET", "/mails/{id}", target="mail"),), card="mail")
async def get_mail(ctx: Context, data: NamedMail) -> Mail:
    """Show one mail with its text."""
    mail = await repository.get(ctx.tx, ctx.org_id, data.mail)
    if mail is None:
        raise NotFound.named("mail", str(data.mail))
    if mail.body:
        mail.body = ctx.greenroom.fields.open(Place("mails", "body", ctx.org_id, mail.id), mail.body)
    return mail
