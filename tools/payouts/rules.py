"""What is decided about payouts, and how they are told."""

from __future__ import annotations

from tools.context import Standing
from tools.errors import Conflict, InvalidInput
from tools.kit.money import format_money
from tools.operation import Total
from tools.payouts.models import Payout, RecordPayout


class PayoutRecorded(Conflict):
    code = "payout_recorded"
    title = "A payout with this reference is recorded already"
    constraints = ("payouts_reference_key",)
    default_remedy = "Look it up in the list of payouts; void it first when it was recorded wrongly."


class PayoutVoided(Conflict):
    code = "payout_voided"
    title = "The payout is voided already"


def require_money(data: RecordPayout) -> None:
    """Raises InvalidInput for a payout of nothing."""
    if data.amount + data.fee_amount == 0:
        raise InvalidInput("A payout of nothing is not recorded.")


def told_recorded(payout: Payout, standing: Standing) -> str:
    amount = format_money(payout.amount, payout.currency, standing.locale)
    return f"Record that {payout.provider} paid out {amount} on {payout.arrived_on} ({payout.reference})"


def told_voided(payout: Payout, standing: Standing) -> str:
    amount = format_money(payout.amount, payout.currency, standing.locale)
    return f"Void the payout of {amount} by {payout.provider} ({payout.reference})"


def totals_of(payout: Payout) -> list[Total]:
    return [
        Total(label="Arrived", amount=payout.amount, currency=payout.currency),
        Total(label="Fee", amount=payout.fee_amount, currency=payout.currency),
    ]
