"""What the guard makes of single arguments: nothing goes on that the person did not say."""

from __future__ import annotations

import pytest

from tests.agent.guard.conversations import MADE, a_world, check, id_of, made_of

GALA = "Winter Gala"
JAZZ = "Create a jazz night on 12 December 7pm at the Blue Room"


def the_call(texts: str | list[str], made: MADE, trusted: frozenset[str] = frozenset()) -> dict[str, object]:
    checked = check([texts] if isinstance(texts, str) else texts, made, trusted=trusted)
    assert checked.question is None, checked.question
    assert len(checked.calls) == 1
    return checked.calls[0].arguments


def the_question(texts: str | list[str], *made: MADE) -> str:
    checked = check([texts] if isinstance(texts, str) else texts, *made)
    assert checked.calls == ()
    assert checked.question
    return checked.question


@pytest.mark.parametrize(
    ("text", "made", "asked"),
    [
        ("Cancel it", ("cancel_event", {"event": GALA, "reason": "unexpected weather"}), "Which event should I cancel"),
        ("Refund an order", ("refund_order", {"order": "12345"}), "Which order"),
        ("Write me a poem about the sea", ("create_event", {"name": "Sea Poem", "start_date": "2026-12-01T19:00:00Z"}), "Do you want"),
        ("Add some tickets to the Winter Gala", ("create_ticket_type", {"event": GALA, "price_amount": 5000, "quantity": 100}), "price"),
        ("Add a gold sponsor for 3000 to Harbour Fest",
         ("add_sponsor", {"event": "Harbour Fest", "sponsor": "Acme", "level": "gold", "amount": 300000}), "sponsor's name"),
        ("Create an event called Pub Quiz", ("create_event", {"name": "Pub Quiz", "start_date": "2026-12-01T20:00:00+01:00"}), "day"),
        ("Create a gala dinner on 20 December", ("create_event", {"name": "Gala Dinner", "start_date": "2026-12-20T19:00:00"}), "time"),
        ("Create a gala dinner on Friday 20 December at 8pm",
         ("create_event", {"name": "Gala Dinner", "start_date": "2026-12-18T20:00:00"}), "Sunday"),
        ("Sell 2 tickets to Eva Smit", ("sell_tickets", {"event": GALA, "quantity": 2, "buyer": "Eva Smit"}), "Which event"),
        ("Cancel the Spring Picnic", ("cancel_event", {"event": GALA}), "Which event"),
        ("Sell 2 VIP and 3 regular tickets for the gala to Eva Smit",
         ("sell_tickets", {"event": GALA, "ticket_type": "Crew", "quantity": 2, "buyer": "Eva Smit"}), "ticket type"),
    ],
)  # fmt: skip
def test_what_nobody_said_becomes_a_question(text: str, made: MADE, asked: str) -> None:
    assert asked in the_question(text, made)


