"""From what a client sent to what the person did. Everything else a client may claim (history, state, tools, nodes) ends here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from agent.attachments import MOST as MOST_FILES
from agent.attachments import is_file, referred
from agent.state import Focus, Turn
from agent.toolset import FRONTEND_TOOLS
from tools.errors import InvalidInput, TooLarge
from tools.kit.ids import as_uuid

MAX_TEXT = 8_000
MAX_PAGE_ANSWER = 4_000
MAX_RESULTS = 10
MAX_INTERRUPTS = 10

# Answers and results the agent makes start with these; a client's message may not, so that it can never take their place.
_RESERVED = ("msg_", "result_", "again_")
_MESSAGE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_CALL_ID = re.compile(r"call_[0-9a-f]{24}")
_INTERRUPT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_RUN_ID = re.compile(r"[\x21-\x7e]{1,200}")


@dataclass(frozen=True, slots=True)
class ClientTurn:
    """A run request as far as it is believed. Whose the thread is, the claim in the database decides."""

    thread_id: UUID
    run_id: str
    turn: Turn


def read_turn(body: dict[str, Any]) -> ClientTurn:
    """The last thing the person did. Raises InvalidInput for what can not be read, TooLarge for more than a person types."""
    thread_id = read_thread_id(body)
    run_id = body.get("runId")
    if not isinstance(run_id, str) or not _RUN_ID.fullmatch(run_id):
        raise InvalidInput("runId must be 1 to 200 printable characters.")
    focus = read_focus(body.get("state"))
    answers = _list_of_objects(body, "resume")
    messages = _list_of_objects(body, "messages")
    text, files = _last_words(messages)
    if answers and not _wants_to_talk(answers):
        return ClientTurn(thread_id, run_id, Turn("resume", interrupts=_interrupts(answers), focus=focus))
    if text is not None:
        return ClientTurn(thread_id, run_id, Turn("message", text, _message_id(messages[-1]), focus=focus, files=files))
    if answers:
        raise InvalidInput("A message was announced, but none was sent.")
    results = _page_answers(messages)
    if not results:
        raise InvalidInput(
            "The last message must be the person's.", remedy="Send what the person said as the last message."
        )
    return ClientTurn(thread_id, run_id, Turn("results", results=results, focus=focus))


def read_thread_id(body: dict[str, Any]) -> UUID:
    found = body.get("threadId")
    thread_id = as_uuid(found) if isinstance(found, str) else None
    if thread_id is None:
        raise InvalidInput("threadId must be a UUID.")
    return thread_id


def read_focus(state: Any) -> Focus | None:
    """What the page says it shows: a kind and an id, nothing else of the state it sends."""
    focus = state.get("focus") if isinstance(state, dict) else None
    if not isinstance(focus, dict):
        return None
    kind, shown = focus.get("kind"), focus.get("id")
    if kind not in ("event", "venue", "order", "sponsor") or not isinstance(shown, str) or as_uuid(shown) is None:
        return None
    return Focus(kind=kind, id=shown)


def _list_of_objects(body: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = body.get(name) or []
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise InvalidInput(f"{name} must be a list of objects.")
    return found


def _wants_to_talk(answers: list[dict[str, Any]]) -> bool:
    """The person went on talking instead of deciding: the proposal stays as it is."""
    payload = answers[0].get("payload")
    return isinstance(payload, dict) and payload.get("kind") == "message"


def _interrupts(answers: list[dict[str, Any]]) -> tuple[str, ...]:
    if len(answers) > MAX_INTERRUPTS:
        raise InvalidInput("resume has too many entries.")
    found = [answer.get("interruptId") for answer in answers]
    if not all(isinstance(name, str) and _INTERRUPT_ID.fullmatch(name) for name in found):
        raise InvalidInput("resume entries need an interruptId.")
    return tuple(str(name) for name in found)


def _last_words(messages: list[dict[str, Any]]) -> tuple[str | None, tuple[str, ...]]:
    """The text of the last message and the files it refers to, when it is the person's."""
    if not messages or messages[-1].get("role") != "user":
        return None, ()
    content = messages[-1].get("content")
    files: tuple[str, ...] = ()
    if isinstance(content, list):
        files = _files(content)
        content = _joined([part for part in content if not is_file(part)])
    if not isinstance(content, str) or not content.strip():
        raise InvalidInput("The message is empty.", remedy="Say what should happen.")
    return _storable(content.strip(), MAX_TEXT), files


def _files(parts: list[Any]) -> tuple[str, ...]:
    found = [part for part in parts if is_file(part)]
    if len(found) > MOST_FILES:
        raise TooLarge(f"At most {MOST_FILES} files go with one message.")
    return tuple(referred(part) for part in found)


def _joined(parts: list[Any]) -> str:
    texts: list[str] = []
    for part in parts:
        if not isinstance(part, dict) or part.get("type") != "text" or not isinstance(part.get("text"), str):
            raise InvalidInput(
                "Only text can be read here.", remedy="Upload files on the page; then name them in the chat."
            )
        texts.append(part["text"])
    return "\n".join(texts)


def _storable(text: str, longest: int) -> str:
    if len(text) > longest:
        raise TooLarge(f"At most {longest:,} characters at once.", remedy="Say it in parts.")
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise InvalidInput("The text has a character that can not be stored.")
    return text


def _message_id(message: dict[str, Any]) -> str:
    found = message.get("id")
    if not isinstance(found, str) or not _MESSAGE_ID.fullmatch(found) or found.startswith(_RESERVED):
        raise InvalidInput("A message needs an id of its own: letters, digits, - and _.")
    return found


def _page_answers(messages: list[dict[str, Any]]) -> dict[str, str]:
    """What the page answered to calls of declared frontend tools: the tool messages at the very end.

    Which of them were really asked for, the graph knows: an answer to anything but an open call of the last turn is dropped there.
    """
    results: dict[str, str] = {}
    for message in reversed(messages):
        if message.get("role") != "tool" or len(results) >= MAX_RESULTS:
            break
        call_id, content = message.get("toolCallId"), message.get("content")
        if isinstance(call_id, str) and _CALL_ID.fullmatch(call_id) and isinstance(content, str):
            results[call_id] = _storable(content, MAX_PAGE_ANSWER)
    return results if FRONTEND_TOOLS else {}
