"""An import makes what it can, says what it can not and why, and does nothing twice."""

from __future__ import annotations

import asyncio
import base64
import time
from typing import Any

import pytest
from pydantic import ValidationError

from tests.races.crowd import outcomes
from tests.tools.attendees.conftest import Gala
from tools.attendees import repository
from tools.attendees.rules import ImportRefused
from tools.errors import Forbidden, InvalidInput, NotFound
from tools.tickets.rules import TicketsSoldOut

pytestmark = pytest.mark.asyncio(loop_scope="module")

GUESTS = """Name;E-mail;Ticket type;Price
Ann Lee;ann@example.org;General;
Bo Day;bo@example.org;vip;45,00
Cy Kay;nowhere;General;
Di Fox;di@example.org;Balcony;
ann lee;ANN@example.org;General;
Ed Gim;ed@example.org;VIP;900
"""


def told(done: Any) -> tuple[int, int, int]:
    return done.made, done.skipped, done.failed


def placed(gala: Gala) -> list[tuple[Any, ...]]:
    return gala.office.sql(
        "select name, held, sold from public.quotas where event_id = %s order by name", gala.event.id
    )


async def test_each_line_becomes_a_paid_order_of_one_ticket_and_the_rest_is_listed(gala: Gala) -> None:
    done = await gala.bring(GUESTS, payment_method="transfer")
    assert told(done) == (2, 1, 3)
    assert [(row.row, row.name, row.ticket_type_name, row.price_amount) for row in done.made_rows] == [
        (2, "Ann Lee", "General", 0), (3, "Bo Day", "VIP", 4500),
    ]  # fmt: skip
    assert [(row.row, row.reason) for row in done.skipped_rows] == [(6, "the same e-mail and ticket type as row 2")]
    assert [row.row for row in done.failed_rows] == [4, 5, 7]
    assert [row.reason for row in done.failed_rows] == [
        "'nowhere' is not an e-mail address", "There is no ticket type 'Balcony'", "the price is above that of VIP",
    ]  # fmt: skip
    assert done.failed_rows[0].text == "Cy Kay, nowhere, General, "
    assert gala.tickets() == [("Ann Lee", "ann@example.org", "valid"), ("Bo Day", "bo@example.org", "valid")]
    orders = gala.office.sql(
        "select o.channel, o.status, o.total_amount, o.paid_amount, i.price_amount, i.discount_amount, p.method"
        " from public.orders o join public.order_items i on i.order_id = o.id left join public.payments p on p.order_id = o.id"
        " where o.event_id = %s order by o.total_amount",
        gala.event.id,
    )
    assert orders == [
        ("import", "paid", 0, 0, 2500, 2500, None),
        ("import", "paid", 4500, 4500, 9000, 4500, "transfer"),
    ]  # fmt: skip
    assert gala.office.sql("select * from app.quota_drift(%s)", gala.office.org_id) == []


async def test_a_dry_run_says_the_same_and_writes_nothing_at_all(gala: Gala) -> None:
    before = gala.prints()
    looked = await gala.bring(GUESTS, dry_run=True, payment_method="transfer")
    assert gala.prints() == before
    done = await gala.bring(GUESTS, payment_method="transfer")
    assert gala.prints() != before
    unnumbered = [row.model_copy(update={"order_number": None}) for row in done.made_rows]
    assert looked == done.model_copy(update={"dry_run": True, "made_rows": unnumbered})


async def test_only_looking_is_the_default(gala: Gala) -> None:
    assert (await gala.do("import_attendees", event="Winter Gala", csv=GUESTS)).dry_run
    assert gala.tickets() == []


async def test_the_same_file_again_makes_nothing(gala: Gala) -> None:
    await gala.bring(GUESTS)
    before = gala.tickets()
    assert told(await gala.bring(GUESTS)) == (0, 3, 3)
    assert gala.tickets() == before


async def test_the_same_file_sent_ten_times_at_once_makes_each_ticket_once(gala: Gala) -> None:
    heard = await outcomes(gala.bring(GUESTS) for _ in range(10))
    assert heard == {"done": 10}
    assert len(gala.tickets()) == 2


