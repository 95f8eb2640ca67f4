"""Sums over balances, without a database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tools.ledger.models import Balance


def unbalanced(balances: Sequence[Balance]) -> dict[str, int]:
    """Per currency the sum over all accounts, where it is not zero."""
    sums: Counter[str] = Counter()
    for balance in balances:
        sums[balance.currency] += balance.amount
    return {currency: amount for currency, amount in sums.items() if amount}