@pytest.mark.parametrize(
    ("text", "made", "right"),
    [
        ("Move the Winter Gala to 20 December at 8:30 pm",
         ("update_event", {"event": GALA, "start_date": "2026-12-08T20:30:00"}), {"start_date": "2026-12-20T20:30:00+01:00"}),
        ("Move the Tech Meetup to the day after tomorrow at noon",
         ("update_event", {"event": "Tech Meetup", "start_date": "2026-11-24T12:00:00Z"}), {"start_date": "2026-11-25T12:00:00+01:00"}),
        ("Move Tech Meetup to Thursday 10 December",
         ("update_event", {"event": "Tech Meetup", "start_date": "2026-12-10"}), {"start_date": "2026-12-10T18:30:00+01:00"}),
        ("Push the gala back an hour",
         ("update_event", {"event": GALA, "start_date": "2026-12-19T19:00:00+01:00"}), {"start_date": "2026-12-19T21:00:00+01:00"}),
        ("Sell 3, no wait, 5 tickets for Harbour Fest to Mia Chen",
         ("sell_tickets", {"event": "Harbour Fest", "quantity": 3, "buyer": "Mia Chen"}), {"quantity": 5}),
        ("Sell a dozen tickets for Harbour Fest to Mia Chen",
         ("sell_tickets", {"event": "Harbour Fest", "quantity": "2", "buyer": "Mia Chen"}), {"quantity": 12}),
        ("Add 150 tickets at 25 euros to the gala",
         ("create_ticket_type", {"event": GALA, "price_amount": 25, "quantity": 150}), {"price_amount": 2500}),
        ("Add 150 tickets at $19.99 to the gala",
         ("create_ticket_type", {"event": GALA, "price_amount": 19.99, "quantity": 150}), {"price_amount": 1999, "currency": "USD"}),
        ("Add 150 tickets at 25 euros to the gala",
         ("create_ticket_type", {"event": GALA, "price_amount": 15000, "quantity": 25}), {"price_amount": 2500, "quantity": 150}),
        ("Add Yamaha as gold sponsor of the Winter Gala for 5k",
         ("add_sponsor", {"event": GALA, "sponsor": "gold", "level": "Yamaha", "amount": 5000}),
         {"sponsor": "Yamaha", "level": "gold", "amount": 500000}),
        ("Book Loft 21 for the Tech Meetup",
         ("book_venue", {"event": "Loft 21", "venue": "Tech Meetup"}), {"event": "Tech Meetup", "venue": "Loft 21"}),
        ("Book the gala in the Harbour Stage from 18:00 until 01:00 on 19 December",
         ("book_venue", {"event": GALA, "venue": "Harbour Stage", "start_date": "2026-12-19T18:00", "end_date": "2026-12-19T23:00"}),
         {"start_date": "2026-12-19T18:00:00+01:00", "end_date": "2026-12-20T01:00:00+01:00"}),
        ("Refund 5 euros of order 1042", ("refund_order", {"order": "1042"}), {"amount": 500}),
        ("Add 200 early bird tickets at €15 to Harbour Fest",
         ("create_ticket_type", {"event": "Harbour Fest", "name": "General", "price_amount": 1500, "quantity": 200}),
         {"name": "Early Bird"}),
    ],
)  # fmt: skip
def test_one_reading_of_the_words_stands_against_the_model(text: str, made: MADE, right: dict[str, object]) -> None:
    arguments = the_call(text, made)
    assert {name: arguments[name] for name in right} == right


@pytest.mark.parametrize(
    ("text", "made", "dropped"),
    [
        (JAZZ, ("create_event", {"name": "Jazz Night", "start_date": "2026-12-12T19:00:00+01:00", "venue": "Blue Room",
                                 "end_date": "2026-12-12T23:00:00+01:00", "capacity": 150, "timezone": "America/New_York",
                                 "description": "A magical evening", "currency": "EUR"}),
         {"end_date", "capacity", "timezone", "description", "currency"}),
        ("Cancel the Tech Meetup", ("cancel_event", {"event": "Tech Meetup", "reason": "unexpected weather"}), {"reason"}),
        ("Add 150 tickets at 25 to the gala",
         ("create_ticket_type", {"event": GALA, "price_amount": 2500, "quantity": 150, "currency": "SEK"}), {"currency"}),
        ("Sell 4 tickets for the gala to Jo Berg",
         ("sell_tickets", {"event": GALA, "quantity": 4, "buyer": "Jo Berg", "ticket_type": "null", "payment_method": "cash", "seat": 3}),
         {"ticket_type", "payment_method", "seat"}),
        ("Refund order 1042", ("refund_order", {"order": "1042", "amount": 500, "reason": "weather"}), {"amount", "reason"}),
    ],
)  # fmt: skip
def test_optional_arguments_nobody_said_are_left_out(text: str, made: MADE, dropped: set[str]) -> None:
    assert the_call(text, made).keys() == made[1].keys() - dropped


def test_a_reason_in_the_persons_words_stays() -> None:
    said = "Cancel the Tech Meetup, the speaker is ill"
    assert (
        the_call(said, ("cancel_event", {"event": "Tech Meetup", "reason": "Speaker is ill"}))["reason"]
        == "Speaker is ill"
    )


def test_slips_of_the_finger_are_no_invention() -> None:
    made = ("create_event", {"name": "Jazz Night", "start_date": "2026-12-12T19:00:00+01:00", "venue": "Blue Room"})
    assert the_call("creat a jaz nite on 12 decmber at 7 pm at teh blue room", made) == made[1]


