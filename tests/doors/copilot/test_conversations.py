"""Whole conversations through the real graph: the rules planner, the guard, the operations and the database, over the real door."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.doors.copilot.chat import Answered, Chat, chat_with
from tests.office import Office
from tests.postgres import ClonedDatabase

YEAR = datetime.now(UTC).year + 1
TANGO = f"Create a tango night on 5 December {YEAR} 8pm at Loft 21, 60 tickets at 12 euros"


@pytest.fixture
async def chat(office: Office, database: ClonedDatabase) -> AsyncIterator[Chat]:
    for name, city, capacity in (
        ("Loft 21", "Utrecht", 80),
        ("Grand Hall", "Rotterdam", 500),
        ("Harbour Stage", "Rotterdam", 1200),
    ):
        await office.do("create_venue", name=name, city=city, capacity=capacity)
    await office.do("create_event", name="Winter Gala", start_date=f"{YEAR}-12-18T20:00:00+01:00", venue="Grand Hall")
    await office.do("create_event", name="Tech Meetup", start_date=f"{YEAR}-12-02T18:30:00+01:00", venue="Loft 21")
    await office.do("create_event", name="Spring Picnic", start_date=f"{YEAR}-04-16T12:00:00+02:00")
    await office.do("create_ticket_type", event="Winter Gala", name="VIP", price_amount=9000, quantity=40)
    await office.do("publish_event", event="Winter Gala")
    async with chat_with(office, database) as chat:
        yield chat


def only(answer: Answered, operation: str) -> dict[str, Any]:
    """The input of the one step the card proposes."""
    assert [name for name, _ in answer.steps] == [operation], answer
    return answer.steps[0][1]


def named(answer: Answered) -> list[str]:
    return [name for name, _ in answer.steps]


async def test_a_waiting_card_takes_every_change_and_forgets_none(chat: Chat) -> None:
    await chat.say(TANGO)
    assert (await chat.say("push it back by half an hour")).steps[0][1]["start_date"] == f"{YEAR}-12-05T20:30:00+01:00"
    await chat.say("make it 80 tickets")
    answer = await chat.say("add 20 VIP at 90 to it")
    assert named(answer) == ["create_event", "book_venue", "create_ticket_type", "create_ticket_type"]
    event, _, general, vip = (given for _, given in answer.steps)
    assert event["start_date"] == f"{YEAR}-12-05T20:30:00+01:00"
    assert (general["quantity"], general["price_amount"]) == (80, 1200)
    assert (vip["name"], vip["quantity"], vip["price_amount"]) == ("VIP", 20, 9000)
    await chat.approve()
    made = await chat.office.do("list_ticket_types", event="Tango Night")
    assert sorted(ticket_type.quantity for ticket_type in made.items) == [20, 80]


async def test_a_card_is_moved_to_another_time_and_venue_before_it_is_approved(chat: Chat) -> None:
    await chat.say(TANGO)
    assert (await chat.say("no, make it 9pm")).steps[0][1]["start_date"] == f"{YEAR}-12-05T21:00:00+01:00"
    answer = await chat.say("make it the Blue Room instead")
    assert answer.steps[0][1] == {
        "name": "Tango Night", "start_date": f"{YEAR}-12-05T21:00:00+01:00", "venue": "Blue Room",
    }  # fmt: skip
    assert answer.steps[1][1]["venue"] == "Blue Room"
    assert answer.steps[2][1]["quantity"] == 60


async def test_what_was_applied_is_changed_and_not_made_again(chat: Chat) -> None:
    await chat.say(TANGO)
    await chat.approve()
    moved = only(await chat.say("no, make it 9pm"), "update_event")
    assert moved == {"event": "Tango Night", "start_date": f"{YEAR}-12-05T21:00:00+01:00"}
    await chat.approve()
    vip = only(await chat.say("add 20 VIP at 90 to it"), "create_ticket_type")
    assert vip == {"event": "Tango Night", "name": "VIP", "quantity": 20, "price_amount": 9000}
    await chat.approve()
    assert only(await chat.say("move it to the 6th"), "update_event")["start_date"] == f"{YEAR}-12-06T21:00:00+01:00"
    await chat.approve()
    assert only(await chat.say("publish it"), "publish_event") == {"event": "Tango Night"}


async def test_a_card_approved_while_the_person_talks_on_is_known_as_applied(chat: Chat) -> None:
    await chat.say(TANGO)
    assert "Approve it on the card" in (await chat.say("yes")).text
    await chat.approve()
    assert only(await chat.say("make it 9pm"), "update_event")["event"] == "Tango Night"


async def test_an_undo_says_that_it_was_undone(chat: Chat) -> None:
    await chat.say(f"Move the Winter Gala to 19 December {YEAR}")
    assert (await chat.approve()).startswith("Done: Change event to Winter Gala")
    undo = await chat.say("undo that")
    assert undo.card is not None
    assert (await chat.approve()).startswith("Undone: Change event to Winter Gala")
    later = only(await chat.say("push the gala back an hour"), "update_event")
    assert later["start_date"] == f"{YEAR}-12-18T21:00:00+01:00"


@pytest.mark.parametrize(
    ("answer", "step"),
    [("the order", "refund_order"), ("the event", "cancel_event")],
)
async def test_cancel_it_behind_a_sale_asks_what_is_meant(chat: Chat, answer: str, step: str) -> None:
    await chat.say("Sell 2 VIP tickets for the Winter Gala to Anna Bakker")
    await chat.approve()
    asked = await chat.say("Cancel it")
    assert asked.asks
    assert "order" in asked.text
    assert "the event Winter Gala" in asked.text
    assert named(await chat.say(answer)) == [step]


async def test_cancel_it_behind_a_booking_and_tickets_asks_too(chat: Chat) -> None:
    await chat.say("Book the Harbour Stage for the picnic")
    await chat.approve()
    assert (await chat.say("cancel it")).asks
    assert only(await chat.say("the booking"), "cancel_booking")["venue"] == "Harbour Stage"
    await chat.reject()
    await chat.say("add 100 tickets at 10 euros to the picnic")
    await chat.approve()
    assert (await chat.say("delete them")).asks
    assert only(await chat.say("the tickets"), "delete_ticket_type")["event"] == "Spring Picnic"


async def test_control_cancel_it_behind_a_new_event_needs_no_question(chat: Chat) -> None:
    await chat.say(TANGO)
    await chat.approve()
    assert only(await chat.say("Cancel it"), "cancel_event") == {"event": "Tango Night"}


async def test_an_unclear_event_is_asked_for_and_the_answer_completes_the_card(chat: Chat) -> None:
    assert (await chat.say("cancel it")).asks
    assert only(await chat.say("the gala"), "cancel_event") == {"event": "Winter Gala"}
    assert only(await chat.say("no, the picnic"), "cancel_event") == {"event": "Spring Picnic"}
    assert "rejected" in await chat.reject()
    assert chat.office.sql("select count(*) from public.events where status = 'cancelled'") == [(0,)]


async def test_missing_values_are_asked_for_one_by_one(chat: Chat) -> None:
    assert "On which date" in (await chat.say("Create a salsa evening at the Blue Room")).text
    assert "At what time" in (await chat.say(f"8 January {YEAR + 1}")).text
    card = await chat.say("At 20:00, until 23:00")
    assert card.steps[0][1]["start_date"] == f"{YEAR + 1}-01-08T20:00:00+01:00"
    assert card.steps[0][1]["end_date"] == f"{YEAR + 1}-01-08T23:00:00+01:00"
    more = await chat.say("40 tickets at 7.50 too")
    assert named(more) == ["create_event", "book_venue", "create_ticket_type"]
    assert more.steps[0] == card.steps[0]
    assert (await chat.approve()) == "Done: all 3 steps."


async def test_a_rejected_plan_is_asked_for_again_with_other_values(chat: Chat) -> None:
    await chat.say("Add 80 student tickets to the tech meetup")
    assert only(await chat.say("8 euros"), "create_ticket_type")["price_amount"] == 800
    assert "nothing has been changed" in await chat.reject()
    again = only(await chat.say("add 60 student tickets at 9 euros to the tech meetup"), "create_ticket_type")
    assert (again["quantity"], again["price_amount"]) == (60, 900)
    await chat.approve()
    assert only(await chat.say("raise the price to 10"), "update_ticket_type")["price_amount"] == 1000


async def test_a_rejected_move_leaves_the_event_where_it_was(chat: Chat) -> None:
    await chat.say(f"Move the Winter Gala to 20 December {YEAR} at 9pm")
    await chat.reject()
    later = only(await chat.say("push it back an hour"), "update_event")
    assert later["start_date"] == f"{YEAR}-12-18T21:00:00+01:00"


async def test_a_sale_is_corrected_paid_and_partly_refunded(chat: Chat) -> None:
    await chat.say("Sell 2 VIP tickets for the gala to bob@example.com")
    assert only(await chat.say("make that 3"), "sell_tickets")["quantity"] == 3
    sale = only(await chat.say("for lisa@example.com instead"), "sell_tickets")
    assert (sale["quantity"], sale["buyer"]) == (3, "lisa@example.com")
    await chat.approve()
    assert "lisa@example.com" in (await chat.say("who has not paid?")).text
    paid = only(await chat.say("she paid by card"), "record_payment")
    assert paid["method"] == "card"
    await chat.approve()
    refund = only(await chat.say("refund 20 euros of it"), "refund_order")
    assert (refund["order"], refund["amount"]) == (paid["order"], 2000)


async def test_a_sponsor_is_changed_dropped_and_taken_back(chat: Chat) -> None:
    await chat.say("Add a gold sponsor to the gala")
    await chat.say("Roland")
    assert only(await chat.say("3000"), "add_sponsor")["amount"] == 300000
    assert only(await chat.say("no, silver"), "add_sponsor")["level"] == "silver"
    changed = only(await chat.say("actually 3500"), "add_sponsor")
    assert (changed["level"], changed["amount"]) == ("silver", 350000)
    await chat.approve()
    assert "Roland (silver" in (await chat.say("who sponsors it?")).text
    assert only(await chat.say("he pulled out"), "remove_sponsor")["sponsor"] == "Roland"


async def test_a_venue_found_is_booked_by_its_place_in_the_list(chat: Chat) -> None:
    assert "2 venues" in (await chat.say("Find a venue in Rotterdam for 300 people")).text
    booked = only(await chat.say("book the second one for the spring picnic"), "book_venue")
    assert booked == {"event": "Spring Picnic", "venue": "Harbour Stage"}
    await chat.approve()
    moved = only(await chat.say(f"move it to 17 April {YEAR}"), "update_event")
    assert moved["start_date"] == f"{YEAR}-04-17T12:00:00+02:00"


async def test_questions_about_one_event_are_asked_of_another(chat: Chat) -> None:
    for question in ("show event Winter Gala", "tell me about the gala"):
        assert "Winter Gala is on" in (await chat.say(question)).text
    assert "Winter Gala" in (await chat.say("how are the sales of the gala?")).text
    assert "Tech Meetup" in (await chat.say("and the meetup?")).text


async def test_an_open_question_does_not_hold_up_another_one(chat: Chat) -> None:
    assert (await chat.say("Sell 4 tickets for the gala")).asks
    assert "Grand Hall in Rotterdam" in (await chat.say("tell me about the Grand Hall")).text
    assert (await chat.say("if it snows, cancel the gala")).card is None
    assert (await chat.say("whatever you do, don't cancel the gala")).card is None
