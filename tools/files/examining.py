"""What a content really is, and a clean copy of it. Blocking and pure: callers run it in a thread of its own.

Nothing that was sent is stored as it came but a PDF: pictures are decoded and written anew, so that what rode along with them
(places, cameras, scripts, a second file) stays behind.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO

from PIL import Image, ImageOps

from tools.files.models import Kind, MediaType
from tools.files.rules import MOST_BYTES, FileRefused, require_size, require_taken, too_large
from tools.kit.pictures import WIDTHS

MOST_PIXELS = 40_000_000
"""Checked before a pixel is decoded: forty million take 160 MB."""
LONGEST_SIDE = 4096
"""Of the stored picture; a poster in print is another matter."""
_TOO_MANY = f"The picture has more than {MOST_PIXELS // 1_000_000} million pixels."

_FORMATS: dict[MediaType, str] = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP"}
_QUALITY = {"JPEG": {"quality": 90}, "WEBP": {"quality": 90, "method": 4}, "PNG": {"compress_level": 6}}
_PDF_TAIL = 2048
# What makes a reader run, fetch or open something, in plain sight; names may be written with escapes.
_ACTIVE = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFile|EmbeddedFiles|RichMedia|XFA|SubmitForm|ImportData)(?![A-Za-z0-9])"
)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_NAME = re.compile(rb"/[^\x00\t\n\x0c\r ()<>\[\]{}/%]{1,127}")
# Everything Pillow's decoders are known to raise for what is not a sound picture.
_UNSOUND = (
    OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, TypeError, OverflowError, struct.error, zlib.error,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Copy:
    content: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Examined:
    """What is stored."""

    media_type: MediaType
    content: bytes
    width: int | None
    height: int | None
    variants: tuple[Copy, ...]

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


def examine(kind: Kind, file: BinaryIO, size: int) -> Examined:
    """Raises FileRefused and TooLarge for what is not taken."""
    require_size(kind, size)
    if size == 0:
        raise FileRefused.because("empty", "The file is empty.")
    file.seek(0)
    media_type = require_taken(kind, media_type_of(file.read(16)))
    file.seek(0)
    if media_type == "application/pdf":
        content = file.read()
        _require_quiet(content)
        return Examined(media_type, content, None, None, ())
    return _redrawn(kind, media_type, file)


def media_type_of(head: bytes) -> MediaType | None:
    """By the first bytes alone: what a name or a header claims counts for nothing."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return "application/pdf" if head.startswith(b"%PDF-") else None


def _require_quiet(content: bytes) -> None:
    if b"%%EOF" not in content[-_PDF_TAIL:]:
        raise FileRefused.because("damaged", "The PDF does not end as a PDF ends.")
    if _ACTIVE.search(content) or any(
        _ACTIVE.match(_ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), name))
        for name in _NAME.findall(content)
        if b"#" in name
    ):
        raise FileRefused.because("active", "The PDF contains programs or other files.")


def _redrawn(kind: Kind, media_type: MediaType, file: BinaryIO) -> Examined:
    form = _FORMATS[media_type]
    try:
        with Image.open(file, formats=[form]) as opened:
            _require_pixels(*opened.size)
            if form == "JPEG":
                # Decoded no larger than needed, in steps of two.
                opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(opened)
            picture = upright.convert("RGBA" if form != "JPEG" and upright.has_transparency_data else "RGB")
    except Image.DecompressionBombError as error:
        raise FileRefused.because("pixels", _TOO_MANY) from error
    except _UNSOUND as error:
        raise FileRefused.because("damaged", "The picture can not be read.") from error
    picture.info.clear()
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    content = _written(picture, form)
    if len(content) > MOST_BYTES[kind]:
        raise too_large(kind)
    # The last is as wide as the picture where that is not wide, so that there is a small one of each.
    widths = sorted({min(width, picture.width) for width in WIDTHS})
    variants = tuple(_narrowed(picture, width) for width in widths)
    return Examined(media_type, content, *picture.size, variants)


def _require_pixels(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise FileRefused.because("pixels", _TOO_MANY)


def _narrowed(picture: Image.Image, width: int) -> Copy:
    height = max(1, round(picture.height * width / picture.width))
    narrow = picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return Copy(_written(narrow, "WEBP"), width, height)


def _written(picture: Image.Image, form: str) -> bytes:
    written = io.BytesIO()
    picture.save(written, form, **_QUALITY[form])
    return written.getvalue()
