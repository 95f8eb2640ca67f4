"""What passes over the counter: what is on the shelf, what is asked for, what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from tools.counter.pricing import Discount, Offer, Priced

Channel = Literal["office", "public", "api", "import", "waiting_list"]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A snapshot of what one event sells. Prices are computed from it; whether it still holds, the database says."""

    org_id: UUID
    event_id: UUID
    event_name: str
    offers: Mapping[UUID, Offer]
    free: Mapping[UUID, int]
    """Places left per ticket type when it was read; good for a hint, never asked whether one may sell."""


@dataclass(frozen=True, slots=True)
class Attendee:
    name: str
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Sale:
    """An order to be made. `wanted` is (ticket type, how many) in the order asked for.

    `paid_by` is how it was paid already; None: payment is open, for `expires_in` seconds (None: for as long as it takes).
    `user_id` is who sells for the organisation; None: a stranger buys, which takes a hold. `hold_id` keeps their places.
    `attendees` are for the tickets in order; missing ones carry the buyer.
    """

    event_id: UUID
    wanted: tuple[tuple[UUID, int], ...]
    buyer_name: str
    buyer_email: str | None
    user_id: UUID | None
    channel: Channel = "office"
    paid_by: str | None = None
    expires_in: int | None = None
    hold_id: UUID | None = None
    discount: Discount | None = None
    locale: str = "en"
    billing_address: str = ""
    attendees: tuple[Attendee, ...] = ()
    expected_total: int | None = None


@dataclass(frozen=True, slots=True)
class Reservation:
    """Places to be held for `seconds` of database time."""

    hold_id: UUID
    event_id: UUID
    wanted: tuple[tuple[UUID, int], ...]
    seconds: int
    user_id: UUID | None
    purpose: Literal["checkout", "waiting_list", "office"] = "checkout"
    discount: Discount | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """What a directly served order leaves in the audit, and the key under which its answer is kept."""

    kind: Literal["person", "agent", "key", "buyer"]
    operation: str
    effect: str
    summary: str
    thread_id: UUID | None = None
    request_id: str = ""
    idempotency_key: str | None = None
    request_hash: str | None = None


@dataclass(frozen=True, slots=True)
class RungUp:
    """A sale with its prices and ids, ready for app.serve."""

    order_id: UUID
    payment_id: UUID
    sale: Sale
    priced: Priced
    item_ids: tuple[UUID, ...]
    tickets: tuple[tuple[tuple[UUID, str], ...], ...]
    """Per line: (id, code) of each ticket; a bundle's own line has none."""
    shelf: Shelf = field(repr=False)


@dataclass(frozen=True, slots=True)
class Served:
    """What app.serve let through: an order, or a hold. `answer` is set instead when the key had been answered before."""

    id: UUID | None
    at: datetime | None = None
    number: str = ""
    status: Literal["pending", "paid", ""] = ""
    expires_at: datetime | None = None
    answer: dict[str, Any] | None = None
