"""An address is sealed where it stands, and found, counted and forgotten by its index; so is what stands there in the clear from before."""

from __future__ import annotations

from typing import Any

import pytest

from tests.office import Office
from tests.tools.shopping.window import Window, add_type, open_window
from tools.counter.refusals import TooManyPerBuyer
from tools.errors import NotFound
from tools.kit.sealing import MARK, SealBroken
from tools.privacy.running import reseal
from tools.store.addresses import ATTENDEE, BUYER, COLUMNS, WAITING, AddressColumn
from tools.waiting_list.rules import AlreadyWaiting

EMAIL = "ann@example.org"


@pytest.fixture
async def window(office: Office) -> Window:
    opened = add_type(await open_window(office), "Rare", max_per_buyer=3)
    await office.do("open_waiting_list", event=str(opened.event_id))
    await opened.buy(await opened.hold(2, "Rare"))
    await office.do("add_to_waiting_list", event=str(opened.event_id), ticket_type="Rare", email=EMAIL, name="Ann")
    return opened


def stored(office: Office, column: AddressColumn) -> list[tuple[Any, ...]]:
    return office.sql(f"select id, {column.column}, {column.column}_index from public.{column.table} order by id")


def as_before(office: Office) -> None:
    """All addresses in the clear, as they were before they were sealed."""
    for column in COLUMNS:
        office.sql(
            f"update public.{column.table} set {column.column} = 'Ann@Example.org', {column.column}_index = null"
        )


async def found_everywhere(window: Window) -> None:
    office = window.office
    door = await office.do("create_check_in_list", event=str(window.event_id), name="Door")
    for said in (EMAIL, EMAIL.upper()):
        (order,) = (await office.do("list_orders", buyer=said)).items
        assert (order.buyer_email or "").lower() == EMAIL
        assert len((await office.do("list_attendees", event=str(window.event_id), query=said)).items) == 2
        guests = await office.do("search_attendees_at_door", check_in_list=str(door.id), query=said)
        assert [guest.email_hint.lower() for guest in guests.items] == ["an…@example.org"] * 2
        held = await office.do("export_person", email=said)
        assert (len(held.orders), len(held.tickets), len(held.waiting_list)) == (1, 2, 1)
    for nobody in ("nn@example.org", "ann@", "example.org"):
        assert (await office.do("list_orders", buyer=nobody)).items == [], "a part of an address finds nobody"
    with pytest.raises(TooManyPerBuyer):
        await window.buy(await window.hold(2, "Rare"), email="ANN@example.org")
    with pytest.raises(AlreadyWaiting):
        await office.do(
            "add_to_waiting_list", event=str(window.event_id), ticket_type="Rare", email=EMAIL.upper(), name="A"
        )


async def test_what_is_sealed_is_found_and_counted_by_the_whole_address(window: Window) -> None:
    for column in (BUYER, ATTENDEE, WAITING):
        rows = stored(window.office, column)
        assert rows
        assert all(text.startswith(MARK) for _, text, _ in rows)
        assert {index for *_, index in rows} == {
            window.office.greenroom.fields.address_index(window.office.org_id, EMAIL)
        }
    await found_everywhere(window)


async def test_what_stands_in_the_clear_from_before_is_found_and_counted_just_so(window: Window) -> None:
    as_before(window.office)
    await found_everywhere(window)


async def test_the_worker_seals_what_stood_in_the_clear(window: Window) -> None:
    before = {column: stored(window.office, column) for column in (BUYER, ATTENDEE, WAITING)}
    as_before(window.office)
    assert await reseal(window.office.greenroom) == 1 + 2 + 1
    for column, rows in before.items():
        assert [(row, index) for row, _, index in rows] == [
            (row, index) for row, _, index in stored(window.office, column)
        ]
    await found_everywhere(window)
    assert await reseal(window.office.greenroom) == 0


@pytest.mark.parametrize("from_before", [False, True])
async def test_an_erasure_finds_both(window: Window, from_before: bool) -> None:
    if from_before:
        as_before(window.office)
    done = await window.office.do("erase_person", email=EMAIL.title())
    assert (done.orders, done.tickets, done.waiting_list_entries) == (1, 2, 1)
    with pytest.raises(NotFound):
        await window.office.do("export_person", email=EMAIL)


@pytest.mark.parametrize("column", [BUYER, ATTENDEE, WAITING])
async def test_an_address_moved_to_another_row_is_refused(window: Window, column: AddressColumn) -> None:
    office = window.office
    await window.buy(await window.hold(1), email="bob@example.org", name="Bob")
    await office.do("add_to_waiting_list", event=str(window.event_id), ticket_type="General", email="bob@example.org")
    office.sql(
        f"update public.{column.table} t set {column.column} = (select f.{column.column} from public.{column.table} f"
        f" where f.{column.column}_index <> t.{column.column}_index limit 1)"
    )
    with pytest.raises(SealBroken):
        await office.do("export_person", email=EMAIL)


async def test_somebody_who_types_what_looks_sealed_is_read_as_they_wrote_it(office: Office) -> None:
    opened = await open_window(office)
    name = f"{MARK}AQABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    wish = {"event": str(opened.event_id), "ticket_type": str(opened.types["General"]), "quantity": 1}
    sold = await office.with_key("once").do("sell_tickets", **wish, buyer=name)
    again = await office.with_key("once").do("sell_tickets", **wish, buyer=name)
    assert sold.buyer_name == again.buyer_name == name
    assert (await office.propose(("sell_tickets", wish | {"buyer": name}))).preview.steps[0].result[
        "buyer_name"
    ] == name
