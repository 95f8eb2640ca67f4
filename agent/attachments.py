"""Files a person refers to in a message: by the address of one that was uploaded, never by its content."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TypeGuard

from langchain_core.messages import AnyMessage, HumanMessage

from tools.errors import InvalidInput
from tools.files.models import File
from tools.kit.ids import as_uuid

MOST = 10
_KEY = "files"
PLACE = "/api/files/"

# The kinds of part a client sends for a file, in the protocol's words.
_KINDS = frozenset({"image", "audio", "video", "document", "binary"})
_ADDRESS = re.compile(r"(?:https?://[^/?#\s]{1,255})?" + PLACE + r"([0-9a-fA-F-]{36})")


class InlineFile(InvalidInput):
    """A content in the conversation would travel with every later turn, and be kept with it."""

    code = "inline_file"
    title = "A file can not be sent inside a message"
    default_remedy = (
        "Upload it to /api/uploads as an attachment of the conversation, and refer to it as /api/files/{id}."
    )


def is_file(part: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(part, dict) and part.get("type") in _KINDS


def referred(part: dict[str, Any]) -> str:
    """The id of the uploaded file a part refers to; whose it is, is decided when it is read. Raises InlineFile, InvalidInput."""
    source = part.get("source")
    if not isinstance(source, dict):
        # The older form, one flat object.
        source = {"type": "data"} if part.get("data") is not None else {"type": "url", "value": part.get("url")}
    if source.get("type") == "data":
        raise InlineFile()
    address = source.get("value")
    if isinstance(address, str) and address.startswith("data:"):
        raise InlineFile()
    found = _ADDRESS.fullmatch(address) if isinstance(address, str) else None
    file_id = as_uuid(found[1]) if found else None
    if file_id is None:
        raise InvalidInput("A file in a message must be one that was uploaded here.", remedy=InlineFile.default_remedy)
    return str(file_id)


def with_files(files: tuple[str, ...]) -> dict[str, Any]:
    """What a message carries beside its text; kept with it. A model is told of it by `told_of` alone."""
    return {_KEY: list(files)} if files else {}


def files_in(messages: Sequence[AnyMessage]) -> tuple[list[str], list[str]]:
    """The latest files of a conversation, oldest first, and those of them that came with the person's last message."""
    found: list[str] = []
    last: list[str] = []
    for message in messages:
        if isinstance(message, HumanMessage):
            last = list(message.additional_kwargs.get(_KEY, ()))
            found += [file_id for file_id in last if file_id not in found]
    return found[-MOST:], last


def told_of(files: Sequence[File], last: Sequence[str]) -> list[dict[str, Any]]:
    """What a model is told of files: their names are somebody else's words, and nothing of what is in them."""
    return [
        {
            "id": str(file.id),
            "name": file.name,
            "type": file.media_type,
            "bytes": file.bytes,
            "address": f"{PLACE}{file.id}",
            "with_last_message": str(file.id) in last,
        }
        for file in files
    ]


def content_of(message: HumanMessage) -> str | list[dict[str, Any]]:
    """A message's content on the wire: text alone, or parts where files go with it."""
    files = message.additional_kwargs.get(_KEY, ())
    if not files:
        return str(message.content)
    parts = [{"type": "document", "source": {"type": "url", "value": f"{PLACE}{file_id}"}} for file_id in files]
    return [{"type": "text", "text": str(message.content)}, *parts]
