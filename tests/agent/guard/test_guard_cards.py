"""What already stands on the waiting card stays; what differs must have been said; what the page shows may be meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from agent.calls import Call, Checked, ids_in
from tests.agent.guard.conversations import GUARD, MADE, NOW, TOLD, ZONE, a_world, check, id_of, made_of

FIRST = "Create a tango night on 5 December 8pm at Loft 21, 60 tickets at 12 euros"
EVENT = {"name": "Tango Night", "start_date": "2026-12-05T20:30:00+01:00", "venue": "Loft 21"}
TICKETS = {"event": "Tango Night", "price_amount": 1200, "quantity": 80}
CARD: list[MADE] = [("create_event", EVENT), ("create_ticket_type", TICKETS)]


def revise(
    texts: Sequence[str], made: Sequence[MADE], waiting: Sequence[MADE] = CARD, focus: str | None = None
) -> Checked:
    world = a_world()
    calls = [Call(f"call_{place}", name, dict(given)) for place, (name, given) in enumerate(made)]
    steps = [Call("", name, dict(given)) for name, given in waiting]
    ids = frozenset(ids_in([world.events, world.venues]))
    return GUARD.check(calls, texts, world, ids, NOW, ZONE, TOLD.currency, focus, steps)


def test_earlier_changes_of_the_card_survive_a_later_one() -> None:
    vip: MADE = ("create_ticket_type", {"event": "Tango Night", "name": "VIP", "price_amount": 9000, "quantity": 20})
    texts = [FIRST, "push it back by half an hour", "make it 80 tickets", "add 20 VIP at 90 to it"]
    assert made_of(revise(texts, [*CARD, vip])) == [*CARD, vip]


def test_control_without_the_card_the_earlier_changes_are_read_over() -> None:
    texts = [FIRST, "push it back by half an hour", "make it 80 tickets", "add 20 VIP at 90 to it"]
    assert made_of(revise(texts, CARD, waiting=[])) != CARD


@pytest.mark.parametrize(
    ("said", "changed"),
    [
        ("no, make it 9pm", {"start_date": "2026-12-05T21:00:00+01:00"}),
        ("push it back an hour", {"start_date": "2026-12-05T21:30:00+01:00"}),
        ("at the Blue Room instead", {"venue": "Blue Room"}),
    ],
)
def test_a_change_of_the_card_is_taken_from_the_latest_message(said: str, changed: dict[str, Any]) -> None:
    after: list[MADE] = [("create_event", EVENT | changed), CARD[1]]
    assert made_of(revise([FIRST, said], after)) == after


@pytest.mark.parametrize(
    "invented",
    [{"start_date": "2026-12-05T23:00:00+01:00"}, {"venue": "Harbour Stage"}, {"capacity": 300}],
)
def test_a_change_of_the_card_that_nobody_said_does_not_pass(invented: dict[str, Any]) -> None:
    after: list[MADE] = [("create_event", EVENT | invented), CARD[1]]
    checked = revise([FIRST, "no, make it 9pm"], after)
    assert ("create_event", EVENT | invented) not in made_of(checked)


def test_a_card_that_cancels_is_turned_to_the_event_named_instead() -> None:
    gala: list[MADE] = [("cancel_event", {"event": "Winter Gala"})]
    picnic: list[MADE] = [("cancel_event", {"event": "Spring Picnic"})]
    assert made_of(revise(["cancel the gala", "no, the picnic"], picnic, gala)) == picnic
    assert made_of(revise(["cancel the gala", "thanks, fine"], picnic, gala)) == []


def test_a_message_that_made_an_event_speaks_of_it_once_it_exists() -> None:
    world = a_world([{"name": "Tango Night", "starts_at": "2026-12-05T20:00", "venue": "Loft 21"}])
    later: MADE = ("update_event", {"event": "Tango Night", "start_date": "2026-12-05T21:00:00+01:00"})
    assert made_of(check([FIRST, "no, make it 9pm"], later, world=world)) == [later]
    gala: MADE = ("update_event", {"event": "Winter Gala", "start_date": "2026-12-19T21:00:00+01:00"})
    assert check([FIRST, "no, make it 9pm"], gala, world=world).question


def test_it_is_what_the_page_shows() -> None:
    publish: list[MADE] = [("publish_event", {"event": "Winter Gala"})]
    assert made_of(revise(["publish it"], publish, (), id_of("Winter Gala"))) == publish
    assert revise(["publish it"], publish, ()).question


@pytest.mark.parametrize(
    ("answer", "made"),
    [
        ("the order", ("refund_order", {"order": "1042"})),
        ("the booking", ("cancel_booking", {"event": "Winter Gala", "venue": "Grand Hall"})),
        ("the sponsor", ("remove_sponsor", {"sponsor": "Yamaha", "event": "Winter Gala"})),
    ],
)
def test_what_was_chosen_when_asked_counts_as_asked_for(answer: str, made: MADE) -> None:
    before = "Sell 2 tickets for the Winter Gala to Yamaha, order 1042, and book the Grand Hall"
    assert made_of(check([before, "Cancel it", answer], made, trusted=frozenset({"1042"}))) == [made]
    assert check([before, "How is it going?", answer], made, trusted=frozenset({"1042"})).calls == ()
