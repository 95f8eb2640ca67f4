"""What is decided about promo codes, without a database."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from tools.context import Standing
from tools.errors import Conflict, InvalidInput, NotFound
from tools.kit.money import format_money
from tools.promo_codes.models import Discount, Kind, PromoCode, Status, Vouchers

# No 0 and O, no 1 and I: people read these out and type them off paper.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
VOUCHER_LETTERS = 12
"""60 bits: not to be found by trying."""
EFFECTS = ("percent_basis_points", "off_amount", "price_amount")
AMOUNTS = ("off_amount", "price_amount", "budget_amount")


class NoSuchPromoCode(NotFound):
    code = "no_such_promo_code"
    title = "There is no such promo code"
    constraints = ("no_such_promo_code",)


class PromoCodeNotValid(Conflict):
    code = "promo_code_not_valid"
    title = "The promo code is not valid now"
    constraints = ("promo_code_not_valid",)


class PromoCodeUsedUp(Conflict):
    code = "promo_code_used_up"
    title = "The promo code can not be used that often any more"
    constraints = ("promo_codes_within_uses", "promo_codes_within_budget", "promo_codes_per_buyer")


class PromoCodeExists(Conflict):
    code = "promo_code_exists"
    title = "The event has that promo code already"
    constraints = ("promo_codes_code_key",)
    default_remedy = "Change the existing one with update_promo_code, or choose another code."


class PromoCodeInUse(Conflict):
    code = "promo_code_in_use"
    title = "The promo code was used"
    default_remedy = "Set active to false with update_promo_code instead; orders keep what they paid."


class PromoCodeBelowUse(Conflict):
    code = "promo_code_below_use"
    title = "More of the promo code is used already"
    default_remedy = "Choose a limit that what is used fits in."


class PromoCodeEffect(InvalidInput):
    code = "promo_code_effect"
    title = "This is not one effect of a promo code"
    constraints = ("promo_codes_one_effect", "promo_codes_currency", "promo_codes_voucher_counts")
    default_remedy = (
        "Give one of percent_basis_points, off_amount and price_amount; or none, and the ticket types it opens."
    )


class PromoCodeWindow(InvalidInput):
    code = "promo_code_window"
    title = "A promo code ends after it begins"
    constraints = ("promo_codes_window",)
    default_remedy = "Give a valid_until after valid_from."


def kind_of(values: dict[str, Any], types: Sequence[UUID]) -> Kind:
    """Raises PromoCodeEffect. A code without an effect on the price is a key, and a key opens something."""
    effects = [name for name in EFFECTS if values.get(name) is not None]
    if len(effects) > 1:
        raise PromoCodeEffect(f"A promo code has one effect, not {' and '.join(effects)}.")
    if effects:
        return "discount"
    if not types:
        raise PromoCodeEffect("A promo code without a discount opens ticket types; it names none.")
    if values.get("budget_amount") is not None:
        raise PromoCodeEffect("A promo code without a discount has no budget.")
    return "access"


def currency_of(values: dict[str, Any], asked: str | None, usual: str) -> str | None:
    """The currency of a code's amounts; None when it has none."""
    return (asked or usual) if any(values.get(name) is not None for name in AMOUNTS) else None


def require_window(start: datetime | None, end: datetime | None) -> None:
    """Raises PromoCodeWindow."""
    if start is not None and end is not None and end <= start:
        raise PromoCodeWindow()


def require_types_in(currency: str | None, types: Sequence[Any]) -> None:
    """Raises PromoCodeEffect: an amount in euros takes nothing off a price in yen."""
    others = [t for t in types if currency is not None and t.currency != currency]
    if others:
        raise PromoCodeEffect(
            f"The amounts are in {currency}; {others[0].name} is sold in {others[0].currency}.",
            remedy="Make one promo code per currency.",
        )


def require_room(code: PromoCode) -> None:
    """Raises PromoCodeBelowUse when a limit is below what is used."""
    if code.max_uses is not None and code.uses > code.max_uses:
        raise PromoCodeBelowUse(
            f"{code.code} is used {code.uses} times already; the limit can not be {code.max_uses}.",
            details={"uses": code.uses},
        )
    if code.budget_amount is not None and code.spent_amount > code.budget_amount:
        raise PromoCodeBelowUse(
            f"{code.code} took {code.spent_amount} off already; the budget can not be {code.budget_amount}.",
            details={"spent_amount": code.spent_amount},
        )


def status_of(row: dict[str, Any], now: datetime) -> Status:
    if not row["active"]:
        return "inactive"
    if row["valid_until"] is not None and row["valid_until"] <= now:
        return "expired"
    if row["valid_from"] is not None and row["valid_from"] > now:
        return "not_yet"
    spent = row["budget_amount"] is not None and row["spent_amount"] >= row["budget_amount"]
    return "used_up" if spent or (row["max_uses"] is not None and row["uses"] >= row["max_uses"]) else "active"


