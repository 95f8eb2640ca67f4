"""Words of the wire for cancelled and postponed events, refunds of a whole event and the buyers' choice."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from tools.events.models import Event
from tools.kit.inputs import Input
from tools.kit.paging import Paging
from tools.kit.text import Instant, Reference
from tools.orders.models import KeepAmount, OrderReference, Reason

Choice = Literal["refund", "keep", "donate", "credit"]
ChoiceState = Literal["open", "over", "refund", "keep", "donate", "credit"]
Buyers = Literal["refund_all", "let_choose", "decide_later"]


class RefundAmount(BaseModel):
    """Minor units of `currency`, of the orders that are refunded."""

    currency: str
    orders: int
    paid_amount: int
    refund_amount: int
    kept_amount: int


class RefundWay(BaseModel):
    """How money goes back. `automatic`: the provider sends it; otherwise somebody gives it back by hand."""

    provider: str
    method: str
    automatic: bool
    currency: str
    orders: int
    amount: int


class LeftOut(BaseModel):
    """Orders that are not refunded, and why: no_payment, order_changed, order_cancelled, order_expired."""

    why: str
    currency: str
    orders: int
    amount: int


class RefundSample(BaseModel):
    order_id: UUID
    order_number: str
    buyer_name: str
    currency: str
    paid_amount: int
    refund_amount: int
    kept_amount: int
    why: str | None


class RefundRun(BaseModel):
    """The refund of all orders of an event: what it comes to, and how far it is."""

    id: UUID | None = Field(description="None for a dry run")
    event_id: UUID
    event_name: str
    dry_run: bool
    status: Literal["planned", "running", "done"]
    keep_amount: int
    orders: int
    tickets: int
    done: int
    amounts: list[RefundAmount]
    ways: list[RefundWay]
    left_out: list[LeftOut]
    sample: list[RefundSample] = Field(description="The first ten orders")
    finished_at: datetime | None


class CancelledEvent(Event):
    orders_ended: int = Field(description="Unpaid orders that ended")
    holds_released: int
    bookings_freed: int
    waiting_told: int = Field(description="People on the waiting list who are told")
    choices_offered: int = Field(description="Buyers who are asked what they want")
    refunds: RefundRun | None


class PostponedEvent(Event):
    booking: Literal["moved", "freed", "none"] = Field(description="What became of what was booked for it")
    choices_offered: int
    refund_until: datetime | None


class RefundChoice(BaseModel):
    id: UUID
    event_id: UUID
    event_name: str
    order_id: UUID
    order_number: str
    order_status: str
    buyer_name: str
    buyer_email: str | None
    options: list[Choice]
    choice: Choice | None
    state: ChoiceState
    currency: str
    refund_amount: int = Field(description="What they get when they choose the refund")
    keep_amount: int
    deadline: datetime
    decided_at: datetime | None
    version: int
    created_at: datetime


class OfferedChoices(BaseModel):
    id: UUID = Field(description="The event")
    event_id: UUID
    event_name: str
    asked: int
    options: list[Choice]
    keep_amount: int
    deadline: datetime


class RefundEvent(Input):
    event: Reference
    keep_amount: KeepAmount = 0
    reason: Reason | None = None
    dry_run: bool = Field(True, strict=True, description="Only tell what it would come to")


class CancelEvent(Input):
    event: Reference
    reason: Reason | None = None
    buyers: Buyers | None = Field(
        None,
        description="What those who paid get: their money back (refund_all), the choice (let_choose), or that is decided later."
        " Needed when somebody paid",
    )
    keep_amount: KeepAmount = 0
    choose_until: Instant | None = Field(None, description="With let_choose: the last moment; 14 days when left out")


class PostponeEvent(Input):
    event: Reference
    start_date: Instant
    end_date: Instant | None = Field(None, description="The event keeps its length when left out")
    reason: Reason | None = None
    refund_days: Annotated[int, Field(ge=0, le=365, strict=True)] = Field(
        14, description="So many days buyers may ask for their money back; 0: they may not"
    )
    keep_amount: KeepAmount = 0


class OfferRefundChoice(Input):
    event: Reference
    order: OrderReference | None = Field(None, description="Only the buyer of this order")
    options: list[Choice] = Field(
        ["refund", "keep"],
        min_length=1,
        max_length=4,
        description="Of refund, keep (the tickets), donate (the money), credit (the money stays for another event)",
    )
    deadline: Instant | None = Field(None, description="The last moment to decide; 14 days when left out")
    keep_amount: KeepAmount = 0


class NamedEventRefund(Input):
    event: Reference


class ListRefundChoices(Paging):
    event: Reference | None = None
    state: ChoiceState | None = None
