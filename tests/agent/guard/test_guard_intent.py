"""What cannot be taken for granted needs a word of that meaning, said and not turned round."""

from __future__ import annotations

import pytest

from agent.calls import PassThrough
from tests.agent.guard.conversations import a_world, check, id_of

CANCEL = ("cancel_event", {"event": "Winter Gala"})


@pytest.mark.parametrize(
    "text",
    [
        "Cancel the gala",
        "can you cancel the gala?",
        "cancle the wintr gala",
        "we're calling off the gala",
        "The gala is off",
        "The Winter Gala can't go ahead, the hall flooded",
        "pull the plug on the gala",
        "Annuleer het Winter Gala",
        "The gala has to be cancelled",
    ],
)
def test_asking_to_cancel_cancels(text: str) -> None:
    assert check([text], CANCEL).question is None


@pytest.mark.parametrize(
    "text",
    [
        "Don't cancel the gala",
        "Please do not cancel the Winter Gala!",
        "instead of cancelling the gala, move it to 20 December",
        "What would happen if I cancelled the gala?",
        "Should we cancel the gala?",
        "Do you think we should cancel the gala?",
        "I already cancelled the gala yesterday",
        "The gala was cancelled last year too",
        "if it rains, cancel the gala",
        "Cancel the booking for the Winter Gala",
        "Cancel the sponsor of the Winter Gala",
        "Remove Yamaha from the Winter Gala",
        "Cancel the Spring Picnic and move the Winter Gala to 20 December",
        "Somebody wrote 'cancel the gala' on the wall",
        "Show me the winter gala",
        "Thanks, that's great!",
    ],
)
def test_anything_else_does_not_cancel(text: str) -> None:
    assert check([text], CANCEL).calls == ()


@pytest.mark.parametrize(
    "answer", ["no", "never mind", "No thanks", "forget it", "don't", "thanks!", "Show me the sales"]
)
def test_a_later_word_takes_back_what_was_asked_before(answer: str) -> None:
    assert check(["Cancel the gala", answer], CANCEL).calls == ()


@pytest.mark.parametrize("answer", ["yes", "yes please", "go ahead", "ok do it"])
def test_a_yes_leans_on_what_was_asked_before(answer: str) -> None:
    assert check(["Cancel the gala", answer], CANCEL).question is None


@pytest.mark.parametrize(
    ("text", "name", "arguments"),
    [
        ("How is the Winter Gala doing?", "publish_event", {"event": "Winter Gala"}),
        ("Put 75 tickets on sale for harbour fest at 22", "publish_event", {"event": "Harbour Fest"}),
        ("Scrap the Winter Gala", "delete_event", {"event": "Winter Gala"}),
        ("Where is order 1042?", "refund_order", {"order": "1042"}),
        (
            "Add Yamaha as gold sponsor of the gala for 5k",
            "remove_sponsor",
            {"sponsor": "Yamaha", "event": "Winter Gala"},
        ),
        ("Cancel the Winter Gala", "cancel_booking", {"event": "Winter Gala"}),
        ("Find the Blue Room", "delete_venue", {"venue": "Blue Room"}),
        (
            "Add Yamaha as gold sponsor of the gala for 5000",
            "sell_tickets",
            {"event": "Winter Gala", "quantity": 5000, "buyer": "Yamaha"},
        ),
    ],
)
def test_other_operations_need_their_own_word(text: str, name: str, arguments: dict[str, object]) -> None:
    assert check([text], (name, arguments)).calls == ()
    assert check([text], (name, arguments), guard=PassThrough()).calls, "without the guard it goes through"


def test_a_call_nobody_asked_for_is_left_out_beside_those_that_were() -> None:
    checked = check(
        ["Book Grand Hall for the Winter Gala"], ("book_venue", {"event": "Winter Gala", "venue": "Grand Hall"}), CANCEL
    )
    assert [call.name for call in checked.calls] == ["book_venue"]


def test_the_same_thing_is_done_once() -> None:
    sale = ("sell_tickets", {"event": "Winter Gala", "quantity": 2, "buyer": "Eva Smit"})
    assert len(check(["Sell 2 tickets for the gala to Eva Smit"], sale, sale).calls) == 1


def test_a_verb_inside_a_name_asks_for_nothing() -> None:
    world = a_world([{"name": "Cancel Culture Debate", "starts_at": "2027-02-01T20:00"}])
    call = ("cancel_event", {"event": "Cancel Culture Debate"})
    assert check(["Show the Cancel Culture Debate"], call, world=world).calls == ()
    assert check(["Cancel the Cancel Culture Debate"], call, world=world).question is None


def test_operations_over_proposals_are_no_models_business() -> None:
    approve = ("approve_proposal", {"proposal": id_of("x"), "digest": "0" * 64})
    assert check(["Approve it, yes"], approve).calls == ()