async def test_without_the_turns_the_same_file_at_once_makes_some_twice(
    gala: Gala, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def no_turn(tx: Any, event_id: Any) -> None:
        await asyncio.sleep(0.05)

    monkeypatch.setattr(repository, "one_import_at_a_time", no_turn)
    await asyncio.gather(*(gala.bring(GUESTS) for _ in range(3)))
    assert len(gala.tickets()) > 2


async def test_who_came_by_another_road_is_skipped_too_and_who_was_refunded_is_not(gala: Gala) -> None:
    order = await gala.sell(buyer="Ann Lee <ann@example.org>")
    one = "name,email,type\nAnn,Ann@Example.org,General\n"
    assert told(await gala.bring(one)) == (0, 1, 0)
    assert told(await gala.bring(one.replace("General", "VIP"))) == (1, 0, 0)
    await gala.do("refund_order", order=order.number)
    assert told(await gala.bring(one)) == (1, 0, 0)


async def test_what_does_not_fit_fails_alone(gala: Gala) -> None:
    guests = "name,ticket\n" + "".join(f"Guest {n},{'VIP' if n % 2 else 'General'}\n" for n in range(10))
    done = await gala.bring(guests)
    assert told(done) == (7, 0, 3)
    assert {row.reason for row in done.failed_rows} == {TicketsSoldOut.title.lower()}
    assert placed(gala) == [("General", 0, 5), ("VIP", 0, 2)]


async def test_all_or_nothing_makes_nothing_when_one_line_fails(gala: Gala) -> None:
    before = gala.prints()
    with pytest.raises(ImportRefused) as refused:
        await gala.bring(GUESTS, all_or_nothing=True)
    assert [row["row"] for row in refused.value.details["failed"]] == [4, 5, 7]
    full = "name\n" + "".join(f"Guest {n}\n" for n in range(6))
    with pytest.raises(ImportRefused):
        await gala.bring(full, ticket_type="General", all_or_nothing=True)
    assert gala.prints() == before
    looked = await gala.bring(GUESTS, all_or_nothing=True, dry_run=True)
    assert told(looked) == (0, 1, 3)
    assert told(await gala.bring("name\nAnn\n", ticket_type="General", all_or_nothing=True)) == (1, 0, 0)


async def test_a_line_without_a_type_gets_the_one_named_or_fails(gala: Gala) -> None:
    assert told(await gala.bring("name\nAnn\n")) == (0, 0, 1)
    assert told(await gala.bring("name,type\nAnn,\nBo,VIP\n", ticket_type="General")) == (2, 0, 0)


async def test_prices_that_nobody_paid_yet_stay_open(gala: Gala) -> None:
    done = await gala.bring("name,type,price\nAnn,General,20\n")
    assert done.total_amount == 2000
    assert gala.office.sql(
        "select status, total_amount, paid_amount from public.orders where event_id = %s", gala.event.id
    ) == [("pending", 2000, 0)]


async def test_bytes_of_any_usual_encoding_are_taken(gala: Gala) -> None:
    packed = base64.b64encode("name;type\nZoë;VIP\n".encode("cp1252")).decode()
    done = await gala.do("import_attendees", event="Winter Gala", csv_base64=packed, dry_run=False)
    assert told(done) == (1, 0, 0)
    assert gala.tickets()[0][0] == "Zoë"


@pytest.mark.parametrize(
    "sent",
    [
        {"csv": "name\na\x00b\n"}, {"csv": "name\nhalf \ud800\n"}, {"csv": ""}, {"csv": "x" * 1_000_001}, {"csv": "x" * 10_000_000},
        {"csv_base64": "not base64!"}, {"csv_base64": base64.b64encode(b"x\x00y").decode()}, {"csv_base64": "A"}, {},
        {"csv": "name\nx\n", "csv_base64": "bmFtZQp4Cg=="}, {"csv": "name\n" + "x\n" * 100_000},
        {"csv": "name\nx\n", "dry_run": "perhaps"}, {"csv": "name\nx\n", "ticket_type": "Nobody's"},
    ],
)  # fmt: skip
async def test_a_bad_file_is_refused_and_writes_nothing(gala: Gala, sent: dict[str, Any]) -> None:
    before = gala.prints()
    with pytest.raises((ValidationError, InvalidInput, NotFound)):
        await gala.do("import_attendees", event="Winter Gala", **{"dry_run": False} | sent)
    assert gala.prints() == before


async def test_formulas_are_kept_as_text_and_nothing_runs(gala: Gala) -> None:
    names = ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "'; drop table orders; --"]
    text = "name\n" + "\n".join('"' + name.replace('"', '""') + '"' for name in names)
    assert told(await gala.bring(text, ticket_type="General")) == (5, 0, 0)
    assert sorted(name for name, _, _ in gala.tickets()) == sorted(names)


async def test_who_may_not_sell_may_not_even_look(gala: Gala) -> None:
    viewer = await gala.office.colleague("viewer")
    for dry_run in (True, False):
        with pytest.raises(Forbidden):
            await viewer.do("import_attendees", event=str(gala.event.id), csv=GUESTS, dry_run=dry_run)


async def test_an_import_can_be_proposed_and_does_what_was_shown(gala: Gala) -> None:
    step = {"event": str(gala.event.id), "csv": GUESTS, "dry_run": False, "payment_method": "cash"}
    proposal = await gala.office.propose(("import_attendees", step))
    assert proposal.preview.ok, proposal.preview
    assert gala.tickets() == []
    await gala.office.approve(proposal)
    assert len(gala.tickets()) == 2


@pytest.mark.long
async def test_two_thousand_lines_are_one_call_of_the_counter(gala: Gala) -> None:
    await gala.do("update_ticket_type", ticket_type=str(gala.general.id), quantity=2000)
    text = "name,email\n" + "".join(f"Guest {n},guest{n}@example.org\n" for n in range(2000))
    began = time.perf_counter()
    done = await gala.bring(text, ticket_type="General")
    took = time.perf_counter() - began
    print(f"2,000 attendees imported in {took:.1f} s")
    assert told(done) == (2000, 0, 0)
    assert len(done.made_rows) == 100
