"""The page behind a buyer's link: what it shows, what may be done there, and that nobody else gets in."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import api
from api.orders_page_view import _WORDS
from tests.builders import Person, Service, made, make_event, make_ticket_type
from tools.attendees.codes import ticket_payload
from tools.attendees.documents.qr import qr_svg
from tools.attendees.links import order_of_token, order_token
from tools.store.addresses import ATTENDEE, open_address

pytestmark = pytest.mark.asyncio(loop_scope="module")
TEMPLATES = Path(api.__file__).parent / "templates"
GAP = re.compile(r"\{\w+\}")


@dataclass(frozen=True)
class Bought:
    """An order of two tickets, and the path of its page."""

    service: Service
    owner: Person
    order: dict[str, Any]
    path: str

    async def get(self, more: str = "") -> Any:
        return await self.service.stranger.get(self.path + more)

    async def post(self, action: str, **fields: str) -> Any:
        return await self.service.stranger.post(f"{self.path}/{action}", data=fields)

    async def shown(self) -> str:
        answer = await self.get()
        assert answer.status_code == 200
        return html.unescape(answer.text)

    async def tickets(self) -> list[tuple[Any, ...]]:
        rows = await self.service.sql(
            "select org_id, id, attendee_name, status, attendee_email from public.tickets where order_id = %s order by created_at, status",
            UUID(self.order["id"]),
        )
        fields = self.service.parts.greenroom.fields
        return [
            (name, status, open_address(fields, ATTENDEE, org, ticket, stored))
            for org, ticket, name, status, stored in rows
        ]

    async def saved(self) -> Any:
        """The tickets, from where the page leads to."""
        answer = await self.get("/tickets.pdf")
        assert (answer.status_code, answer.headers["cache-control"]) == (303, "no-store")
        return await self.service.stranger.get(answer.headers["location"])

    @property
    def ticket(self) -> str:
        return str(self.order["tickets"][0]["id"])


async def buy(service: Service, owner: Person, **more: Any) -> Bought:
    event = await make_event(owner, name="Winter <Gala>", **more.pop("event", {}))
    await owner.client.post(f"/api/events/{event['id']}/publish")
    offer = await make_ticket_type(owner, event, quantity=2)
    sale = {"event": event["id"], "ticket_type": offer["id"], "quantity": 2, "buyer": "Ann <ann@example.org>"}
    order = await made(owner.client.post("/api/orders", json=sale | {"payment_method": "card"} | more))
    token = order_token(service.parts.greenroom, UUID(order["id"]))
    return Bought(service, owner, order, f"/o/{token}")


@pytest_asyncio.fixture(loop_scope="module")
async def bought(service: Service, owner: Person) -> Bought:
    return await buy(service, owner)


async def test_a_buyer_sees_the_tickets_with_their_codes_and_what_was_paid(bought: Bought) -> None:
    answer = await bought.get()
    assert answer.status_code == 200
    assert "Winter &lt;Gala&gt;" in answer.text
    assert "Winter <Gala>" not in answer.text
    assert answer.text.count("<svg") == 2
    assert all(ticket["code"] in answer.text for ticket in bought.order["tickets"])
    assert "€50.00" in answer.text


async def test_the_page_is_kept_nowhere_runs_no_script_and_tells_no_other_site(bought: Bought) -> None:
    answer = await bought.get()
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert (answer.headers["cache-control"], answer.headers["referrer-policy"]) == ("no-store", "no-referrer")
    assert not re.search(r"<script|\son\w+=|style=|https?://(?!www\.w3\.org)", answer.text)
    style = re.search(r'href="(/o/order\.\w+\.css)"', answer.text)
    assert style
    assert (await bought.service.stranger.get(style[1])).headers["content-type"].startswith("text/css")


async def test_the_papers_are_downloads_of_their_kind(bought: Bought) -> None:
    pdf, calendar = await bought.saved(), await bought.get("/event.ics")
    assert pdf.content.startswith(b"%PDF-")
    assert pdf.headers["content-type"] == "application/pdf"
    name = f"tickets-{bought.order['number']}.pdf"
    assert pdf.headers["content-disposition"] == f"attachment; filename*=UTF-8''{name}"
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert b"METHOD:PUBLISH" in calendar.content


async def test_a_ticket_goes_to_somebody_else_though_everything_is_sold(bought: Bought) -> None:
    code = bought.order["tickets"][0]["code"]
    answer = await bought.post("transfer", ticket=bought.ticket, name="Bo Day", email="bo@example.org")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{bought.path}?done=transfer")
    assert sorted(status for _, status, _ in await bought.tickets()) == ["transferred", "valid", "valid"]
    assert ("Bo Day", "valid", "bo@example.org") in await bought.tickets()
    assert code not in await bought.shown()
    rows = await bought.service.sql(
        "select actor_kind, actor_id, effect from public.audit where operation = 'transfer_ticket' and org_id = %s",
        bought.owner.org_id,
    )
    assert rows == [("buyer", None, "external")]
    told = await bought.service.sql(
        "select subject_id from public.outbox where kind = 'transfer_ticket' and org_id = %s", bought.owner.org_id
    )
    assert len(told) == 1


async def test_a_name_is_corrected(bought: Bought) -> None:
    assert (await bought.post("name", ticket=bought.ticket, name="  Anne <b>Lee</b> ")).status_code == 303
    page = (await bought.get()).text
    assert "Anne &lt;b&gt;Lee&lt;/b&gt;" in page
    assert "<b>Lee" not in page


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("name", {"ticket": "TICKET", "name": ""}),
        ("name", {"ticket": "TICKET", "name": "x" * 201}),
        ("name", {"ticket": "TICKET", "name": "a\x00b"}),
        ("name", {"ticket": "not an id", "name": "Bo"}),
        ("name", {"ticket": "TICKET", "name": "Bo", "status": "valid"}),
        ("transfer", {"ticket": "TICKET", "name": "Bo", "email": "bo"}),
        ("transfer", {"ticket": "TICKET", "name": "Bo", "email": "bo@example.org\nBcc: all@example.org"}),
        ("transfer", {"ticket": "TICKET", "name": "Bo", "email": "a@example.org,b@example.org"}),
        ("transfer", {"ticket": "TICKET", "name": "Bo"}),
        ("choice", {"choice": "everything"}),
    ],
)
async def test_what_is_typed_wrong_is_said_so_and_changes_nothing(
    bought: Bought, action: str, fields: dict[str, str]
) -> None:
    before = await bought.tickets()
    sent = {name: bought.ticket if value == "TICKET" else value for name, value in fields.items()}
    answer = await bought.post(action, **sent)
    assert answer.status_code == 422
    assert "Please check what you typed." in answer.text
    assert await bought.tickets() == before


async def test_only_a_form_is_read(bought: Bought) -> None:
    path = f"{bought.path}/name"
    assert (await bought.service.stranger.post(path, json={"ticket": bought.ticket, "name": "Bo"})).status_code == 415
    assert (await bought.service.stranger.post(path, content=b"x" * 300_000)).status_code == 413
    assert (await bought.service.stranger.get(path)).status_code in (404, 405)


async def test_a_ticket_of_another_order_is_out_of_reach(bought: Bought, service: Service, owner: Person) -> None:
    other = await buy(service, owner)
    before = await other.tickets()
    for ticket in (other.ticket, str(uuid4())):
        assert (await bought.post("name", ticket=ticket, name="Mallory")).status_code == 404
        answer = await bought.post("transfer", ticket=ticket, name="Mallory", email="m@example.org")
        assert answer.status_code == 404
    assert await other.tickets() == before


async def test_what_was_used_stays_with_who_used_it(bought: Bought) -> None:
    await bought.service.sql("update public.tickets set status = 'checked_in' where id = %s", UUID(bought.ticket))
    answer = await bought.post("transfer", ticket=bought.ticket, name="Bo", email="bo@example.org")
    assert answer.status_code == 409
    assert "That is not possible any more" in answer.text
    assert "already used" in answer.text


async def test_an_unpaid_order_shows_no_code_and_gives_out_no_ticket(service: Service, owner: Person) -> None:
    unpaid = await buy(service, owner, payment_method=None)
    page = await unpaid.shown()
    assert "Not paid yet" in page
    assert "<svg" not in page
    assert all(ticket["code"] not in page for ticket in unpaid.order["tickets"])
    assert (await unpaid.get("/tickets.pdf")).status_code == 404
    answer = await unpaid.post("transfer", ticket=unpaid.ticket, name="Bo", email="bo@example.org")
    assert answer.status_code == 409
    assert (await unpaid.post("pay")).status_code == 409


async def test_a_cancelled_event_shows_no_code_and_calls_the_date_off(bought: Bought) -> None:
    await bought.service.sql(
        "update public.events set status = 'cancelled', cancel_reason = 'Snow' where id = %s",
        UUID(bought.order["event_id"]),
    )
    page = await bought.shown()
    assert "The event is cancelled" in page
    assert "Snow" in page
    assert "<svg" not in page
    assert b"METHOD:CANCEL" in (await bought.get("/event.ics")).content
    assert (await bought.post("name", ticket=bought.ticket, name="Bo")).status_code == 409


async def test_a_buyer_takes_the_money_back_when_that_was_offered(bought: Bought) -> None:
    assert (await bought.post("choice", choice="refund")).status_code == 404
    await bought.service.sql(
        "insert into public.refund_choices (org_id, event_id, order_id, options, keep_amount, deadline)"
        " select org_id, event_id, id, '{refund,keep}', 500, now() + interval '7 days' from public.orders where id = %s",
        UUID(bought.order["id"]),
    )
    assert "€5.00 is kept by the organiser" in await bought.shown()
    assert (await bought.post("choice", choice="donate")).status_code in (409, 422)
    assert (await bought.post("choice", choice="refund")).headers["location"] == f"{bought.path}?done=choice"
    ((status, back),) = await bought.service.sql(
        "select status, refunded_amount from public.orders where id = %s", UUID(bought.order["id"])
    )
    assert (status, back) == ("cancelled", 4500)
    assert "€45.00 goes back to you." in await bought.shown()
    assert (await bought.post("choice", choice="keep")).status_code == 409


async def test_a_receipt_is_there_after_the_event(service: Service, owner: Person) -> None:
    past = await buy(service, owner)
    await service.sql(
        "update public.events set start_date = now() - interval '2 days', end_date = now() - interval '1 day' where id = %s",
        UUID(past.order["event_id"]),
    )
    page = await past.shown()
    assert "The event is over" in page
    assert "€50.00" in page
    assert "<svg" not in page
    answer = await past.post("transfer", ticket=past.ticket, name="Bo", email="bo@example.org")
    assert answer.status_code == 409


async def test_the_page_speaks_the_organisations_language(bought: Bought) -> None:
    for locale, words in (
        ("nl", "Uw tickets staan klaar"),
        ("de-AT", "Ihre Tickets sind da"),
        ("tlh", "Your tickets are ready"),
    ):
        await bought.service.sql(
            "update public.organizations set locale = %s where id = %s", locale, bought.owner.org_id
        )
        assert words in await bought.shown()


async def test_every_text_has_a_word_in_every_language_and_the_same_gaps() -> None:
    used = set(re.findall(r't\(["\'](.+?)["\'][,)]', (TEMPLATES / "order.html").read_text()))
    for words in _WORDS.values():
        assert words.keys() == _WORDS["nl"].keys()
        assert used <= words.keys()
        assert all(sorted(GAP.findall(text)) == sorted(GAP.findall(said)) for text, said in words.items())


async def test_a_renewed_link_replaces_the_old_one(bought: Bought) -> None:
    answer = await bought.owner.client.post(f"/api/orders/{bought.order['id']}/link")
    link = answer.json()["link"]
    assert (await bought.get()).status_code == 404
    assert (
        await bought.service.stranger.get(link.removeprefix(bought.service.parts.greenroom.public_url))
    ).status_code == 200
    shown = (await bought.owner.client.get(f"/api/orders/{bought.order['id']}/link")).json()["link"]
    assert shown == link


async def test_every_bad_link_gets_the_same_answer(bought: Bought) -> None:
    token = bought.path.removeprefix("/o/")
    greenroom = bought.service.parts.greenroom
    bad = [
        token[:-1], token + "A", token[:-1] + ("A" if token[-1] != "A" else "B"), "x", "x" * 5000, "%00", "%F0%9F%8E%AB",
        order_token(greenroom, uuid4()), order_token(greenroom, UUID(bought.order["id"]), 2),
        greenroom.signer.seal("another purpose", UUID(bought.order["id"]).bytes + b"\x00\x01"),
    ]  # fmt: skip
    answers = [await bought.service.stranger.get(f"/o/{each}") for each in bad]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert (await bought.service.stranger.post(f"/o/{bad[0]}/name", data={"name": "x"})).status_code == 404


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(at=st.integers(0, 10_000), letter=st.sampled_from("ABab01-_~."))
async def test_a_link_with_one_letter_changed_opens_nothing(bought: Bought, at: int, letter: str) -> None:
    token = bought.path.removeprefix("/o/")
    at %= len(token)
    if token[at] != letter:
        assert order_of_token(bought.service.parts.greenroom, token[:at] + letter + token[at + 1 :]) is None


async def test_who_knocks_too_often_waits(service: Service, owner: Person) -> None:
    bought = await buy(service, owner)
    answers = [await bought.post("name", ticket=bought.ticket, name=f"Ann {n}") for n in range(25)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert len(refused) == 5
    assert int(refused[0].headers["retry-after"]) > 0
    assert "too often" in refused[0].text


async def test_the_page_carries_the_signed_code(bought: Bought) -> None:
    code = bought.order["tickets"][0]["code"]
    page = (await bought.get()).text
    assert qr_svg(ticket_payload(bought.service.parts.greenroom, code)) in page
    assert qr_svg(code) not in page


@pytest.mark.parametrize(
    ("pay_url", "status"),
    [("https://pay.example/1?a=1&b=2", 200), ("javascript:alert(1)", 503), ("data:text/html,x", 503), (None, 503)],
)
async def test_paying_goes_on_to_the_providers_page_and_to_no_other_kind(
    service: Service, owner: Person, monkeypatch: pytest.MonkeyPatch, pay_url: str | None, status: int
) -> None:
    unpaid = await buy(service, owner, payment_method=None)
    asked: list[tuple[UUID, str]] = []

    async def start(_: Any, order_id: UUID, *, return_url: str) -> Any:
        asked.append((order_id, return_url))
        return SimpleNamespace(pay_url=pay_url)

    monkeypatch.setattr("api.orders_page.start_checkout_payment", start)
    taking = replace(service.parts.greenroom, payments=SimpleNamespace(name="sandbox"))
    # The state keeps its values in a dictionary of its own.
    monkeypatch.setitem(service.app.state._state, "parts", replace(service.parts, greenroom=taking))
    assert "Pay €50.00" in await unpaid.shown()
    answer = await unpaid.post("pay")
    assert answer.status_code == status
    assert asked == [(UUID(unpaid.order["id"]), f"{taking.public_url}{unpaid.path}?paid=1")]
    assert ('http-equiv="refresh" content="0;url=https://pay.example/1?a=1&amp;b=2"' in answer.text) == (status == 200)
    assert "javascript" not in answer.text
    back = await unpaid.get("?paid=1")
    assert "We are waiting for your payment to be confirmed" in back.text
    assert 'http-equiv="refresh" content="5"' in back.text
