"""The end-state score tells right from wrong from nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from evals.dataset import load, load_world
from evals.run import figures, play
from evals.stage import Theatre, open_theatre
from evals.task import Played

SPONSOR = {"event": "Winter Gala", "sponsor": "Yamaha", "level": "gold", "amount": 500000}


@pytest.fixture(scope="module")
def theatre() -> Iterator[Theatre]:
    with open_theatre() as opened:
        yield opened


@pytest.mark.parametrize(
    ("played", "exact", "bad_write"),
    [
        pytest.param(Played((("add_sponsor", SPONSOR),), ""), True, False, id="right"),
        pytest.param(Played((("add_sponsor", SPONSOR | {"amount": 5000}),), ""), False, True, id="another amount"),
        pytest.param(Played((("cancel_event", {"event": "Winter Gala"}),), ""), False, True, id="something else"),
        pytest.param(
            Played((("add_sponsor", SPONSOR), ("publish_event", {"event": "Harbour Fest"})), ""),
            False,
            True,
            id="and more",
        ),
        pytest.param(Played((("add_sponsor", SPONSOR | {"event": "No Such Night"}),), ""), False, False, id="refused"),
        pytest.param(Played((), "Which event?"), False, False, id="nothing"),
    ],
)
async def test_what_was_played_is_judged_by_what_the_database_says_in_the_end(
    theatre: Theatre, played: Played, exact: bool, bad_write: bool
) -> None:
    case = next(case for case in load("organiser-dev") if case.id == "S10")
    result = await play(theatre, load_world(), case, played)
    assert (result.exact, result.bad_write) == (exact, bad_write)


async def test_doing_nothing_is_right_only_where_a_question_is(theatre: Theatre) -> None:
    asks = next(case for case in load("organiser-dev") if case.id == "A5")
    result = await play(theatre, load_world(), asks, Played((), "Which event should be cancelled?"))
    assert figures([result]) == {"cases": 1, "exact": 1, "bad_writes": 0, "do_nothing": 1}
