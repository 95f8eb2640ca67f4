"""A sealed field opens in its place, with its key, unchanged; and in no other case."""

from __future__ import annotations

import base64
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError

from tools.kit.sealing import MARK, FieldKey, Place, SealBroken, Sealer, UnknownFieldKey, new_keys
from tools.kit.settings import Settings

OLD, NEW = FieldKey(1, b"a" * 32), FieldKey(2, b"b" * 32)
ORG, ROW = uuid4(), uuid4()
PLACE = Place("orders", "billing_address", ORG, ROW)
SEALER = Sealer([OLD])


def bytes_of(sealed: str) -> bytearray:
    return bytearray(base64.b64decode(sealed.removeprefix(MARK)))


def text_of(raw: bytes) -> str:
    return MARK + base64.b64encode(raw).decode()


@given(st.text())
def test_what_is_sealed_opens_again(text: str) -> None:
    assert SEALER.open(PLACE, SEALER.seal(PLACE, text)) == text


@pytest.mark.parametrize(
    "elsewhere",
    [
        PLACE._replace(table="mails"),
        PLACE._replace(column="buyer_name"),
        PLACE._replace(org_id=uuid4()),
        PLACE._replace(row_id=uuid4()),
        Place("ordersbilling", "_address", ORG, ROW),
    ],
)
def test_moved_to_another_table_column_organisation_or_row_it_is_refused(elsewhere: Place) -> None:
    with pytest.raises(SealBroken):
        SEALER.open(elsewhere, SEALER.seal(PLACE, "Keizersgracht 1"))


