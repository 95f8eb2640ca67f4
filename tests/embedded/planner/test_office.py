"""The offline planner at the ticket office: whole orders with their terms, questions for what is missing, true sentences about answers."""

from __future__ import annotations

import json
from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage

from embedded.planner.intents import OFFICE
from embedded.planner.model import RulesPlanner
from embedded.planner.operations import READS, REQUIRED
from evals.dataset import Case, load_world
from tests.embedded.planner.test_planning import asked, calls
from tools.catalog import CATALOG
from tools.operation import Effect


def test_the_office_knows_only_operations_of_the_catalog_and_reads_what_reads() -> None:
    planned = {intent.operation for intent in OFFICE}
    assert planned <= CATALOG.keys() & REQUIRED.keys()
    assert all((CATALOG[name].effect is Effect.read) == (name in READS) for name in planned)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("make a 15% discount for harbour fest", "code"),
        ("create a promo code SPRING for the gala", "percent"),
        ("I need 10 free vouchers for the gala", "ticket type"),
        ("Refund one ticket of the gala", "order"),
        ("Export it to excel", "file"),
        ("Put nina on the waiting list", ""),
        ("Swap 2 regular for VIP in order 1042", ""),
        ("Transfer the ticket of Ada to Bo", "event"),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_made_up(text: str, asks: str) -> None:
    answer = asked(text)
    assert [name for name, _ in calls(answer) if name not in READS] == []
    assert asks in str(answer.content).lower() or calls(answer)


@pytest.mark.parametrize(
    ("text", "reply", "made"),
    [
        (
            "make a 15% discount for harbour fest",
            "STUDENT15",
            ("create_promo_code", {"event": "Harbour Fest", "code": "STUDENT15", "percent_basis_points": 1500}),
        ),
        (
            "create a promo code SPRING for the gala",
            "20%",
            ("create_promo_code", {"event": "Winter Gala", "code": "SPRING", "percent_basis_points": 2000}),
        ),
        ("download something as csv", "the attendees", ("export", {"kind": "attendees"})),
    ],
)
def test_an_answer_completes_the_order(text: str, reply: str, made: tuple[str, dict[str, Any]]) -> None:
    first = asked(text)
    assert not first.tool_calls
    assert calls(asked(reply, history=[HumanMessage(text), first])) == [made]


@pytest.mark.parametrize(
    "text",
    [
        "Don't refund the whole gala",
        "Should we refund everybody of the gala?",
        "What if we refund all orders of the gala?",
        "If sales stay low, cancel the gala and refund everyone",
        "Never send the tickets of order 1042 again",
    ],
)
def test_what_is_no_order_makes_no_call_that_writes(text: str) -> None:
    assert [name for name, _ in calls(asked(text)) if name not in READS] == []


@pytest.mark.parametrize(
    ("operation", "result", "said"),
    [
        (
            "explain_availability",
            {"items": [{"sentence": "VIP is sold out: 40 of 40 are sold.", "remedies": ["Raise its quantity."]}]},
            "VIP is sold out: 40 of 40 are sold. Raise its quantity.",
        ),
        (
            "export",
            {"file_name": "orders.csv", "rows": 1, "path": "/api/exports/orders.csv"},
            "orders.csv is ready with 1 row: /api/exports/orders.csv.",
        ),
        ("orders_to_settle", {"totals": [], "items": []}, "Every order is settled."),
        (
            "orders_to_settle",
            {
                "totals": [{"reason": "overpaid", "currency": "EUR", "orders": 1, "amount": 500}],
                "items": [{"number": "1042"}],
            },
            "To settle: 1 paid too much (€5.00). Orders 1042.",
        ),
        (
            "compare_sales",
            {
                "event": {
                    "event_name": "Winter Gala",
                    "totals": [{"tickets": 3, "net_amount": 7500, "currency": "EUR"}],
                },
                "other": {"event_name": "Old Gala", "totals": []},
            },
            "At the same time before the start, Winter Gala: 3 tickets, €75.00 net and Old Gala: nothing sold.",
        ),
        (
            "list_check_in_lists",
            {"items": [{"name": "Main door", "inside": 3, "entered": 4, "expected": 9}]},
            "1 check-in list: Main door: 3 inside, 4 of 9 came in.",
        ),
        (
            "sales_report",
            {
                "groups": [{"by": "day", "key": "2026-11-20", "sold": 2, "net_amount": 5000, "currency": "EUR"}],
                "totals": [],
            },
            "Sold by day: 2026-11-20: 2, €50.00.",
        ),
    ],
)
def test_answers_are_told_as_they_are(operation: str, result: dict[str, Any], said: str) -> None:
    call: Any = {"name": operation, "args": {}, "id": "c1", "type": "tool_call"}
    spoken = AIMessage("", tool_calls=[call])
    told = ToolMessage(json.dumps(result), tool_call_id="c1")

    start = Case("t", "Tell me", ()).messages(load_world())
    assert str(RulesPlanner().answer([*start, spoken, told]).content) == said