def voucher_code(prefix: str | None, seed: UUID) -> str:
    """As unguessable as the seed, which nothing stores."""
    number = int.from_bytes(sha256(b"voucher " + seed.bytes).digest())
    letters = "".join(_ALPHABET[(number >> (5 * place)) & 31] for place in range(VOUCHER_LETTERS))
    return f"{prefix}-{letters}" if prefix else letters


def csv_of(codes: Sequence[str], ticket_type: str, uses: int, valid_until: datetime | None, label: str) -> str:
    """One line per code, with a head; nothing in it is a formula to a spreadsheet."""
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(["code", "ticket_type", "uses", "valid_until", "label"])
    until = valid_until.isoformat() if valid_until else ""
    rows.writerows([code, _as_text(ticket_type), uses, until, _as_text(label)] for code in codes)
    return written.getvalue()


def _as_text(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell


def effect_in_words(code: PromoCode | Vouchers, locale: str) -> str:
    currency = code.currency or ""
    if code.percent_basis_points is not None:
        return f"{code.percent_basis_points / 100:g} % off"
    if code.off_amount is not None:
        return f"{format_money(code.off_amount, currency, locale)} off each ticket"
    if code.price_amount is not None:
        return "free" if code.price_amount == 0 else f"tickets at {format_money(code.price_amount, currency, locale)}"
    return "opens hidden tickets" if code.kind == "access" else "at the usual price"


def told(code: PromoCode, standing: Standing) -> str:
    types = f" on {', '.join(t.name for t in code.ticket_types)}" if code.ticket_types else ""
    uses = f", {code.max_uses:,} uses" if code.max_uses is not None else ""
    budget = (
        f", up to {format_money(code.budget_amount, code.currency or '', standing.locale)} in all"
        if code.budget_amount is not None
        else ""
    )
    until = f", until {code.valid_until.astimezone(standing.zone):%-d %b %Y %H:%M}" if code.valid_until else ""
    return f"promo code {code.code} of {code.event_name}: {effect_in_words(code, standing.locale)}{types}{uses}{budget}{until}"


def told_created(code: PromoCode, standing: Standing) -> str:
    return f"Add {told(code, standing)}"


def told_changed(code: PromoCode, standing: Standing) -> str:
    stopped = "" if code.active else " (stopped)"
    return f"Change {told(code, standing)}{stopped}"


def told_deleted(code: PromoCode, _: Standing) -> str:
    return f"Delete promo code {code.code} of {code.event_name}"


def told_vouchers(made: Vouchers, standing: Standing) -> str:
    effect = effect_in_words(made, standing.locale)
    until = f", until {made.valid_until.astimezone(standing.zone):%-d %b %Y %H:%M}" if made.valid_until else ""
    return (
        f"Make {len(made.codes):,} voucher codes for {made.ticket_type_name} of {made.event_name}, {effect}; they keep"
        f" {made.places:,} places out of sale{until}"
    )


def normal(code: str) -> str | None:
    """A code as it is stored; None when no code is written like that."""
    typed = code.strip().upper()
    return typed if re.fullmatch(r"[A-Z0-9_-]{3,40}", typed) else None


def discount_from(row: dict[str, Any]) -> Discount:
    """Raises PromoCodeNotValid, PromoCodeUsedUp. A live hold of the code (own_uses) outlasts the end of its validity."""
    held = row["own_uses"]
    over = row["valid_until"] is not None and row["valid_until"] <= row["at"] and held is None
    if not row["active"] or over or (row["valid_from"] is not None and row["valid_from"] > row["at"]):
        raise PromoCodeNotValid()
    uses_left = None if row["max_uses"] is None else row["max_uses"] - row["uses"] + (held or 0)
    budget_left = None if row["budget_amount"] is None else row["budget_amount"] - row["spent_amount"]
    if uses_left == 0 or budget_left == 0:
        raise PromoCodeUsedUp(details={"available": 0})
    return Discount(
        code_id=row["id"],
        percent_basis_points=row["percent_basis_points"],
        off_amount=row["off_amount"],
        price_amount=row["price_amount"],
        ticket_type_ids=_types_of(row),
        uses_left=uses_left,
        budget_left=budget_left,
        currency=row["currency"],
    )


def _types_of(row: dict[str, Any]) -> frozenset[UUID]:
    blocks = row["blocks_ticket_type_id"]
    return frozenset(row["types"] or ()) if blocks is None else frozenset({blocks})
