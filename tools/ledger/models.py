"""Words of the wire for the ledger."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from tools.kit.inputs import Input
from tools.kit.paging import Paging
from tools.kit.text import Day, Reference

Account = Literal[
    "receivable", "cash:manual", "cash:sandbox", "cash:stripe", "bank", "provider_fees", "revenue", "fees", "tax", "goodwill",
    "retained",
]  # fmt: skip
Kind = Literal["sale", "goodwill", "release", "payment", "refund", "payout"]


class Balance(BaseModel):
    account: Account
    currency: str
    entries: int
    amount: int = Field(description="Above zero: held or owed to the organiser; below: where it came from")


class LedgerReport(BaseModel):
    from_date: date | None
    to_date: date | None
    event_id: UUID | None
    event_name: str | None
    balances: list[Balance]
    unbalanced: dict[str, int] = Field(
        description="Currency -> sum of all entries, where that is not zero; empty when the books are right"
    )


class LedgerQuestion(Input):
    event: Reference | None = Field(None, description="All events, and payouts, when left out")
    from_date: Day | None = Field(None, description="First day, in the organisation's zone")
    to_date: Day | None = Field(None, description="Last day, inclusive")


class LedgerEntry(BaseModel):
    at: datetime
    kind: Kind
    transaction_id: UUID
    account: Account
    amount: int
    currency: str
    event_id: UUID | None
    event_name: str | None
    order_id: UUID | None
    order_number: str | None
    source_id: UUID = Field(
        description="The row it follows from: an order's line, an order, a payment, a refund, a payout"
    )
    entry: int


class ListLedger(Paging):
    event: Reference | None = None
    order: Reference | None = Field(None, description="Order number or id")
    account: Account | None = None
    from_date: Day | None = Field(None, description="First day, in the organisation's zone")
    to_date: Day | None = Field(None, description="Last day, inclusive")


class Drift(BaseModel):
    problem: str = Field(
        description="entries: a transaction does not sum to zero; owed, state: the order's account or state; else the sum that is wrong"
    )
    order_id: UUID | None
    order_number: str | None
    subject_id: UUID
    currency: str
    expected: int
    found: int


class LedgerCheck(BaseModel):
    orders: int
    problems: list[Drift] = Field(description="At most 100")


class CheckLedger(Input):
    event: Reference | None = Field(None, description="All events when left out")
