"""What is not valid is refused by the input's own model, before the database is asked. Each bad value in each field that takes its kind."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from tests.tools.bad_values import KINDS, UNLIKE
from tests.tools.cases import CASES, TRADE
from tests.tools.shop import Shop
from tools.errors import AppError

pytestmark = pytest.mark.asyncio(loop_scope="module")


def fields(name: str) -> dict[str, Any]:
    return dict(TRADE[name].input.model_fields)


def bad_values(name: str, field: str) -> tuple[Any, ...]:
    """Without None where the field may be left out."""
    values = UNLIKE.get((name, field), KINDS[field])
    return tuple(value for value in values if value is not None or fields(name)[field].is_required())


def accepts(model: type[BaseModel], sent: dict[str, Any]) -> bool:
    try:
        model.model_validate(sent)
    except ValidationError:
        return False
    return True


async def test_every_field_of_every_operation_has_bad_values() -> None:
    assert {field for name in TRADE for field in fields(name)} == set(KINDS)


@pytest.mark.parametrize("name", CASES)
async def test_no_bad_value_is_let_in(standing_shop: Shop, name: str) -> None:
    good = CASES[name].data(standing_shop)
    assert accepts(TRADE[name].input, good)
    let_in = [
        f"{field}={value!r:.60}"
        for field in fields(name)
        for value in bad_values(name, field)
        if accepts(TRADE[name].input, {**good, field: value})
    ]
    assert let_in == []


@pytest.mark.parametrize("name", CASES)
async def test_a_field_nobody_knows_is_refused(standing_shop: Shop, name: str) -> None:
    good = CASES[name].data(standing_shop)
    columns = (
        "org_id",
        "id",
        "version",
        "status_",
        "sold",
        "held",
        "paid_amount",
        "refunded_amount",
        "created_by",
        "role",
        "scope",
    )
    assert [column for column in columns if accepts(TRADE[name].input, {**good, column: "1"})] == []


TOGETHER: tuple[tuple[str, dict[str, Any]], ...] = (
    ("list_events", {"from_date": "2030-02-01", "to_date": "2030-01-01"}),
    ("list_bookings", {"from_date": "2030-02-01", "to_date": "2030-01-01"}),
    ("list_orders", {"from_date": "2030-02-01", "to_date": "2030-01-01"}),
    ("sales_report", {"from_date": "2030-02-01", "to_date": "2030-01-01"}),
    ("find_venues", {"free_from": "2030-02-01T00:00:00Z"}),
    ("find_venues", {"free_from": "2030-02-01T00:00:00Z", "free_until": "2030-02-01T00:00:00Z"}),
    ("sell_tickets", {"event": "Winter Gala", "ticket_type": "General", "quantity": 1, "buyer": "ann@"}),
    ("sell_tickets", {"event": "Winter Gala", "ticket_type": "General", "quantity": 1, "buyer": "Ann <ann>"}),
    ("sell_tickets", {"event": "Winter Gala", "ticket_type": "General", "quantity": 1, "buyer": "x" * 201}),
    ("sell_tickets", {"event": "Garden Fair", "ticket_type": "General", "quantity": 1, "buyer": "Ann"}),
    ("list_events", {"cursor": "bm90IG1pbmU"}),
    ("list_orders", {"cursor": "\ud800"}),
    ("list_audit", {"cursor": "é"}),
)
"""Valid field by field, wrong together."""


@pytest.mark.parametrize(("name", "data"), TOGETHER, ids=[f"{n}-{i}" for i, (n, _) in enumerate(TOGETHER)])
async def test_what_is_wrong_together_is_refused_and_nothing_is_written(
    standing_shop: Shop, name: str, data: dict[str, Any]
) -> None:
    before = standing_shop.stored()
    with pytest.raises((AppError, ValidationError)) as raised:
        await standing_shop.do(name, **data)
    assert getattr(raised.value, "status", 422) in (404, 422)
    assert standing_shop.stored() == before
