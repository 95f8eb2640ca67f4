"""Whatever a model or a person sends, the guard answers, alike each time, and in time."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.agent.guard.conversations import TOLD, check, is_write
from tools.catalog import CATALOG

WRITES = sorted(name for name in CATALOG if is_write(name))
SLOTS = sorted({slot for name in CATALOG for slot in CATALOG[name].input.model_fields})
WORDS = st.sampled_from(
    ["Winter Gala", "gala", "Blue Room", "2500", "25 euros", "12 December 7pm", "gold", "2026-12-12T19:00:00Z", "9999-12-31T23:59:59+14:00",
     "0001-01-01T00:00:00-14:00", "null", "\x00", "\ud800", "é", "1" * 400, "Europe/Amsterdam", "../../etc/passwd", "cancel it"]
)  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
ARGUMENTS = st.dictionaries(st.sampled_from(SLOTS) | st.text(max_size=8), VALUES, max_size=8)
SAID = st.lists(
    st.text(max_size=60)
    | WORDS
    | st.sampled_from(
        ["Cancel the gala", "Move it to next Friday at 8", "Add 20 VIP tickets at 90 to the gala", "Refund order 1042, no wait, 1043",
         "Put the picnic on 03/04 from 7pm until midnight", "31 February at 25:99", "take the second one"]
    ),
    max_size=4,
)  # fmt: skip


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SAID, st.lists(st.tuples(st.sampled_from([*sorted(CATALOG), "no_such_tool"]), ARGUMENTS), max_size=4))
def test_no_arguments_and_no_words_make_the_guard_raise(
    said: list[str], made: list[tuple[str, dict[str, Any]]]
) -> None:
    first, second = check(said, *made), check(said, *made)
    assert first == second
    assert not (first.calls and first.question)
    for call in first.calls:
        if call.name in CATALOG:
            assert call.arguments.keys() <= CATALOG[call.name].input.model_fields.keys()


@pytest.mark.parametrize("name", WRITES)
def test_a_write_without_any_words_of_a_person_never_passes(name: str) -> None:
    everything = dict.fromkeys(CATALOG[name].input.model_fields, "Winter Gala")
    assert check([], (name, everything)).calls == ()


@pytest.mark.parametrize(
    "value",
    [10**5000, float("nan"), float("inf"), -1, True, [1], {"a": {"b": []}}, "9" * 5000, "\x00", "\udfff", ""],
    ids=lambda value: type(value).__name__,
)
def test_what_cannot_be_an_argument_counts_as_not_given(value: object) -> None:
    said = "Add 150 tickets at 25 euros to the gala"
    checked = check(
        [said], ("create_ticket_type", {"event": value, "name": value, "price_amount": value, "quantity": value})
    )
    if checked.question is None:
        assert checked.calls[0].arguments == {"event": "Winter Gala", "price_amount": 2500, "quantity": 150}


def test_a_megabyte_of_words_does_not_hold_the_guard_up() -> None:
    began = time.process_time()
    check(
        ["1 2 3 cancel gala not 12 December, " * 30_000],
        *[("sell_tickets", {"event": "x" * 9_000, "quantity": n, "buyer": "b"}) for n in range(10)],
    )
    assert time.process_time() - began < 20


def test_a_call_keeps_its_id_and_the_models_arguments_are_left_alone() -> None:
    given_arguments = {"event": "Winter Gala", "price_amount": 25, "quantity": 150}
    before = json.dumps(given_arguments)
    checked = check(["Add 150 tickets at 25 euros to the gala"], ("create_ticket_type", given_arguments))
    assert checked.calls[0].id == "call_0"
    assert json.dumps(given_arguments) == before
    assert TOLD.currency == "EUR"
