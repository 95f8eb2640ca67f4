"""Shapes of payouts. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import Annotated, Literal, NotRequired, TypedDict


class ListPayoutsQuery(TypedDict):
    limit: NotRequired[Annotated[int, "How many at most"]]
    cursor: NotRequired[Annotated[str | None, "`next_cursor` of the page before"]]
    provider: NotRequired[Literal["manual", "sandbox", "stripe"] | None]
    from_date: NotRequired[Annotated[str | None, "First day of arrival"]]
    to_date: NotRequired[Annotated[str | None, "Last day, inclusive"]]


class Payout(TypedDict):
    id: str
    provider: Literal["manual", "sandbox", "stripe"]
    reference: str
    amount: int
    fee_amount: int
    currency: str
    arrived_on: str
    voided_at: str | None
    version: int
    created_at: str
    updated_at: str


class PagePayout(TypedDict):
    items: list[Payout]
    next_cursor: str | None


class RecordPayout(TypedDict):
    provider: Annotated[
        Literal["manual", "sandbox", "stripe"], "Who sent it; manual: cash or cheques taken to the bank"
    ]
    reference: Annotated[str, "The provider's own number of the payout"]
    amount: Annotated[int, "What arrived in the bank, in minor units: 25 euros is 2500"]
    fee_amount: NotRequired[Annotated[int, "What the provider kept as its fee, in minor units"]]
    currency: NotRequired[Annotated[str | None, "The organisation's when left out"]]
    arrived_on: NotRequired[Annotated[str | None, "The day it arrived; today when left out"]]
