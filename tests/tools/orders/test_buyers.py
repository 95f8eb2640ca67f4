"""A buyer is written as people write one: a name, an address, or both."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.errors import InvalidInput
from tools.orders.rules import read_buyer


@pytest.mark.parametrize(
    ("text", "name", "mail"),
    [
        ("Ann", "Ann", None),
        ("ann@example.org", "", "ann@example.org"),
        ("Ann Lee <ann@example.org>", "Ann Lee", "ann@example.org"),
        ('"Lee, Ann" <ann@example.org>', "Lee, Ann", "ann@example.org"),
    ],
)
def test_a_buyer_is_a_name_an_address_or_both(text: str, name: str, mail: str | None) -> None:
    buyer = read_buyer(text)
    assert (buyer.name, buyer.email) == (name, mail)


@given(text=st.text(min_size=1, max_size=255))
def test_a_buyer_is_read_or_refused_whatever_is_written(text: str) -> None:
    try:
        buyer = read_buyer(text)
    except InvalidInput:
        return
    assert buyer.name or buyer.email
    assert len(buyer.name) <= 200
