"""What is decided about files, without a database and without reading a content."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from tools.context import Standing
from tools.errors import Conflict, InvalidInput, MissingValue, TooLarge
from tools.files.models import AttachedFile, AttachFile, File, Kind, MediaType, Stored, StoredFile, UploadFile

MEGABYTE = 1024 * 1024
MOST_BYTES: dict[Kind, int] = {
    "event_poster": 10 * MEGABYTE,
    "sponsor_logo": 10 * MEGABYTE,
    "contract": 25 * MEGABYTE,
    "attachment": 25 * MEGABYTE,
}
_IMAGES: tuple[MediaType, ...] = ("image/png", "image/jpeg", "image/webp")
TAKEN: dict[Kind, tuple[MediaType, ...]] = {
    "event_poster": _IMAGES,
    "sponsor_logo": _IMAGES,
    "contract": ("application/pdf",),
    "attachment": (*_IMAGES, "application/pdf"),
}
LINK_SECONDS = 300
UPLOAD_HOURS = 1
"""After this an upload that is not complete is given up."""

_ENDINGS: dict[MediaType, str] = {
    "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "application/pdf": "pdf",
}  # fmt: skip
_NAMES: dict[MediaType, str] = {
    "image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WebP", "application/pdf": "PDF",
}  # fmt: skip
_KIND_NAMES: dict[Kind, str] = {
    "event_poster": "poster", "sponsor_logo": "logo", "contract": "contract", "attachment": "attachment",
}  # fmt: skip
_OWNERS: dict[Kind, tuple[str, ...]] = {
    "event_poster": ("event",),
    "sponsor_logo": ("sponsor",),
    "contract": (),
    "attachment": (),
}
_ALLOWED: dict[Kind, tuple[str, ...]] = {
    **_OWNERS,
    "contract": ("event", "sponsor", "venue"),
    "attachment": ("thread",),
}


class FileRefused(InvalidInput):
    """The content is not one that is taken. `reason` says why: type, empty, damaged, pixels, active or virus."""

    code = "file_refused"
    title = "This file is not taken"
    default_remedy = "Upload a PNG, JPEG or WebP picture, or a PDF for contracts and attachments."

    @classmethod
    def because(cls, reason: str, message: str) -> FileRefused:
        return cls(message, details={"reason": reason})


class StorageFull(Conflict):
    """The organisation keeps as much as it may; the problem says how much that is."""

    code = "storage_full"
    title = "There is no room for more files"
    default_remedy = "Delete files nobody needs any more, or ask whoever runs this service for more room."


class FileInUse(Conflict):
    code = "file_in_use"
    title = "This file belongs to something already"
    default_remedy = "Upload it once more, and use that one."


def require_room(stored: Stored, adding: int, most_files: int, most_bytes: int) -> None:
    """Raises StorageFull."""
    if stored.files < most_files and stored.bytes + adding <= most_bytes:
        return
    raise StorageFull(
        f"{stored.files:,} files with {stored.bytes / MEGABYTE:,.0f} MB are kept;"
        f" allowed are {most_files:,} files with {most_bytes / MEGABYTE:,.0f} MB.",
        details={
            "stored_files": stored.files,
            "allowed_files": most_files,
            "stored_bytes": stored.bytes,
            "allowed_bytes": most_bytes,
        },
    )


def becomes(file: File, wanted: AttachFile) -> Kind:
    """What an attachment turns into; any other file stays of its kind. Raises FileInUse, MissingValue, InvalidInput, TooLarge."""
    kind = _fitting(file, wanted)
    if file.kind not in ("attachment", kind):
        raise FileInUse(f"{file.name} is a {_KIND_NAMES[file.kind]} already.")
    require_size(kind, file.bytes)
    return kind


def _fitting(file: File, wanted: AttachFile) -> Kind:
    given = [name for name in ("event", "sponsor", "venue") if getattr(wanted, name) is not None]
    if not given:
        raise MissingValue(
            "Say which event, sponsor or venue the file is for.", details=_at("event", "or sponsor or venue is missing")
        )
    if file.media_type == "application/pdf":
        return "contract"
    kinds: dict[str, Kind] = {"event": "event_poster", "sponsor": "sponsor_logo"}
    if len(given) > 1 or given[0] not in kinds:
        raise InvalidInput(
            "A picture is the poster of an event or the logo of a sponsor.",
            details=_at(given[-1], "does not go with it"),
        )
    return kinds[given[0]]


def require_belonging(wanted: UploadFile) -> None:
    """Raises MissingValue, InvalidInput: a poster is of an event, a logo of a sponsor."""
    given = {name for name in ("event", "sponsor", "venue", "thread") if getattr(wanted, name) is not None}
    noun = _KIND_NAMES[wanted.kind]
    for name in _OWNERS[wanted.kind]:
        if name not in given:
            raise MissingValue(f"Say which {name} the {noun} is of.", details=_at(name, "is missing"))
    for name in sorted(given - set(_ALLOWED[wanted.kind])):
        raise InvalidInput(f"A {noun} is of no {name}.", details=_at(name, f"does not go with a {noun}"))


def _at(name: str, message: str) -> dict[str, object]:
    return {"errors": [{"pointer": f"/{name}", "message": message}]}


def require_size(kind: Kind, size: int) -> None:
    """Raises TooLarge."""
    if size > MOST_BYTES[kind]:
        raise too_large(kind)


def too_large(kind: Kind) -> TooLarge:
    most = MOST_BYTES[kind] // MEGABYTE
    return TooLarge(
        f"A {_KIND_NAMES[kind]} may have at most {most} MB.", remedy="Make the file smaller, and upload that."
    )


def require_taken(kind: Kind, media_type: MediaType | None) -> MediaType:
    """Raises FileRefused for what is no such file, or none that this kind takes."""
    if media_type not in TAKEN[kind]:
        taken = ", ".join(_NAMES[each] for each in TAKEN[kind])
        raise FileRefused.because("type", f"A {_KIND_NAMES[kind]} must be one of: {taken}.")
    return media_type


def place(org: UUID, file_id: UUID, token: str, media_type: MediaType) -> str:
    """Where a content lies. The token keeps it from being guessed, and from being used twice."""
    return f"{org}/{file_id}/{token}/original.{_ENDINGS[media_type]}"


def variant_place(path: str, width: int) -> str:
    return f"{path.rpartition('/')[0]}/{width}.webp"


def name_to_save(file: File) -> str:
    """A name that is safe on any machine, with the ending of what the file is."""
    stem = re.sub(r"[^\w .-]+", "_", file.name.rpartition(".")[0] or file.name).strip(" .") or "file"
    return f"{stem[:100]}.{_ENDINGS[file.media_type]}"


def is_shown(file: File) -> bool:
    """Whether a link shows it in the page; other files are saved."""
    return file.media_type in _IMAGES


def wide_enough(variants: list[dict[str, Any]], width: int) -> str:
    """Where the narrowest picture lies that fills a place so wide; the widest when none does."""
    narrow_first = sorted(variants, key=lambda each: int(each["width"]))
    path: str = next((each["path"] for each in narrow_first if each["width"] >= width), narrow_first[-1]["path"])
    return path


def told_kept(file: StoredFile, _: Standing) -> str:
    return f"Upload {_KIND_NAMES[file.kind]} {file.name}"


def told_attached(file: AttachedFile, _: Standing) -> str:
    if file.kind == "contract":
        return f"File {file.name} as a contract with {file.of}"
    return f"Use {file.name} as the {_KIND_NAMES[file.kind]} of {file.of}"


def told_deleted(file: File, _: Standing) -> str:
    return f"Delete {_KIND_NAMES[file.kind]} {file.name}"


def told_shown(file: File, _: Standing) -> str:
    return f"Show {_KIND_NAMES[file.kind]} {file.name}"
