"""Words of the wire for payouts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from tools.kit.inputs import Input
from tools.kit.money import Amount, Currency
from tools.kit.paging import Paging
from tools.kit.text import Day, Line

Provider = Literal["manual", "sandbox", "stripe"]
Arrival = Annotated[Day, Field(ge=date(1970, 1, 1), le=date(2199, 12, 31))]


class Payout(BaseModel):
    id: UUID
    provider: Provider
    reference: str
    amount: int
    fee_amount: int
    currency: str
    arrived_on: date
    voided_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime


class RecordPayout(Input):
    provider: Provider = Field(description="Who sent it; manual: cash or cheques taken to the bank")
    reference: Annotated[Line, Field(description="The provider's own number of the payout")]
    amount: Annotated[Amount, Field(description="What arrived in the bank, in minor units: 25 euros is 2500")]
    fee_amount: Annotated[Amount, Field(description="What the provider kept as its fee, in minor units")] = 0
    currency: Currency | None = Field(None, description="The organisation's when left out")
    arrived_on: Arrival | None = Field(None, description="The day it arrived; today when left out")


class NamedPayout(Input):
    payout: UUID


class ListPayouts(Paging):
    provider: Provider | None = None
    from_date: Day | None = Field(None, description="First day of arrival")
    to_date: Day | None = Field(None, description="Last day, inclusive")
