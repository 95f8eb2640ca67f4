"""Amounts as Stripe counts them, and what its states mean for ours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.kit.money import KNOWN_CURRENCIES, MAX_AMOUNT
from tools.payments.provider import FoundPayment, PaymentState, Refused
from tools.payments.rules import Confirm, Mark, from_stripe, payment_step, to_stripe


@pytest.mark.parametrize(
    ("ours", "currency", "stripes"),
    [
        (2500, "EUR", 2500),
        (500, "JPY", 500),
        (5, "ISK", 500),
        (5, "UGX", 500),
        (1230, "KWD", 1230),
        (2500, "HUF", 2500),
        (700, "MGA", 700),
    ],
)
def test_amounts_are_said_in_the_minor_units_stripe_has(ours: int, currency: str, stripes: int) -> None:
    assert to_stripe(ours, currency) == stripes
    assert from_stripe(stripes, currency) == ours


@given(amount=st.integers(0, MAX_AMOUNT), currency=st.sampled_from(sorted(KNOWN_CURRENCIES)))
def test_every_amount_comes_back_as_it_went_or_does_not_go(amount: int, currency: str) -> None:
    try:
        said = to_stripe(amount, currency)
    except Refused:
        assert currency not in {"EUR", "USD", "JPY"}
        return
    assert from_stripe(said, currency) == amount


def test_a_thousandth_too_fine_for_stripe_is_refused() -> None:
    with pytest.raises(Refused):
        to_stripe(1235, "KWD")


@pytest.mark.parametrize(
    ("state", "step"),
    [
        ("open", Mark("pending")),
        ("processing", Mark("pending")),
        ("paid", Confirm(2500, "EUR")),
        ("expired", Mark("cancelled", "The page to pay on has expired.")),
        ("failed", Mark("failed", "The payment did not go through.")),
    ],
)
def test_what_the_provider_says_is_what_we_do(state: PaymentState, step: Confirm | Mark) -> None:
    assert payment_step(FoundPayment("cs_1", state, 2500, "EUR")) == step
