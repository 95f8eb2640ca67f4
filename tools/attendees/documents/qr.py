"""A ticket's QR: as squares, as SVG for a page, as PNG for a mail."""

from __future__ import annotations

import io
from collections.abc import Iterator

import segno
from segno import QRCode

# A quarter of the code may be covered or scratched; more correction would only make it finer.
_CORRECTION = "q"
_QUIET = 4


def squares(payload: str) -> tuple[int, list[tuple[int, int, int]]]:
    """The size in modules without the quiet zone, and the dark runs as (row, first column, how many)."""
    matrix = _code(payload).matrix
    return len(matrix), [run for row, line in enumerate(matrix) for run in _runs(row, line)]


def qr_svg(payload: str) -> str:
    """An `<svg>` to stand inside a page: black on white with its quiet zone, whatever the page's colours are."""
    svg: str = _code(payload).svg_inline(
        border=_QUIET, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None
    )
    return svg


def qr_png(payload: str, *, scale: int = 8) -> bytes:
    kept = io.BytesIO()
    _code(payload).save(kept, kind="png", scale=scale, border=_QUIET)
    return kept.getvalue()


def _code(payload: str) -> QRCode:
    return segno.make_qr(payload, error=_CORRECTION, boost_error=False)


def _runs(row: int, line: bytearray) -> Iterator[tuple[int, int, int]]:
    first = None
    for column, dark in enumerate((*line, 0)):
        if dark and first is None:
            first = column
        elif not dark and first is not None:
            yield row, first, column - first
            first = None
