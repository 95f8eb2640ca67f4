"""Cells to bytes, a batch at a time: CSV after RFC 4180, and XLSX whose rows go to disk as they come."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import IO, Any, Protocol

from tools.errors import TooLarge
from tools.exports.models import Column
from tools.exports.rules import Cell, as_text

MOST_SHEET_ROWS = 1_048_575
"""Below the headings; what a sheet can hold."""


class TooManyRows(TooLarge):
    code = "too_many_rows"
    title = "A sheet can not hold so many rows"
    default_remedy = "Take CSV, or a shorter period."


class Table(Protocol):
    def add(self, rows: Iterable[Sequence[Cell]]) -> None: ...
    def finish(self) -> None:
        """Nothing can be added any more; the file is complete."""


class CsvTable:
    """CRLF, quotes where needed, UTF-8; `bom` puts the mark in front by which spreadsheets know that."""

    def __init__(self, file: IO[bytes], columns: Sequence[Column], *, bom: bool) -> None:
        self._text = io.TextIOWrapper(file, "utf-8", newline="", write_through=False)
        if bom:
            self._text.write("\ufeff")
        self._writer = csv.writer(self._text)
        self._writer.writerow(column.name for column in columns)

    def add(self, rows: Iterable[Sequence[Cell]]) -> None:
        self._writer.writerows([as_text(cell) for cell in row] for row in rows)

    def finish(self) -> None:
        self._text.detach()


class XlsxTable:
    """One sheet. Text is written as text, so that none of it can be a formula; money as numbers with the currency's digits."""

    def __init__(self, file: IO[bytes], columns: Sequence[Column], *, most: int = MOST_SHEET_ROWS) -> None:
        self._most = most
        self._rows = 0
        import xlsxwriter  # large, and needed by few

        self._book = xlsxwriter.Workbook(file, {"constant_memory": True})
        self._sheet = self._book.add_worksheet()
        self._formats: dict[int, Any] = {}
        heading = self._book.add_format({"bold": True})
        for place, column in enumerate(columns):
            self._sheet.set_column(place, place, max(12, len(column.name) + 2))
        self._sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            self._sheet.write_string(0, place, column.name, heading)

    def add(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Raises TooManyRows."""
        for row in rows:
            self._rows += 1
            if self._rows > self._most:
                raise TooManyRows(details={"available": self._most})
            for place, cell in enumerate(row):
                self._write(place, cell)

    def finish(self) -> None:
        self._book.close()

    def _write(self, place: int, cell: Cell) -> None:
        if isinstance(cell, str):
            self._sheet.write_string(self._rows, place, cell)
        elif isinstance(cell, Decimal):
            self._sheet.write_number(self._rows, place, float(cell), self._money(-int(cell.as_tuple().exponent)))
        elif cell is not None:
            self._sheet.write_number(self._rows, place, cell)

    def _money(self, digits: int) -> Any:
        if digits not in self._formats:
            self._formats[digits] = self._book.add_format({"num_format": f"0.{'0' * digits}" if digits else "0"})
        return self._formats[digits]
