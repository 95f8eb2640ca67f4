"""Files nobody uploads with good intent, and the good ones beside them. Holds no test."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo

SCRIPT = b"<script>alert(document.cookie)</script>"
PLACE = "52.37N 4.89E"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""What every scanner calls a virus, and nothing else does; in two parts, so that none of them finds it here."""


def picture(form: str, width: int = 64, height: int = 40, mode: str = "RGB", **saved: Any) -> bytes:
    """A sound picture with something to see on it."""
    image = Image.radial_gradient("L").resize((width, height)).convert(mode)
    if mode == "RGBA":
        image.putalpha(Image.linear_gradient("L").resize((width, height)))
    written = io.BytesIO()
    image.save(written, form, **saved)
    return written.getvalue()


def photo() -> bytes:
    """A JPEG as a phone makes it: turned, with the place and a comment in it."""
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010E] = PLACE
    exif.get_ifd(0x8825)[1] = "N"
    return picture("JPEG", 600, 300, exif=exif, comment=PLACE.encode())


def labelled() -> bytes:
    """A PNG with text in it."""
    info = PngInfo()
    info.add_text("Comment", PLACE)
    return picture("PNG", pnginfo=info)


def pdf(inside: bytes = b"") -> bytes:
    body = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R " + inside + b" >>\nendobj\n"
    body += b"2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
    return body + b"trailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_of(width: int, height: int, content: bytes, *more: bytes) -> bytes:
    """A PNG that says it is so large, with this as its pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (_chunk(b"IHDR", head), *more, _chunk(b"IDAT", content), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def zeros(size: int) -> bytes:
    """So many zeros, packed: a thousand to one."""
    packer = zlib.compressobj(9)
    block = bytes(1 << 20)
    packed = b"".join(packer.compress(block[: min(len(block), size - at)]) for at in range(0, size, len(block)))
    return packed + packer.flush()


def zip_bomb() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("big", bytes(40_000_000))
    return written.getvalue()


def text_bomb() -> bytes:
    """A small PNG whose text unpacks to a hundred megabytes."""
    text = b"a\x00\x00" + zeros(100_000_000)
    return png_of(1, 1, zlib.compress(b"\x00\x00\x00\x00"), _chunk(b"zTXt", text))


def refused() -> dict[str, tuple[str, bytes, str]]:
    """Name -> the kind it is sent as, its content, and why it is refused."""
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    sound = picture("PNG")
    return {
        "nothing.png": ("event_poster", b"", "empty"),
        "drawing.svg": ("event_poster", svg, "type"),
        "drawing.svg.png": ("event_poster", b"<?xml version='1.0'?>" + svg, "type"),
        "page.html": ("sponsor_logo", b"<!doctype html>" + SCRIPT, "type"),
        "gif-and-script.gif": ("event_poster", b"GIF89a/*" + SCRIPT + b"*/=1;", "type"),
        "pixels-50k.png": ("event_poster", png_of(50_000, 50_000, zeros(100_000)), "pixels"),
        "pixels-two-billion.png": ("event_poster", png_of(2**31 - 1, 2**31 - 1, zlib.compress(b"x")), "pixels"),
        "pixels-just-over.png": ("event_poster", png_of(8001, 5000, zeros(100_000)), "pixels"),
        "text-bomb.png": ("event_poster", text_bomb(), "damaged"),
        "cut-off.jpg": ("event_poster", picture("JPEG", 640, 400)[:900], "damaged"),
        "head-alone.png": ("event_poster", b"\x89PNG\r\n\x1a\n", "damaged"),
        "wrong-sum.png": ("event_poster", sound[:40] + bytes([sound[40] ^ 255]) + sound[41:], "damaged"),
        "no-pixels.webp": ("event_poster", b"RIFF\x00\x00\x00\x00WEBPVP8 ", "damaged"),
        "archive.zip": ("contract", zip_bomb(), "type"),
        "archive.pdf": ("contract", b"%PDF-1.4\n" + zip_bomb(), "damaged"),
        "program.exe": ("contract", b"MZ" + bytes(200), "type"),
        "virus.com": ("attachment", EICAR, "type"),
        "script.pdf": ("contract", pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "active"),
        "hidden-script.pdf": ("contract", pdf(b"/OpenAction << /S /J#61vaScript /#4AS (app.alert(1)) >>"), "active"),
        "launch.pdf": ("contract", pdf(b"/OpenAction << /S /Launch /F (cmd.exe) >>"), "active"),
        "picture-as-contract.png": ("contract", sound, "type"),
        "contract-as-poster.pdf": ("event_poster", pdf(), "type"),
    }  # fmt: skip
