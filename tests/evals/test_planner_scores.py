"""The planner's measured coverage may not fall, and the scorer must tell right from wrong."""

from __future__ import annotations

import pytest

from evals.dataset import DATASETS, load, load_world
from evals.planner import report, run
from evals.scoring import score


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("organiser-dev", 0.98),
        ("organiser-own", 0.97),
        ("organiser-blind", 0.95),
        ("organiser-wild", 0.97),
        ("organiser-wild2", 0.93),
        ("organiser-office", 0.98),
        ("organiser-office2", 0.85),
        ("organiser-files", 0.93),
    ],
)
def test_the_planner_keeps_its_coverage_and_writes_nothing_unasked(name: str, least: float) -> None:
    scores, milliseconds = run(name)
    assert sum(s.bad_write for s in scores) == 0, report(name, scores, milliseconds)
    assert sum(s.exact for s in scores) / len(scores) >= least, report(name, scores, milliseconds)


def test_every_case_has_an_id_of_its_own() -> None:
    names = (path.stem for path in DATASETS.glob("organiser-*.json") if path.stem != "organiser-world")
    ids = [case.id for name in names for case in load(name)]
    assert len(ids) == len(set(ids))


def test_the_scorer_takes_the_right_call_and_no_other() -> None:
    refund = next(c for c in load("organiser-dev") if c.id == "S9")
    right = score(refund, [("refund_order", {"order": "1042"})], "")
    wrong = score(refund, [("refund_order", {"order": "1043"})], "")
    asks = score(refund, [], "Which order?")
    assert (right.exact, right.bad_write) == (True, False)
    assert (wrong.exact, wrong.bad_write) == (False, True)
    assert (asks.exact, asks.bad_write) == (False, False)


def test_an_invented_argument_is_not_exact() -> None:
    sale = next(c for c in load("organiser-dev") if c.id == "S8")
    asked = {"event": "Winter Gala", "ticket_type": "VIP", "quantity": 4, "buyer": "anna@example.com"}
    assert score(sale, [("sell_tickets", asked)], "").exact
    assert not score(sale, [("sell_tickets", asked | {"payment_method": "cash"})], "").exact


def test_labels_become_our_inputs() -> None:
    tickets = next(c for c in load("organiser-dev") if c.id == "X1").accepts[0][0]
    assert tickets.args["price_amount"] == (1999,)
    created = next(c for c in load("organiser-dev") if c.id == "S1").accepts[0][0]
    assert created.args["start_date"] == ("2026-12-12T19:00:00+01:00",)


def test_shares_fees_and_moments_of_the_office_become_our_inputs() -> None:
    office = {case.id: case.accepts[0][0].args for case in load("organiser-office") if case.accepts[0]}
    assert office["k1"]["percent_basis_points"] == (2000,)
    assert office["k12"]["keep_amount"] == (500,)
    assert office["k9"]["sales_end"] == ("2027-03-01T12:00:00+01:00",)


def test_a_line_of_another_type_or_number_is_not_exact() -> None:
    sale = next(c for c in load("organiser-office") if c.id == "k7")
    said = {
        "event": "Winter Gala",
        "ticket_type": "regular",
        "quantity": 2,
        "buyer": "ada@example.com",
        "payment_method": "card",
    }
    lines: list[tuple[list[dict[str, object]], bool]] = [
        ([{"ticket_type": "vip", "quantity": 1}], True),
        ([{"ticket_type": "vip", "quantity": 2}], False),
        ([], False),
    ]
    for also, exact in lines:
        assert score(sale, [("sell_tickets", said | {"also": also})], "").exact is exact


def test_a_case_tells_its_history_as_messages() -> None:
    correction = next(c for c in load("organiser-dev") if c.id == "C1")
    kinds = [message.type for message in correction.messages(load_world())]
    assert kinds == ["system", "human", "ai", "tool", "ai", "human"]
