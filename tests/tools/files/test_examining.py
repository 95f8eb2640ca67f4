"""What a content is, and what of it is kept."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from tests.tools.files.hostile import PLACE, SCRIPT, labelled, pdf, photo, picture, refused
from tools.errors import TooLarge
from tools.files import examining
from tools.files.examining import Examined, examine
from tools.files.models import Kind
from tools.files.rules import MOST_BYTES, FileRefused

REFUSED = refused()


def look(kind: Kind, content: bytes) -> Examined:
    return examine(kind, io.BytesIO(content), len(content))


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_hostile_is_refused_with_its_reason(name: str) -> None:
    kind, content, reason = REFUSED[name]
    with pytest.raises(FileRefused) as raised:
        look(kind, content)  # type: ignore[arg-type]
    assert raised.value.details == {"reason": reason}


def test_a_picture_comes_back_upright_and_alone() -> None:
    sent = photo()
    assert PLACE.encode() in sent
    kept = look("event_poster", sent)
    assert (kept.media_type, kept.width, kept.height) == ("image/jpeg", 300, 600)
    for content in (kept.content, *(copy.content for copy in kept.variants)):
        assert PLACE.encode() not in content
        with Image.open(io.BytesIO(content)) as image:
            assert not image.getexif()
            assert not image.info.keys() & {"comment", "exif", "icc_profile", "xmp"}


def test_text_in_a_picture_and_what_hangs_behind_it_stay_behind() -> None:
    for sent in (labelled(), picture("PNG") + SCRIPT, picture("JPEG") + SCRIPT, picture("WEBP") + SCRIPT):
        assert SCRIPT in sent or PLACE.encode() in sent
        kept = look("event_poster", sent)
        assert SCRIPT not in kept.content
        assert PLACE.encode() not in kept.content


def test_a_picture_has_narrower_copies_and_keeps_its_holes() -> None:
    kept = look("sponsor_logo", picture("PNG", 2000, 1000, "RGBA"))
    assert [(copy.width, copy.height) for copy in kept.variants] == [(320, 160), (960, 480), (1600, 800)]
    with Image.open(io.BytesIO(kept.variants[0].content)) as image:
        assert (image.format, image.mode) == ("WEBP", "RGBA")
    small = look("sponsor_logo", picture("WEBP", 200, 300))
    assert [(copy.width, copy.height) for copy in small.variants] == [(200, 300)]


def test_a_large_picture_is_made_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examining, "LONGEST_SIDE", 500)
    kept = look("event_poster", picture("JPEG", 1000, 2000))
    assert (kept.width, kept.height) == (250, 500)


@pytest.mark.parametrize("mode", ["L", "P", "1", "I;16", "CMYK", "LA"])
def test_pictures_of_any_colours_are_read(mode: str) -> None:
    form = "JPEG" if mode == "CMYK" else "PNG"
    kept = look("event_poster", picture(form, 64, 64, mode))
    assert (kept.width, kept.height) == (64, 64)


def test_a_quiet_pdf_is_kept_as_it_is() -> None:
    kept = look("contract", pdf(b"/Title (JavaScript for organisers)"))
    assert (kept.content, kept.media_type, kept.variants) == (
        pdf(b"/Title (JavaScript for organisers)"),
        "application/pdf",
        (),
    )


def test_what_is_too_large_is_not_even_looked_at() -> None:
    class Untouchable(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise AssertionError("it was read")

    with pytest.raises(TooLarge):
        examine("event_poster", Untouchable(), MOST_BYTES["event_poster"] + 1)


def test_without_the_count_of_pixels_a_bomb_would_be_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examining, "MOST_PIXELS", 50_000**2)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", None)
    decoded: list[tuple[int, int]] = []

    def decode(image: Image.Image) -> Image.Image:
        decoded.append(image.size)
        raise OSError

    monkeypatch.setattr("tools.files.examining.ImageOps.exif_transpose", decode)
    with pytest.raises(FileRefused):
        look("event_poster", REFUSED["pixels-just-over.png"][1])
    assert decoded == [(8001, 5000)]
