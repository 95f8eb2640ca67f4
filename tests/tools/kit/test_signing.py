"""What we signed comes back unchanged, or it is not ours; nothing signed for one purpose counts for another."""

from __future__ import annotations

import base64

from hypothesis import given
from hypothesis import strategies as st

from tools.kit.signing import SIGNATURE_BYTES, Signer

SIGNER = Signer("a secret only tests know, long enough")


@given(purpose=st.text(max_size=20), body=st.binary(max_size=60))
def test_what_was_sealed_is_what_is_read(purpose: str, body: bytes) -> None:
    assert SIGNER.unseal(purpose, SIGNER.seal(purpose, body)) == body


@given(body=st.binary(max_size=60), at=st.integers(0), bit=st.integers(0, 7))
def test_one_bit_changed_anywhere_is_refused(body: bytes, at: int, bit: int) -> None:
    sealed = SIGNER.seal("link", body)
    raw = bytearray(base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4)))
    raw[at % len(raw)] ^= 1 << bit
    assert SIGNER.unseal("link", base64.urlsafe_b64encode(bytes(raw)).decode().rstrip("=")) is None


@given(body=st.binary(max_size=60), at=st.integers(0), letter=st.characters())
def test_one_letter_changed_is_refused_also_where_it_decodes_to_the_same_bytes(
    body: bytes, at: int, letter: str
) -> None:
    sealed = SIGNER.seal("link", body)
    at %= len(sealed) + 1
    for changed in (sealed[:at] + letter + sealed[at:], sealed[:at] + letter + sealed[at + 1 :]):
        assert changed == sealed or SIGNER.unseal("link", changed) is None


def test_the_spare_bits_of_the_last_letter_are_no_second_spelling() -> None:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    sealed = SIGNER.seal("link", b"x" * 18)
    spellings = [sealed[:-1] + letter for letter in alphabet]
    same_bytes = [s for s in spellings if base64.urlsafe_b64decode(s + "==") == base64.urlsafe_b64decode(sealed + "==")]
    assert len(same_bytes) > 1
    assert [s for s in spellings if SIGNER.unseal("link", s) is not None] == [sealed]


@given(made_up=st.text(max_size=200))
def test_one_made_up_is_refused(made_up: str) -> None:
    assert SIGNER.unseal("link", made_up) is None


@given(one=st.text(max_size=8), other=st.text(max_size=8), body=st.binary(max_size=20))
def test_one_purpose_never_passes_for_another(one: str, other: str, body: bytes) -> None:
    if one != other:
        assert SIGNER.unseal(other, SIGNER.seal(one, body)) is None
    # Nor does a purpose whose rest is put in front of the body.
    whole = (one + other).encode()
    if other:
        assert SIGNER.signature(one + other, body) != SIGNER.signature(one, other.encode() + body)
    assert len(SIGNER.signature(one, whole)) == SIGNATURE_BYTES


def test_another_service_reads_nothing_of_ours() -> None:
    assert Signer("another secret that is long enough").unseal("link", SIGNER.seal("link", b"body")) is None
