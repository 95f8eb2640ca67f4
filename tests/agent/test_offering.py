"""What of the catalog a hosted model is offered: little enough to travel with every call, and all that an organiser asks for."""

from __future__ import annotations

import json

import pytest

from agent.offering import MOST_CHARACTERS, WITHHELD, plain_schema
from agent.toolset import Answer, Toolset, read_input
from tools.catalog import CATALOG
from tools.errors import InvalidInput

TOOLS = Toolset(CATALOG)
SCHEMAS = {schema["function"]["name"]: schema["function"]["parameters"] for schema in TOOLS.schemas}


def written(schemas: object) -> int:
    return len(json.dumps(schemas, separators=(",", ":")))


def test_all_schemas_together_stay_within_what_travels_with_every_call() -> None:
    assert written(TOOLS.schemas) <= MOST_CHARACTERS


def test_control_the_schemas_as_pydantic_writes_them_would_not() -> None:
    full = [{"name": name, "parameters": found.input.model_json_schema()} for name, found in CATALOG.items()]
    assert written(full) > MOST_CHARACTERS


def test_what_is_withheld_exists_and_says_why() -> None:
    assert WITHHELD.keys() <= CATALOG.keys()
    assert all(reason.endswith(".") for reason in WITHHELD.values())
    assert not WITHHELD.keys() & SCHEMAS.keys()


@pytest.mark.parametrize("name", sorted(SCHEMAS.keys() & CATALOG.keys()))
def test_a_short_schema_names_every_argument_and_every_value_of_a_closed_list(name: str) -> None:
    full, short = CATALOG[name].input.model_json_schema(), SCHEMAS[name]
    assert short.get("properties", {}).keys() == full.get("properties", {}).keys()
    assert short.get("required", []) == full.get("required", [])
    text = json.dumps(short)
    assert all(json.dumps(value) in text for value in _closed(full))
    assert '"null"' not in text


def _closed(part: object) -> list[object]:
    if isinstance(part, dict):
        return [*part.get("enum", ()), *(one for inner in part.values() for one in _closed(inner))]
    return [one for inner in part for one in _closed(inner)] if isinstance(part, list) else []


def test_a_limit_the_schema_leaves_out_is_told_by_the_refusal() -> None:
    operation = CATALOG["create_promo_code"]
    assert "10000" not in json.dumps(plain_schema(operation.input))
    with pytest.raises(InvalidInput, match="10000"):
        read_input(operation, {"event": "Gala", "code": "ALL", "percent_basis_points": 20_000})


@pytest.mark.parametrize(
    "result",
    [
        {"items": [{"id": "1", "attendee_name": "Eve"}]},
        {"items": [{"id": "1", "email": "eve@example.org", "name": "Eve"}]},
        {"columns": ["name"], "preview": [["Eve"]]},
        {"items": [{"subject": "Your tickets, Eve"}]},
        {"items": [{"label": "Press"}]},
    ],
    ids=["attendee", "waiting list", "file", "mail", "label"],
)
def test_what_attendees_and_outsiders_wrote_taints_the_conversation(result: dict[str, object]) -> None:
    assert Answer.of(result).tainted


def test_the_organisers_own_names_do_not_taint() -> None:
    assert not Answer.of(
        {"items": [{"id": "1", "name": "Winter Gala", "ticket_type_name": "VIP"}], "preview": {}}
    ).tainted