def test_any_bit_flipped_is_refused() -> None:
    raw = bytes_of(SEALER.seal(PLACE, "Keizersgracht 1"))
    for at in range(len(raw) * 8):
        flipped = bytearray(raw)
        flipped[at // 8] ^= 1 << at % 8
        with pytest.raises((SealBroken, UnknownFieldKey)):
            SEALER.open(PLACE, text_of(flipped))


@pytest.mark.parametrize("length", range(0, 32))
def test_cut_short_it_is_refused(length: int) -> None:
    with pytest.raises((SealBroken, UnknownFieldKey)):
        SEALER.open(PLACE, text_of(bytes_of(SEALER.seal(PLACE, "x"))[:length]))


@pytest.mark.parametrize("forged", ["", "!", "AQAB", "é", "A" * 1_000_001])
def test_what_nobody_sealed_is_refused(forged: str) -> None:
    with pytest.raises((SealBroken, UnknownFieldKey)):
        SEALER.open(PLACE, MARK + forged)


def test_a_key_that_was_not_given_is_told_as_such() -> None:
    with pytest.raises(UnknownFieldKey):
        SEALER.open(PLACE, Sealer([NEW]).seal(PLACE, "Keizersgracht 1"))


def test_a_key_of_the_same_id_and_other_bytes_opens_nothing() -> None:
    with pytest.raises(SealBroken):
        Sealer([FieldKey(1, b"c" * 32)]).open(PLACE, SEALER.seal(PLACE, "Keizersgracht 1"))


def test_the_first_key_seals_and_all_of_them_open() -> None:
    both = Sealer([NEW, OLD])
    before, after = SEALER.seal(PLACE, "Keizersgracht 1"), both.seal(PLACE, "Keizersgracht 1")
    assert both.open(PLACE, before) == both.open(PLACE, after) == "Keizersgracht 1"
    assert [text.startswith(both.prefix) for text in (before, after)] == [False, True]


def test_a_hundred_thousand_nonces_are_all_different() -> None:
    nonces = {bytes(bytes_of(SEALER.seal(PLACE, "x"))[3:15]) for _ in range(100_000)}
    assert len(nonces) == 100_000


def test_what_was_written_before_fields_were_sealed_is_read_as_it_is() -> None:
    assert SEALER.open(PLACE, "Keizersgracht 1") == "Keizersgracht 1"


def test_text_that_looks_sealed_is_sealed_like_any_other() -> None:
    assert SEALER.open(PLACE, SEALER.seal(PLACE, f"{MARK}AQAB")) == f"{MARK}AQAB"


def test_a_blind_index_finds_an_address_and_tells_it_to_nobody() -> None:
    other = uuid4()
    (index,) = SEALER.blind_indexes("erasures", ORG, " Ann@Example.org")
    assert SEALER.blind_indexes("erasures", ORG, "ann@example.org") == [index]
    assert Sealer([NEW, OLD]).blind_indexes("erasures", ORG, "ann@example.org")[1] == index
    for elsewhere in (
        SEALER.blind_indexes("erasures", other, "ann@example.org"),
        SEALER.blind_indexes("orders", ORG, "ann@example.org"),
        Sealer([NEW]).blind_indexes("erasures", ORG, "ann@example.org"),
    ):
        assert elsewhere != [index]


def test_an_address_has_one_index_in_an_organisation_however_it_is_written_and_whatever_key_seals() -> None:
    index = SEALER.address_index(ORG, "Ann@Example.org")
    assert index == SEALER.address_index(ORG, " ann@example.ORG ")
    assert index == Sealer([NEW, OLD]).address_index(ORG, "ann@example.org"), "a new key in front changes no index"
    assert len(index) == 24
    assert index.startswith(SEALER.index_prefix)
    for other in (
        SEALER.address_index(uuid4(), "ann@example.org"),
        SEALER.address_index(ORG, "anne@example.org"),
        Sealer([NEW]).address_index(ORG, "ann@example.org"),
        Sealer([OLD], b"i" * 32).address_index(ORG, "ann@example.org"),
    ):
        assert other != index


def test_an_index_says_by_its_start_which_secret_made_it() -> None:
    own = Sealer([NEW, OLD], b"i" * 32)
    assert own.index_prefix == Sealer([OLD], b"i" * 32).index_prefix
    assert own.index_prefix not in (SEALER.index_prefix, Sealer([OLD], b"j" * 32).index_prefix)


def test_keys_are_read_from_the_setting() -> None:
    assert Sealer.parse(f"2:{base64.b64encode(NEW.secret).decode()}, 1:{base64.b64encode(OLD.secret).decode()}").open(
        PLACE, SEALER.seal(PLACE, "x")
    )
    assert Sealer.parse(new_keys()).prefix == SEALER.prefix


KEY = "A" * 43 + "="


@pytest.mark.parametrize("text", ["!", "AAAA", "A" * 44, "é"])
def test_a_bad_index_key_is_told_without_it(text: str) -> None:
    with pytest.raises(ValueError, match="32 bytes") as raised:
        Sealer.parse(f"1:{KEY}", text)
    assert text not in str(raised.value)


def test_the_index_key_is_read_from_the_setting() -> None:
    assert (
        Sealer.parse(f"1:{KEY}", base64.b64encode(b"i" * 32).decode()).index_prefix
        == Sealer([OLD], b"i" * 32).index_prefix
    )


@pytest.mark.parametrize(
    "text",
    ["", "1", "1:", "x:AAAA", "0:" + "A" * 43 + "=", "70000:" + "A" * 43 + "=", "1:AAAA", f"1:{KEY},1:{KEY}"],
)
def test_a_bad_setting_is_told_without_its_keys(text: str) -> None:
    with pytest.raises(ValueError) as raised:
        Sealer.parse(text)
    assert "AAAA" not in str(raised.value)


def test_settings_with_a_bad_index_key_do_not_start_and_tell_nothing_of_it() -> None:
    with pytest.raises(ValidationError, match="32 bytes") as raised:
        Settings(_env_file=None, greenroom_index_key=SecretStr("not-a-key"))
    assert "not-a-key" not in str(raised.value)
    assert Settings(_env_file=None, greenroom_index_key=SecretStr("")).greenroom_index_key is None
