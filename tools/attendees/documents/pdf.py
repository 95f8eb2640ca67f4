"""Tickets as PDF, one a page, with fonts of our own so that it looks the same on every machine."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import cast

from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.enums import Align, MethodReturnValue, XPos, YPos

from tools.attendees.documents.models import OrderPapers, PaperTicket
from tools.attendees.documents.qr import squares
from tools.attendees.documents.words import TERMS, when, word

_FONTS = Path(__file__).parent / "fonts"
_FAMILY = "Ticket"
_WIDTH, _HEIGHT = 105.0, 190.0
"""Millimetres: reads on a phone without zooming, and two fit on a sheet of A4."""
_EDGE = 10.0
_QR = 62.0
_INK, _SOFT, _LINE, _ACCENT = (27, 29, 26), (99, 103, 94), (226, 224, 216), (29, 107, 80)
_MISSING = "\u25a1"


def tickets_pdf(papers: OrderPapers, tickets: Sequence[tuple[PaperTicket, str]]) -> bytes:
    """One page per (ticket, what its QR says). Characters that the fonts lack (CJK, Arabic, emoji) show as an empty square."""
    sheet = FPDF(format=(_WIDTH, _HEIGHT))
    sheet.set_auto_page_break(auto=False)
    sheet.set_margin(_EDGE)
    sheet.add_font(_FAMILY, "", _FONTS / "DejaVuSans.ttf")
    sheet.add_font(_FAMILY, "B", _FONTS / "DejaVuSans-Bold.ttf")
    sheet.set_title(printable(f"{papers.event_name}, {papers.number}"))
    sheet.set_creator("Greenroom")
    sheet.set_lang(papers.locale.replace("_", "-"))
    for number, (ticket, payload) in enumerate(tickets, start=1):
        sheet.add_page()
        _head(sheet, papers)
        _code(sheet, ticket, payload)
        _facts(sheet, papers, ticket)
        _foot(sheet, papers, number, len(tickets))
    return bytes(sheet.output())


def printable(text: str) -> str:
    """The text in characters that the fonts have."""
    known = _glyphs()
    composed = unicodedata.normalize("NFC", text)
    return "".join(character if ord(character) in known else _MISSING for character in composed)


@cache
def _glyphs() -> frozenset[int]:
    with TTFont(_FONTS / "DejaVuSans-Bold.ttf") as bold, TTFont(_FONTS / "DejaVuSans.ttf") as regular:
        return frozenset(bold.getBestCmap()) & frozenset(regular.getBestCmap())


def _head(sheet: FPDF, papers: OrderPapers) -> None:
    sheet.set_fill_color(*_ACCENT)
    sheet.rect(0, 0, _WIDTH, 3.2, style="F")
    sheet.set_xy(_EDGE, 9)
    _write(sheet, papers.organizer, size=8, colour=_SOFT, lines=1)
    _write(sheet, papers.event_name, size=15, bold=True, lines=3, leading=6.4)
    day, hours = when(papers)
    sheet.set_y(sheet.get_y() + 1.5)
    _write(sheet, day, size=9.5, lines=2)
    _write(sheet, hours, size=9.5, lines=1)
    place = ", ".join(filter(None, (papers.venue_name, papers.venue_address)))
    if place:
        _write(sheet, place, size=9.5, colour=_SOFT, lines=2)


def _code(sheet: FPDF, ticket: PaperTicket, payload: str) -> None:
    size, runs = squares(payload)
    module = _QR / size
    left, top = (_WIDTH - _QR) / 2, 62.0
    sheet.set_fill_color(0, 0, 0)
    for row, column, length in runs:
        sheet.rect(left + column * module, top + row * module, length * module, module, style="F")
    sheet.set_xy(_EDGE, top + _QR + 2.5)
    sheet.set_font(_FAMILY, "", 7.5)
    sheet.set_text_color(*_SOFT)
    sheet.cell(w=_WIDTH - 2 * _EDGE, text=printable(ticket.code), align=Align.C)


def _facts(sheet: FPDF, papers: OrderPapers, ticket: PaperTicket) -> None:
    top = 137.0
    sheet.set_draw_color(*_LINE)
    sheet.line(_EDGE, top - 4, _WIDTH - _EDGE, top - 4)
    half = (_WIDTH - 2 * _EDGE) / 2
    facts = (
        (_EDGE, top, "Attendee", ticket.attendee_name, 2 * half),
        (_EDGE, top + 15, "Ticket type", ticket.ticket_type_name, half - 3),
        (_EDGE + half, top + 15, "Order", papers.number, half),
    )
    for left, y, label, value, width in facts:
        sheet.set_xy(left, y)
        _write(sheet, word(label, papers.locale), size=7.5, colour=_SOFT, lines=1, width=width)
        sheet.set_x(left)
        _write(sheet, value or "–", size=11, bold=True, lines=1, width=width)


def _foot(sheet: FPDF, papers: OrderPapers, number: int, all_of: int) -> None:
    sheet.set_xy(_EDGE, _HEIGHT - 20)
    _write(sheet, word(TERMS, papers.locale), size=7, colour=_SOFT, lines=3, leading=3.4)
    if all_of > 1:
        sheet.set_xy(_EDGE, _HEIGHT - 8)
        _write(sheet, word("ticket {n} of {all}", papers.locale, n=number, all=all_of), size=7, colour=_SOFT, lines=1)


def _write(
    sheet: FPDF,
    text: str,
    *,
    size: float,
    lines: int,
    bold: bool = False,
    colour: tuple[int, int, int] = _INK,
    leading: float | None = None,
    width: float | None = None,
) -> None:
    """At most so many lines, the last one cut with an ellipsis; the next text goes below."""
    sheet.set_font(_FAMILY, "B" if bold else "", size)
    sheet.set_text_color(*colour)
    width = width or _WIDTH - 2 * _EDGE
    height = leading or size * 0.48
    # Longer than any page holds; a name of 255 wide letters has eight lines.
    wrapped = cast(
        "list[str]",
        sheet.multi_cell(
            width, height, printable(text)[:600], dry_run=True, output=MethodReturnValue.LINES, align=Align.L
        ),
    )
    kept = wrapped[:lines]
    if len(wrapped) > lines:
        kept[-1] = _shortened(sheet, kept[-1], width)
    left = sheet.get_x()
    for line in kept:
        sheet.set_x(left)
        sheet.cell(width, height, line, new_x=XPos.LEFT, new_y=YPos.NEXT)


def _shortened(sheet: FPDF, line: str, width: float) -> str:
    while line and sheet.get_string_width(line + "…") > width - 2 * sheet.c_margin:
        line = line[:-1]
    return line.rstrip() + "…"
