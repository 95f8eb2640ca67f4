"""From what a turn says to AG-UI events on the wire. One `Wire` per run; it knows what is open, so whatever ends a run closes it all."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from typing import Any

import orjson
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage

from agent.attachments import content_of
from agent.parts import Answered, CallBegun, CallMade, Caught, Decided, Part, Said, Waits

# Pieces of text that come faster than a screen shows them travel together.
TEXT_SECONDS = 0.03

PING = b": ping\n\n"

Event = dict[str, Any]


def encode(event: Event) -> bytes:
    return b"data: " + orjson.dumps(event) + b"\n\n"


class Wire:
    """Translates the parts of one run. Text is gathered for `TEXT_SECONDS` at most; the first piece of a message goes at once."""

    def __init__(self, thread_id: str, run_id: str) -> None:
        self._ids: Event = {"threadId": thread_id, "runId": run_id}
        self._message: str | None = None
        self._held = ""
        self._sent_at = 0.0
        self._calls: dict[str, None] = {}
        self._interrupts: list[dict[str, Any]] = []

    def started(self) -> Event:
        return {"type": "RUN_STARTED", **self._ids}

    def put(self, part: Part) -> list[Event]:
        match part:
            case Said(message_id, delta):
                return self._say(message_id, delta)
            case CallBegun(call_id, name, message_id):
                self._calls[call_id] = None
                begun = {
                    "type": "TOOL_CALL_START",
                    "toolCallId": call_id,
                    "toolCallName": name or "unknown",
                    "parentMessageId": message_id,
                }
                return [*self._flush(), begun]
            case CallMade(call_id, arguments):
                return [
                    {"type": "TOOL_CALL_ARGS", "toolCallId": call_id, "delta": arguments},
                    *self._close_call(call_id),
                ]
            case Answered(call_id, message_id, content):
                answered = {
                    "type": "TOOL_CALL_RESULT",
                    "messageId": message_id,
                    "toolCallId": call_id,
                    "role": "tool",
                    "content": content,
                }
                return [*self._close_text(), answered]
            case Decided(proposal_id, status):
                return [{"type": "CUSTOM", "name": "proposal", "value": {"id": proposal_id, "status": status}}]
            case Waits(interrupts):
                self._interrupts = interrupts
                return []
            case Caught(messages):
                return [messages_snapshot(messages)]

    def finished(self, state: Event) -> list[Event]:
        """Closes what is open, tells the state, ends the run; a run that waits for the person says so."""
        return [*self._close_all(), state, finished(self._ids, self._interrupts)]

    def failed(self, error_id: str) -> list[Event]:
        """The error's text stays in the log, under `error_id`."""
        message = f"Something went wrong on our side. Nothing was changed by it. Reference: {error_id}"
        return [*self._close_all(), {"type": "RUN_ERROR", "message": message, "code": "internal"}]

    def _say(self, message_id: str, delta: str) -> list[Event]:
        if not delta:
            return []
        if self._message != message_id:
            opened = [*self._close_text(), {"type": "TEXT_MESSAGE_START", "messageId": message_id, "role": "assistant"}]
            self._message = message_id
            self._held = delta
            return [*opened, *self._flush()]
        self._held += delta
        return self._flush() if time.monotonic() - self._sent_at >= TEXT_SECONDS else []

    def _flush(self) -> list[Event]:
        if not self._held:
            return []
        held, self._held, self._sent_at = self._held, "", time.monotonic()
        return [{"type": "TEXT_MESSAGE_CONTENT", "messageId": self._message, "delta": held}]

    def _close_text(self) -> list[Event]:
        if self._message is None:
            return []
        closing = [*self._flush(), {"type": "TEXT_MESSAGE_END", "messageId": self._message}]
        self._message = None
        return closing

    def _close_call(self, call_id: str) -> list[Event]:
        if call_id not in self._calls:
            return []
        del self._calls[call_id]
        return [{"type": "TOOL_CALL_END", "toolCallId": call_id}]

    def _close_all(self) -> list[Event]:
        calls = [event for call_id in list(self._calls) for event in self._close_call(call_id)]
        return [*self._close_text(), *calls]


def finished(ids: Event, interrupts: list[dict[str, Any]]) -> Event:
    outcome = {"outcome": {"type": "interrupt", "interrupts": interrupts}} if interrupts else {}
    return {"type": "RUN_FINISHED", **ids, **outcome}


def state_snapshot(waiting: str | None, tainted: bool) -> Event:
    """All the state a page gets: what waits for the person, and whether text of outsiders was read."""
    return {"type": "STATE_SNAPSHOT", "snapshot": {"waiting": waiting, "tainted": tainted}}


def messages_snapshot(messages: Sequence[AnyMessage]) -> Event:
    return {"type": "MESSAGES_SNAPSHOT", "messages": [shown for message in messages if (shown := _message(message))]}


def _message(message: AnyMessage) -> Event | None:
    match message:
        case HumanMessage():
            return {"id": message.id, "role": "user", "content": content_of(message)}
        case AIMessage():
            calls = [
                {
                    "id": call["id"],
                    "type": "function",
                    "function": {"name": call["name"], "arguments": json.dumps(call["args"], ensure_ascii=False)},
                }
                for call in message.tool_calls
            ]
            return {
                "id": message.id,
                "role": "assistant",
                "content": str(message.content),
                **({"toolCalls": calls} if calls else {}),
            }
        case ToolMessage():
            return {
                "id": message.id,
                "role": "tool",
                "toolCallId": message.tool_call_id,
                "content": str(message.content),
            }
        case _:
            return None