def test_a_short_answer_leans_on_the_turns_before_it() -> None:
    asked = ["Add 80 student tickets to the Tech Meetup", "10 euros"]
    made = ("create_ticket_type", {"event": "Tech Meetup", "name": "Student", "price_amount": 1000, "quantity": 80})
    assert the_call(asked, made) == made[1]
    assert the_call(["Cancel the gala", "yes"], ("cancel_event", {"event": GALA})) == {"event": GALA}


def test_a_new_request_borrows_no_number_from_an_old_one() -> None:
    said = ["Add 150 tickets at 25 euros to the gala", "Add 50 VIP tickets to the Tech Meetup"]
    made = ("create_ticket_type", {"event": "Tech Meetup", "name": "VIP", "price_amount": 2500, "quantity": 50})
    assert the_question(said, made) == "At what price is one VIP ticket?"


def test_a_correction_overrules_what_was_said_before() -> None:
    said = [f"{JAZZ}, 150 tickets at 25 euros", "make it 30 euros"]
    made = ("create_ticket_type", {"event": "Jazz Night", "price_amount": 2500, "quantity": 150})
    assert the_call(said, made)["price_amount"] == 3000


def test_values_stay_with_the_name_they_were_said_beside() -> None:
    said = "Add Roland as silver sponsor for 2500 and Heineken as bronze sponsor for 1000 to the Tech Meetup"
    checked = check(
        [said],
        ("add_sponsor", {"event": "Tech Meetup", "sponsor": "Roland", "level": "bronze", "amount": 100000}),
        ("add_sponsor", {"event": "Tech Meetup", "sponsor": "Heineken", "level": "silver", "amount": 250000}),
    )
    assert [(made["level"], made["amount"]) for _, made in made_of(checked)] == [("silver", 250000), ("bronze", 100000)]


def test_an_order_counts_when_its_number_was_said_or_a_tool_returned_the_only_one() -> None:
    refund = ("refund_order", {"order": "1050"})
    assert the_call("Refund order 1050", refund) == {"order": "1050"}
    assert the_call("Refund that order please", refund, trusted=frozenset({"1050"})) == {"order": "1050"}
    assert check(["Refund that order please"], refund).calls == ()
    assert check(["Refund that order please"], refund, trusted=frozenset({"1050", "1051"})).calls == ()


def test_an_id_counts_as_the_name_it_belongs_to() -> None:
    assert the_call("Publish the gala", ("publish_event", {"event": id_of(GALA)})) == {"event": id_of(GALA)}
    assert check(["Publish the meetup"], ("publish_event", {"event": id_of(GALA)})).calls == ()
    unknown = "1c0d2b9e-6f5e-4c6e-9c39-0a6f4dfe0001"
    assert check(["Publish it"], ("publish_event", {"event": unknown})).calls == ()


def test_what_the_page_shows_is_what_it_means() -> None:
    from agent.calls import Call
    from agent.guard import GroundingGuard
    from tests.agent.guard.conversations import NOW, ZONE

    world = a_world()
    calls = [Call("c", "cancel_event", {"event": GALA})]
    shown = GroundingGuard().check(calls, ["Cancel it"], world, frozenset(), NOW, ZONE, "EUR", focus=id_of(GALA))
    other = GroundingGuard().check(
        calls, ["Cancel it"], world, frozenset(), NOW, ZONE, "EUR", focus=id_of("Tech Meetup")
    )
    assert (len(shown.calls), len(other.calls)) == (1, 0)


def test_two_events_of_one_short_name_are_asked_about_by_name() -> None:
    world = a_world([{"name": "Spring Gala", "starts_at": "2027-03-20T20:00"}])
    checked = check(["Cancel the gala"], ("cancel_event", {"event": "gala"}), world=world)
    assert checked.question == "Which event should I cancel: Winter Gala or Spring Gala?"


def test_reads_are_cleaned_and_never_held_up() -> None:
    said = "What's on at the Loft 21 next week?"
    made = (
        "list_events",
        {"venue": "Loft 21", "from_date": "2026-12-07", "to_date": "2026-12-13", "mood": "jazz", "query": "null"},
    )
    assert the_call(said, made) == {"venue": "Loft 21", "from_date": "2026-11-30", "to_date": "2026-12-06"}
    checked = check(
        ["Show me the gala. Never mind the rest"], ("get_event", {"event": GALA}), ("publish_event", {"event": GALA})
    )
    assert made_of(checked) == [("get_event", {"event": GALA})]
