"""Lists as files: whole, in the caller's rights, traced, and not held in memory."""

from __future__ import annotations

import csv
import io
import tracemalloc
from functools import partial
from typing import Any

import pytest

from tests.office import Office
from tests.tools.shop import Shop
from tools.errors import Forbidden, InvalidInput, NotFound
from tools.exports import operations, repository
from tools.exports.files import TooManyRows, XlsxTable
from tools.exports.models import Export
from tools.exports.operations import write_export

pytestmark = pytest.mark.asyncio(loop_scope="module")

KINDS = ("orders", "attendees", "sales", "ledger", "check_ins", "payouts")


async def rows_of(office: Office, kind: str, **asked: Any) -> list[dict[str, str]]:
    """The CSV as a program reads it."""
    file = io.BytesIO()
    await write_export(office.greenroom, office.caller, Export.model_validate({"kind": kind, **asked}), file)
    return list(csv.DictReader(io.StringIO(file.getvalue().decode(), newline="")))


async def check_one_in(shop: Shop) -> None:
    org, event = shop.office.org_id, shop.event.id
    ((door,),) = shop.office.sql(
        "insert into public.check_in_lists (org_id, event_id, name) values (%s, %s, 'Door') returning id", org, event
    )
    shop.office.sql(
        "insert into public.check_ins (org_id, event_id, list_id, ticket_id, kind, nonce, scanned_at, reentry, outcome)"
        " select org_id, event_id, %s, id, 'entry', 'nonce-12', '2030-12-12T18:00:00Z', true, 'accepted' from public.tickets"
        " where order_id = %s limit 1", door, shop.paid_order.id,
    )  # fmt: skip


async def test_orders_are_exported_with_their_money_and_the_time_of_the_place(shop: Shop) -> None:
    shop.office.sql("update public.orders set created_at = '2025-07-01T22:30:00Z' where id = %s", shop.paid_order.id)
    paid, open_ = await rows_of(shop.office, "orders", event="Winter Gala")
    assert (paid["number"], paid["ordered_at"]) == (shop.paid_order.number, "2025-07-02T00:30:00+02:00")
    assert (paid["currency"], paid["total"], paid["paid"], paid["owed"], paid["tickets"]) == (
        "EUR",
        "50.00",
        "50.00",
        "0.00",
        "2",
    )
    assert (open_["buyer_name"], open_["buyer_email"], open_["owed"]) == ("Ann", "ann@example.org", "50.00")
    assert [row["number"] for row in await rows_of(shop.office, "orders", to_date="2025-07-02")] == [paid["number"]]


async def test_each_list_has_what_is_stored(shop: Shop) -> None:
    await check_one_in(shop)
    await shop.do(
        "record_payout", provider="stripe", reference="=po_1", amount=4800, fee_amount=200, arrived_on="2029-05-01"
    )
    found = {kind: await rows_of(shop.office, kind) for kind in KINDS}
    assert [row["attendee_name"] for row in found["attendees"]] == ["Ann", "Ann", "Bob", "Bob"]
    assert [(row["sold"], row["net_amount"]) for row in found["sales"]] == [("4", "100.00")]
    assert sum(float(row["amount"]) for row in found["ledger"]) == 0
    last = found["check_ins"][-1]
    assert (last["scanned_at"], last["outcome"], last["attendee_name"]) == (
        "2030-12-12T19:00:00+01:00",
        "accepted",
        "Bob",
    )
    assert [(row["arrived_on"], row["reference"], row["fee"]) for row in found["payouts"]] == [
        ("2025-01-01", "po_0", "0.00"),
        ("2029-05-01", "'=po_1", "2.00"),
    ]
    assert await rows_of(shop.office, "payouts", from_date="2029-05-02") == []
    assert len(await rows_of(shop.office, "payouts", from_date="2029-05-01", to_date="2029-05-01")) == 1


