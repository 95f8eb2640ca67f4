"""One mail on its way: written once, sent outside of any transaction, then marked. A crash in between repeats it under the same id."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tools.attendees.documents.models import Attachment
from tools.attendees.links import order_link
from tools.attendees.papers import PDF, order_documents
from tools.context import Greenroom
from tools.kit.sealing import Place
from tools.kit.text import with_hints
from tools.mails import repository, rules
from tools.mails.composing import compose
from tools.mails.rendering import Bill, Letter, Line, Story, render
from tools.mails.repository import Subject
from tools.mails.transport import MailRefused, MailTransport
from tools.members.links import invitation_link

REASON_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Post:
    """By which way mail leaves, and from which address."""

    transport: MailTransport
    sender: str


async def send_mail(greenroom: Greenroom, post: Post, mail_id: UUID) -> None:
    """Sends a waiting mail. Raises MailNotSent (try again later); a refused one is marked failed for good."""
    async with greenroom.database.session(None) as tx:
        subject = await repository.begin(tx, mail_id)
        if subject is None:
            return
        outdated = rules.outdated(
            subject.kind, subject.order_status, _until(subject), subject.now, withdrawn=_withdrawn(subject)
        )
        if outdated:
            await repository.mark(tx, mail_id, "skipped", outdated)
            return
        lines = await repository.lines_of(tx, subject.org_id, subject.order_id) if subject.order_id else []
    papers = await _papers(greenroom, subject)
    letter = _kept(greenroom, subject)
    if letter is None:
        letter = render(_story(greenroom, subject, lines, attached=bool(papers)))
        async with greenroom.database.session(None) as tx:
            await repository.keep_letter(tx, mail_id, _sealed(greenroom, subject, letter))
    try:
        await _send(post, subject, letter, papers)
    except MailRefused as refused:
        await give_up(greenroom, mail_id, str(refused))
        return
    async with greenroom.database.session(None) as tx:
        await repository.mark_sent(tx, mail_id)


async def give_up(greenroom: Greenroom, mail_id: UUID, why: str) -> None:
    """The mail stays unsent, for people to see."""
    async with greenroom.database.session(None) as tx:
        await repository.mark(tx, mail_id, "failed", _reason(why))


async def try_later(greenroom: Greenroom, mail_id: UUID, why: str) -> None:
    async with greenroom.database.session(None) as tx:
        await repository.mark(tx, mail_id, "queued", _reason(why))


def _reason(why: str) -> str:
    """A mail server names whom it refuses."""
    return with_hints(rules.plain(why, REASON_LENGTH))


async def _send(post: Post, subject: Subject, letter: Letter, papers: list[Attachment]) -> None:
    message = compose(
        letter,
        sender=post.sender,
        sender_name=rules.signed_by(subject.kind, subject.organization),
        recipient=subject.recipient,
        dedupe_key=subject.dedupe_key,
        written_at=subject.created_at,
        attachments=papers,
    )
    await post.transport.send(message)


async def _papers(greenroom: Greenroom, subject: Subject) -> list[Attachment]:
    """The tickets and the entry for the calendar, where the mail hands tickets over."""
    if subject.order_id is None or subject.kind not in rules.WITH_TICKETS:
        return []
    papers = await order_documents(greenroom, subject.org_id, subject.order_id, ticket_id=subject.ticket_id)
    return papers if any(paper.mime == PDF for paper in papers) else []


def _sealed(greenroom: Greenroom, subject: Subject, letter: Letter) -> Letter:
    """As it is kept: what it says names people and holds the link to their order."""
    body, html = _places(subject)
    seal = greenroom.fields.seal
    return Letter(letter.subject, seal(body, letter.text), seal(html, letter.html))


def _kept(greenroom: Greenroom, subject: Subject) -> Letter | None:
    if subject.subject is None or subject.body is None or subject.html is None:
        return None
    body, html = _places(subject)
    reveal = greenroom.fields.open
    return Letter(subject.subject, reveal(body, subject.body), reveal(html, subject.html))


def _places(subject: Subject) -> tuple[Place, Place]:
    return Place("mails", "body", subject.org_id, subject.id), Place("mails", "html", subject.org_id, subject.id)


def _until(subject: Subject) -> datetime | None:
    until = subject.facts.get("until")
    return datetime.fromisoformat(until) if until else None


def _withdrawn(subject: Subject) -> bool:
    """Whether there is nothing left to say: nobody is invited any more, or not by whom the platform stopped, or the webhook is on again."""
    if subject.kind == "webhook_switched_off":
        return not subject.facts.get("why")
    return subject.invitation_id is not None and not subject.invitation_open


def _story(greenroom: Greenroom, subject: Subject, lines: list[Line], *, attached: bool) -> Story:
    # The link opens the whole order: it goes to the buyer, never to somebody a ticket was passed on to.
    theirs = subject.order_id is not None and subject.kind != "ticket_transferred"
    return Story(
        kind=subject.kind,
        locale=subject.locale,
        organization=subject.organization,
        name=(subject.buyer_name or "") if theirs else subject.attendee or subject.facts.get("name", ""),
        event=subject.event,
        starts=subject.starts,
        timezone=subject.timezone,
        place=subject.place,
        reason=subject.reason,
        bill=_bill(subject, lines) if theirs else None,
        ticket_type=subject.ticket_type,
        attendee=subject.attendee,
        until=_until(subject),
        link=_link(greenroom, subject, theirs=theirs),
        attached=attached,
        **{name: subject.facts.get(name) or "" for name in ("role", "inviter", "host", "purpose", "why")},
    )


def _link(greenroom: Greenroom, subject: Subject, *, theirs: bool) -> str:
    if theirs and subject.order_id and subject.link_version:
        return order_link(greenroom, subject.order_id, subject.link_version)
    if subject.kind == "place_offered" and (hold := subject.facts.get("hold")):
        return f"{greenroom.public_url}/e/{subject.event_id}?hold={hold}"
    if subject.invitation_id is not None:
        return invitation_link(greenroom, subject.invitation_id)
    if subject.kind == "webhook_switched_off":
        return f"{greenroom.public_url}/office/webhooks?organization={subject.org_id}"
    return ""


def _bill(subject: Subject, lines: list[Line]) -> Bill:
    return Bill(
        number=subject.number or "",
        currency=subject.currency or "",
        total_amount=subject.total_amount or 0,
        tax_amount=subject.tax_amount or 0,
        paid_amount=subject.paid_amount or 0,
        refunded_amount=subject.refunded_amount or 0,
        owed_amount=subject.owed_amount or 0,
        needs_approval=bool(subject.needs_approval),
        expires_at=subject.expires_at,
        lines=tuple(lines),
    )
