"""Lists of attendees as people really export them, and as nobody should."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.attendees.sheets import MOST_ROWS, read_price, read_sheet, read_text
from tools.errors import InvalidInput


def names(text: str) -> list[tuple[str, str | None]]:
    return [(row.name, row.email) for row in read_sheet(text).rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_delimiter_and_any_end_of_line_is_read(delimiter: str, ending: str) -> None:
    lines = (["E-mail", "Full name", "Shoe size"], ["ann@example.org", '"Lee, Ann; or Anne"', "38"], ["", "Bo", ""])
    text = ending.join(delimiter.join(cells) for cells in lines)
    assert names(text) == [("Lee, Ann; or Anne", "ann@example.org"), ("Bo", None)]
    assert read_sheet(text).ignored == ["Shoe size"]


@pytest.mark.parametrize(
    "header",
    ["name,email", "NAME, E-Mail ", "Attendee name,E-mail address", "Naam,E-mailadres", "Nom,Courriel", "Teilnehmer,E-Mail-Adresse",
     "Nombre completo,Correo electrónico", "\ufeffName,Email", "sep=,\nName,Email"],
)  # fmt: skip
def test_headers_are_known_by_their_usual_names(header: str) -> None:
    assert names(f"{header}\nAnn,ann@example.org\n") == [("Ann", "ann@example.org")]


def test_a_first_and_a_last_name_are_one_name_and_an_address_alone_will_do() -> None:
    text = "Prénom;Nom de famille;Mail\nAnn;Lee;a@example.org\n;;bo@example.org\n"
    assert names(text) == [("Ann Lee", "a@example.org"), ("bo", "bo@example.org")]


def test_rows_are_counted_as_a_spreadsheet_does() -> None:
    rows = read_sheet('name,email\n"Ann\nLee",a@example.org\n\n,,\nBo,\n').rows
    assert [(row.row, row.name) for row in rows] == [(2, "Ann Lee"), (5, "Bo")]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (",", None),
        (",,VIP", "there is no name and no e-mail address"),
        ("Ann,nowhere", "'nowhere' is not an e-mail address"),
        ("Ann,a@b@c.de", "is not an e-mail address"),
        ('Ann,"a@b.de,c@d.ef"', "is not an e-mail address"),
        ("Ann\u202egnp,", "the name has an invisible or direction-changing character"),
        ("x" * 201 + ",", "the name is longer than 200 characters"),
        ("Zo\ufffd,", "characters were lost on the way; save the file as UTF-8"),
    ],
)
def test_a_line_that_can_not_be_used_says_why(line: str, fault: str | None) -> None:
    rows = read_sheet(f"name,email,type\n{line}\n").rows
    assert [fault in (row.fault or "") for row in rows] == ([] if fault is None else [True])


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "shoe size,colour\n38,red\n", "name,full name\nAnn,Lee\n", 'name,email\n"Ann,a@b.de\nBo,\n', "," * 200 + "name\n",
     'name\n"' + "x" * 200_000 + '"\n'],
)  # fmt: skip
def test_what_is_no_list_of_people_is_refused_as_a_whole(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_sheet(text)


def test_a_hundred_thousand_lines_are_refused_before_they_are_read() -> None:
    text = "name\n" + "x\n" * 400_000
    began = time.perf_counter()
    with pytest.raises(InvalidInput, match=f"{MOST_ROWS:,}"):
        read_sheet(text)
    assert time.perf_counter() - began < 1
    assert len(read_sheet("name\n" + "x\n" * MOST_ROWS).rows) == MOST_ROWS


@given(text=st.text(max_size=300))
def test_no_text_does_anything_but_be_read_or_be_refused(text: str) -> None:
    for sheet in (text, "name,email,price\n" + text):
        try:
            read_sheet(sheet)
        except InvalidInput:
            continue


@given(cells=st.lists(st.text("=+-@\t'\"\\|ab", min_size=1, max_size=12), min_size=1, max_size=5))
def test_formulas_are_names_and_nothing_else(cells: list[str]) -> None:
    text = "name\n" + "\n".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    kept = [row.name for row in read_sheet(text).rows if row.fault is None]
    assert kept == [" ".join(cell.split()) for cell in cells if cell.split()]


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("name\nZoë".encode(), "Zoë"),
        ("\ufeffname\nZoë".encode(), "Zoë"),
        ("name\nZoë".encode("utf-16"), "Zoë"),
        ("name\nZoë €".encode("cp1252"), "Zoë €"),
    ],
)
def test_bytes_are_read_in_the_encodings_that_spreadsheets_write(raw: bytes, name: str) -> None:
    assert names(read_text(raw)) == [(name, None)]


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("25", "EUR", 2500), ("25,5", "EUR", 2550), ("€ 1.234,50", "EUR", 123_450), ("1,234.50 EUR", "EUR", 123_450),
        ("1'234.50", "CHF", 123_450), ("1.234.567", "EUR", 123_456_700), ("0", "EUR", 0), ("1,500", "JPY", 1500), ("2.125", "KWD", 2125),
    ],
)  # fmt: skip
def test_prices_are_read_as_they_are_written(text: str, currency: str, amount: int) -> None:
    assert read_price(text, currency) == amount


@pytest.mark.parametrize(
    ("text", "currency"),
    [("1.234", "EUR"), ("-5", "EUR"), ("=1+1", "EUR"), ("25.999", "EUR"), ("1,23,456", "EUR"), ("free", "EUR"), ("9" * 30, "EUR"),
     ("5.5", "JPY"), ("1.2.3", "EUR"), ("5 6 €7,8,9", "EUR"), (".5", "EUR")],
)  # fmt: skip
def test_a_price_that_could_be_two_or_none_is_refused(text: str, currency: str) -> None:
    with pytest.raises(ValueError, match=r"price|two ways"):
        read_price(text, currency)


@given(text=st.text(max_size=30))
def test_no_price_is_ever_negative_or_beyond_what_is_kept(text: str) -> None:
    try:
        assert 0 <= read_price(text, "EUR") <= 10**12
    except ValueError:
        return