@pytest.mark.parametrize("kind", KINDS)
async def test_the_chat_is_shown_the_first_rows_and_where_the_file_is(shop: Shop, kind: str) -> None:
    await check_one_in(shop)
    await shop.do("record_payout", provider="stripe", reference="po_1", amount=4800)
    offered = await shop.do("export", kind=kind, format="xlsx")
    whole = await rows_of(shop.office, kind)
    assert offered.rows == len(whole) > 0
    assert offered.preview == [list(row.values()) for row in whole][:10]
    assert offered.columns == list(whole[0])
    assert offered.path == f"/api/exports/{kind}.xlsx"


@pytest.mark.parametrize("kind", KINDS)
async def test_another_organisation_exports_nothing_of_it(shop: Shop, kind: str) -> None:
    await check_one_in(shop)
    await shop.do("record_payout", provider="stripe", reference="po_1", amount=4800)
    assert await rows_of(shop.rival, kind) == []
    if kind != "payouts":
        with pytest.raises(NotFound):
            await rows_of(shop.rival, kind, event=str(shop.event.id))


@pytest.mark.parametrize("kind", ["ledger", "payouts"])
async def test_money_of_the_house_is_exported_by_admins_alone(shop: Shop, kind: str) -> None:
    for role in ("viewer", "staff"):
        person = await shop.office.colleague(role)
        with pytest.raises(Forbidden):
            await rows_of(person, kind)
        with pytest.raises(Forbidden):
            await person.do("export", kind=kind)
    await rows_of(await shop.office.colleague("admin"), kind)
    await rows_of(await shop.office.colleague("viewer"), "orders")


async def test_who_took_a_list_stands_in_the_audit_and_a_look_leaves_no_trace(shop: Shop) -> None:
    viewer = await shop.office.colleague("viewer")
    before = shop.trace()
    await viewer.do("export", kind="attendees", event="Winter Gala")
    assert shop.trace() == before
    await rows_of(viewer, "attendees", event="Winter Gala")
    (entry, *_) = (await shop.do("list_audit", limit=1)).items
    assert (entry.operation, entry.actor_id) == ("export", viewer.caller.user_id)
    assert entry.summary == "Download 4 rows of attendees of Winter Gala as CSV"


async def test_what_makes_no_sense_together_is_refused(shop: Shop) -> None:
    for asked in (
        {"kind": "payouts", "event": "Winter Gala"},
        {"kind": "orders", "from_date": "2030-01-02", "to_date": "2030-01-01"},
    ):
        with pytest.raises(InvalidInput):
            await shop.do("export", **asked)
        with pytest.raises(InvalidInput):
            await rows_of(shop.office, **asked)


async def test_a_file_that_fails_half_way_leaves_no_trace_and_the_connection_free(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations, "XlsxTable", partial(XlsxTable, most=1))
    monkeypatch.setattr(repository, "BATCH", 2)
    before = shop.trace()
    for _ in range(12):
        with pytest.raises(TooManyRows):
            await rows_of(shop.office, "attendees", format="xlsx")
    assert shop.trace() == before
    assert len(await rows_of(shop.office, "attendees")) == 4


class Nowhere(io.RawIOBase):
    """A file that keeps nothing but its size."""

    size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.size += len(data)
        return len(data)


async def test_memory_does_not_grow_with_the_list(shop: Shop) -> None:
    """Ten times as many rows, and the peak stays within a fifth; held as a whole it would be ten times as high."""
    peaks = []
    for first, last in ((10_000, 12_999), (20_000, 46_999)):
        shop.office.sql(
            "insert into public.orders (org_id, event_id, number, buyer_name, status, currency, total_amount)"
            " select %s, %s, 'N' || n, 'Ann', 'pending', 'EUR', 0 from generate_series(%s::int, %s) n",
            shop.office.org_id, shop.event.id, first, last,
        )  # fmt: skip
        tracemalloc.start()
        offered = await write_export(
            shop.office.greenroom,
            shop.office.caller,
            Export(kind="orders"),
            Nowhere(),  # type: ignore[arg-type]
        )
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert offered.rows == 30_002
    assert peaks[1] < peaks[0] * 1.2
