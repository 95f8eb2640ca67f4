"""Cells: what a spreadsheet must not run, money as people say it, times of the place."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from tools.exports.files import CsvTable, TooManyRows, XlsxTable
from tools.exports.models import Column
from tools.exports.rules import Cell, as_text, cells, harmless

COLUMNS = (Column("name"), Column("paid", "amount"), Column("at", "time"), Column("tickets", "count"))
FORMULAS = (
    "=1+1", "+31 6 1234", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "＠x", "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.org")', "\u00a0=1",
)  # fmt: skip


def csv_of(*rows: list[Cell], bom: bool = False) -> bytes:
    file = io.BytesIO()
    table = CsvTable(file, COLUMNS, bom=bom)
    table.add(rows)
    table.finish()
    return file.getvalue()


def sheet_of(*rows: list[Cell], most: int = 10) -> ElementTree.Element:
    file = io.BytesIO()
    table = XlsxTable(file, COLUMNS, most=most)
    table.add(rows)
    table.finish()
    return ElementTree.fromstring(ZipFile(file).read("xl/worksheets/sheet1.xml"))


@pytest.mark.parametrize("text", FORMULAS)
def test_what_starts_like_a_formula_is_text_in_both_kinds_of_file(text: str) -> None:
    assert harmless(text) == f"'{text}"
    ((_, row),) = [list(csv.reader(io.StringIO(csv_of([text, None, None, None]).decode(), newline="")))]
    assert row[0] == f"'{text}"
    sheet = sheet_of([text, None, None, None])
    names = [element.tag.rpartition("}")[2] for element in sheet.iter()]
    assert "f" not in names
    cell = next(element for element in sheet.iter() if element.get("r") == "A2")
    assert cell.get("t") == "inlineStr"


@pytest.mark.parametrize("text", ["", "Ann", "a=b", "1-2", "O'Neil", "'=1", "ann@example.org", "#1"])
def test_what_does_not_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_an_amount_below_zero_is_a_number_and_no_formula() -> None:
    assert as_text(Decimal("-25.00")) == "-25.00"
    cell = next(each for each in sheet_of(["Ann", Decimal("-25.00"), None, 2]).iter() if each.get("r") == "B2")
    assert (cell.get("t"), cell[0].text) == (None, "-25")


def test_money_and_times_are_as_people_say_them_where_the_event_is() -> None:
    row: dict[str, Any] = {
        "name": "Ann", "paid": 2500, "currency": "EUR", "at": datetime(2030, 7, 1, 22, 30, tzinfo=UTC),
        "zone": "Europe/Amsterdam", "tickets": 2,
    }  # fmt: skip
    assert [as_text(cell) for cell in cells(COLUMNS, row)] == ["Ann", "25.00", "2030-07-02T00:30:00+02:00", "2"]
    for currency, said in (("JPY", "2500"), ("KWD", "2.500")):
        assert as_text(cells(COLUMNS, row | {"currency": currency})[1]) == said
    assert [as_text(cell) for cell in cells(COLUMNS, dict.fromkeys(("name", "paid", "at", "tickets")))] == [""] * 4


def test_a_csv_is_as_rfc_4180_says() -> None:
    told = csv_of(['a "b", c', None, None, 1], ["two\r\nlines", None, None, None])
    assert told == b'name,paid,at,tickets\r\n"a ""b"", c",,,1\r\n"two\r\nlines",,,\r\n'
    assert csv_of(["é", None, None, None], bom=True) == "\ufeffname,paid,at,tickets\r\né,,,\r\n".encode()


def test_a_sheet_that_can_not_hold_the_rows_is_refused() -> None:
    with pytest.raises(TooManyRows):
        sheet_of(*[["x", None, None, None]] * 3, most=2)
