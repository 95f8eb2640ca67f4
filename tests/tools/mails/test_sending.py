"""A mail on its way: written once, the same at each attempt, and its fate is there to be seen."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.message import EmailMessage
from uuid import UUID

import pytest

from tests.office import Office
from tests.tools.mails.posting import BoxOffice, Outbox, mail_server, open_box_office, plain_order
from tools.errors import Forbidden, NotFound
from tools.mails.sending import Post, send_mail
from tools.mails.transport import MailNotSent, MailRefused, SmtpTransport

SENDER = "tickets@example.net"


@pytest.fixture
async def box(office: Office) -> BoxOffice:
    return await open_box_office(office)


async def waiting_mail(box: BoxOffice, email: str = "ann@example.org") -> UUID:
    box.happened("order_expired", plain_order(box, email=email, status="expired"))
    await box.relayed()
    ((mail,),) = box.office.sql(
        "select id from public.mails where recipient_index = %s",
        box.office.greenroom.fields.address_index(box.office.org_id, email),
    )
    found: UUID = mail
    return found


@dataclass
class Broken:
    """Takes the mail over, and then the connection is gone."""

    taken: list[EmailMessage] = field(default_factory=list)

    async def send(self, message: EmailMessage) -> None:
        self.taken.append(message)
        raise MailNotSent("gone")


async def test_a_mail_is_sent_once_and_a_second_job_of_it_does_nothing(box: BoxOffice) -> None:
    mail, outbox = await waiting_mail(box), Outbox()
    for _ in range(2):
        await send_mail(box.office.greenroom, Post(outbox, SENDER), mail)
    assert len(outbox.messages) == 1
    assert box.office.sql("select status, attempts, sent_at is not null from public.mails") == [("sent", 1, True)]


async def test_a_repeat_says_the_same_under_the_same_id_whatever_changed_meanwhile(box: BoxOffice) -> None:
    mail, broken, outbox = await waiting_mail(box), Broken(), Outbox()
    with pytest.raises(MailNotSent):
        await send_mail(box.office.greenroom, Post(broken, SENDER), mail)
    await box.office.do("update_event", event=str(box.event), name="Spring Gala")
    await send_mail(box.office.greenroom, Post(outbox, SENDER), mail)
    (first,), (second,) = broken.taken, outbox.messages
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Subject"] == second["Subject"]
    assert "Winter Gala" in second["Subject"]


async def test_a_refused_address_fails_for_good_and_says_why(box: BoxOffice) -> None:
    async with mail_server() as server:
        server.recipient_answer = "550 5.1.1 nobody here"
        mail = await waiting_mail(box)
        await send_mail(box.office.greenroom, Post(SmtpTransport.at(f"smtp://127.0.0.1:{server.port}"), SENDER), mail)
    shown = await box.office.do("get_mail", mail=mail)
    assert (shown.status, shown.failure) == ("failed", "550 5.1.1 nobody here")


@pytest.mark.parametrize(
    ("recipient_answer", "data_answer", "error"),
    [
        ("450 busy", "250 OK", MailNotSent),
        ("250 OK", "451 later", MailNotSent),
        ("250 OK", "554 spam", MailRefused),
        ("550 nobody", "250 OK", MailRefused),
    ],
)
async def test_what_the_server_says_decides_whether_it_is_tried_again(
    recipient_answer: str, data_answer: str, error: type[Exception]
) -> None:
    message = EmailMessage()
    message["From"], message["To"] = SENDER, "ann@example.org"
    async with mail_server() as server:
        server.recipient_answer, server.answers = recipient_answer, [data_answer]
        with pytest.raises(error):
            await SmtpTransport.at(f"smtp://127.0.0.1:{server.port}").send(message)


async def test_a_server_that_is_not_there_is_tried_again() -> None:
    message = EmailMessage()
    message["From"], message["To"] = SENDER, "ann@example.org"
    async with mail_server() as server:
        port = server.port
    with pytest.raises(MailNotSent):
        await SmtpTransport.at(f"smtp://127.0.0.1:{port}").send(message)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtps://me:p%40ss@mail.test", SmtpTransport("mail.test", 465, "tls", "me", "p@ss")),
        ("smtp+starttls://mail.test:2525", SmtpTransport("mail.test", 2525, "starttls", None, None)),
        ("smtp://mail.test", SmtpTransport("mail.test", 25, "when offered", None, None)),
    ],
)
def test_an_address_of_a_mail_server_says_how_it_is_reached(url: str, expected: SmtpTransport) -> None:
    assert SmtpTransport.at(url) == expected


async def test_staff_see_what_was_sent_and_viewers_do_not(box: BoxOffice) -> None:
    order = await box.sell("Ann <ann@example.org>", payment_method="card")
    await box.posted()
    staff, viewer = await box.office.colleague("staff"), await box.office.colleague("viewer")
    page = await staff.do("list_mails", event=str(box.event), status="sent")
    assert [(mail.kind, mail.order_id, mail.recipient) for mail in page.items] == [
        ("order_confirmed", order, "ann@example.org")
    ]
    assert (await staff.do("list_mails", order=page.items[0].order_number)).items == page.items
    shown = await staff.do("get_mail", mail=page.items[0].id)
    assert "is complete" in shown.body
    for name, data in (("list_mails", {}), ("get_mail", {"mail": shown.id})):
        with pytest.raises(Forbidden):
            await viewer.do(name, **data)


async def test_the_list_is_read_page_by_page_and_by_what_is_asked(box: BoxOffice) -> None:
    for number in range(5):
        await waiting_mail(box, f"buyer{number}@example.org")
    first = await box.office.do("list_mails", limit=3)
    rest = await box.office.do("list_mails", limit=3, cursor=first.next_cursor)
    assert [mail.recipient for mail in (*first.items, *rest.items)] == [
        f"buyer{number}@example.org" for number in (4, 3, 2, 1, 0)
    ]
    asked = await box.office.do("list_mails", recipient="BUYER2@example.org", kind="order_expired")
    assert [mail.recipient for mail in asked.items] == ["buyer2@example.org"]


async def test_a_mail_of_another_organisation_is_not_there(box: BoxOffice) -> None:
    mail = await waiting_mail(box)
    box.office.sql(
        "insert into public.organizations (id, name) values ('00000000-0000-4000-8000-000000000001', 'Other')"
    )
    box.office.sql("update public.memberships set org_id = '00000000-0000-4000-8000-000000000001'")
    with pytest.raises(NotFound):
        await box.office.do("get_mail", mail=mail)
