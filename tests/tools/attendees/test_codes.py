"""A ticket's QR says its code and our signature; a forged one is told from an unknown one."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.tools.attendees.reading_qr import matrix_of, read_qr
from tools.attendees.codes import ForgedTicket, read_ticket_payload, ticket_payload
from tools.attendees.documents.qr import qr_png, squares
from tools.context import Greenroom
from tools.errors import InvalidInput
from tools.kit.ids import RandomIds
from tools.kit.paging import CursorSigner
from tools.store.database import Database

GREENROOM = Greenroom(
    database=Database("postgresql://nobody@127.0.0.1/none"), catalog={}, cursors=CursorSigner("x" * 32)
)
OTHER = Greenroom(database=GREENROOM.database, catalog={}, cursors=CursorSigner("y" * 32))
codes = st.from_regex(r"[A-Za-z0-9_-]{12,64}", fullmatch=True)


@given(code=codes)
def test_what_is_on_the_ticket_is_what_is_read(code: str) -> None:
    assert read_ticket_payload(GREENROOM, f" {ticket_payload(GREENROOM, code)}\n") == code
    assert read_ticket_payload(GREENROOM, code) == code


@given(code=codes, at=st.integers(0), letter=st.sampled_from("ABCabc019-_"))
def test_a_signature_or_code_with_one_letter_changed_is_a_forgery(code: str, at: int, letter: str) -> None:
    payload = ticket_payload(GREENROOM, code)
    at = 4 + at % (len(payload) - 4)
    changed = payload[:at] + letter + payload[at + 1 :]
    if changed != payload:
        with pytest.raises(InvalidInput) as refused:
            read_ticket_payload(GREENROOM, changed)
        assert payload[at] == "." or type(refused.value) is ForgedTicket


@given(text=st.text(max_size=100))
def test_nonsense_is_not_a_ticket(text: str) -> None:
    try:
        code = read_ticket_payload(GREENROOM, text)
    except InvalidInput:
        return
    assert code == text.strip()


def test_the_signature_of_another_service_is_a_forgery() -> None:
    with pytest.raises(ForgedTicket):
        read_ticket_payload(GREENROOM, ticket_payload(OTHER, RandomIds().new_code()))


def test_a_link_is_no_ticket_though_signed_with_the_same_secret() -> None:
    code = RandomIds().new_code()
    with pytest.raises(InvalidInput):
        read_ticket_payload(GREENROOM, GREENROOM.signer.seal("order link", code.encode()) + ".x")


def test_a_scanner_reads_the_payload_from_the_squares_and_from_the_picture() -> None:
    for _ in range(20):
        payload = ticket_payload(GREENROOM, RandomIds().new_code())
        size, runs = squares(payload)
        assert size == 33
        assert read_qr(matrix_of(size, runs)) == payload
    with Image.open(io.BytesIO(qr_png(payload, scale=3))) as picture:
        grey = picture.convert("L")
        read = [
            [int(grey.getpixel(((x + 4) * 3 + 1, (y + 4) * 3 + 1)) < 128) for x in range(size)]  # type: ignore[operator]
            for y in range(size)
        ]
        assert grey.getpixel((1, 1)) == 255
    assert read_qr(read) == payload
