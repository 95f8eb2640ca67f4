"""What a steward's device asks for: people by name, and the list to go on without a connection."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest

from tests.tools.check_ins.door import Door
from tools.errors import InvalidInput

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def names(door: Door, query: str, **more: Any) -> list[str]:
    return [guest.attendee_name for guest in (await door.do("search_attendees_at_door", query=query, **more)).items]


async def test_people_are_found_by_name_address_number_and_end_of_the_code(door: Door) -> None:
    door.office.sql(
        "update public.tickets set attendee_name = 'Zoë Núñez', attendee_email = 'zoe.nunez@example.org' where id = %s",
        door.tickets[3],
    )
    ((number,),) = door.office.sql("select number from public.orders where id = %s", door.orders[1])
    for query in ("zoe", "NUNEZ zoë", "Zoe.Nunez@example.org", door.codes[3][-6:], f"{number} zoe"):
        assert await names(door, query) == ["Zoë Núñez"], query
    assert await names(door, number) == ["Guest 1 of Buyer 2", "Zoë Núñez"]
    assert len(await names(door, "guest buyer")) == 5
    assert len(await names(door, "guest", limit=2)) == 2
    for nobody in ("zoe buyer", "nunez@ex", "@@", "%", "__", "' or 1=1", door.codes[3][:6]):
        assert nobody == "%" or await names(door, nobody) == []


async def test_a_found_person_is_let_in_by_their_ticket_and_undone_again_with_little_said_about_them(
    door: Door,
) -> None:
    (guest,) = (await door.do("search_attendees_at_door", query=door.codes[0][-6:])).items
    assert (guest.email_hint, guest.barred, guest.inside, guest.check_in_id) == ("bu…@example.org", None, False, None)
    assert door.codes[0] not in guest.model_dump_json()
    assert "buyer1@" not in guest.model_dump_json()
    await door.scan(guest.ticket_id)
    (guest,) = (await door.do("search_attendees_at_door", query=door.codes[0][-6:])).items
    assert guest.inside
    assert guest.entered_at
    await door.office.do("undo_check_in", check_in=guest.check_in_id)
    (guest,) = (await door.do("search_attendees_at_door", query=door.codes[0][-6:])).items
    assert not guest.inside


async def test_who_is_not_on_the_list_is_found_and_said_to_be_on_another(door: Door) -> None:
    await door.do("update_check_in_list", ticket_types=["VIP"])
    guest = (await door.do("search_attendees_at_door", query="guest")).items[0]
    assert (guest.on_list, guest.barred) == (False, "wrong_list")


async def downloaded(door: Door, cursor: str | None = None, limit: int = 4) -> tuple[dict[Any, Any], str, bool]:
    """All pages: what a device knows then, by the hash of the code; whether it had to start anew."""
    known: dict[Any, Any] = {}
    anew = False
    while True:
        page = await door.do("download_check_in_list", limit=limit, **({"cursor": cursor} if cursor else {}))
        if page.fresh:
            known, anew = {}, True
        known |= {item.code_hash: item for item in page.items}
        cursor = page.cursor
        if not page.more:
            return known, page.cursor, anew


async def test_a_device_knows_every_ticket_by_the_hash_of_its_code_and_then_what_changed(door: Door) -> None:
    hashes = [sha256(code.encode()).hexdigest() for code in door.codes]
    known, cursor, anew = await downloaded(door)
    assert (set(known), anew) == (set(hashes), True)
    assert not any(code in str(known) for code in door.codes)
    # Later than the overlap in which a slow transaction's changes are asked for again.
    door.office.sql("update public.tickets set updated_at = now() - interval '1 hour' where event_id = %s", door.event)
    _later, cursor, anew = await downloaded(door, cursor)
    assert not anew
    await door.scan(1)
    door.office.sql("update public.orders set status = 'pending' where id = %s", door.orders[2])
    changes, cursor, anew = await downloaded(door, cursor)
    assert not anew
    assert changes[hashes[1]].inside
    assert changes[hashes[1]].entered_at
    assert {changes[hashes[n]].barred for n in (4, 5)} == {"unpaid"}


async def test_a_list_that_changed_is_downloaded_anew(door: Door) -> None:
    _, cursor, _ = await downloaded(door)
    await door.do("update_check_in_list", ticket_types=["VIP"])
    known, _, anew = await downloaded(door, cursor)
    assert (known, anew) == ({}, True)


async def test_a_cursor_of_another_list_or_made_by_hand_is_refused(door: Door) -> None:
    _, cursor, _ = await downloaded(door)
    other = await door.office.do("create_check_in_list", event=str(door.event), name="Other")
    for wrong in (cursor, cursor[:-2] + "AA", "bm90IG1pbmU"):
        with pytest.raises(InvalidInput):
            await door.by(other.id).do("download_check_in_list", cursor=wrong)
