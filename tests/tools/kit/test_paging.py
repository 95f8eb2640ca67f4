"""Cursors say where a list goes on; nobody can make one up, change one, or use one of another list."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.errors import InvalidInput
from tools.kit.paging import CursorSigner

SIGNER = CursorSigner("a secret only tests know, long enough")
positions = st.lists(st.one_of(st.integers(), st.text(max_size=30), st.none()), max_size=4)


@given(position=positions, kind=st.text(max_size=10))
def test_what_was_sealed_is_what_is_read(position: list[Any], kind: str) -> None:
    assert SIGNER.unseal(kind, SIGNER.seal(kind, position)) == position


@given(position=positions, at=st.integers(0), bit=st.integers(0, 7))
def test_one_bit_changed_anywhere_is_refused(position: list[Any], at: int, bit: int) -> None:
    sealed = SIGNER.seal("events", position)
    raw = bytearray(base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4)))
    raw[at % len(raw)] ^= 1 << bit
    with pytest.raises(InvalidInput):
        SIGNER.unseal("events", base64.urlsafe_b64encode(bytes(raw)).decode().rstrip("="))


@given(made_up=st.text(max_size=200))
def test_one_made_up_is_refused(made_up: str) -> None:
    with pytest.raises(InvalidInput):
        SIGNER.unseal("events", made_up)


def test_one_of_another_list_or_another_service_is_refused() -> None:
    sealed = SIGNER.seal("events", ["2030-01-01", 1])
    with pytest.raises(InvalidInput):
        SIGNER.unseal("orders", sealed)
    with pytest.raises(InvalidInput):
        CursorSigner("another secret that is long enough").unseal("events", sealed)
