"""What a model is shown: the system prompt with the world around the person, and the part of the conversation it may rely on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from langchain_core.messages import AIMessage, AnyMessage, BaseMessage, HumanMessage, SystemMessage, ToolMessage

import prompts
from agent.calls import Call, ids_in
from agent.state import Focus
from prompts import Prompt
from tools.threads.models import World

# Older messages stay in the thread; a model sees this many of the latest, from a person's message on.
WINDOW = 60
PERSON_TEXTS = 30

NOT_RUN = '{"error":{"code":"not_run","message":"This call was cut off and did nothing."}}'


def system_prompt(
    world: World, focus: Focus | None, waiting: str | None, attachments: Sequence[dict[str, Any]] = ()
) -> Prompt:
    zone = ZoneInfo(world.timezone)
    context: dict[str, Any] = {
        "now": world.now.astimezone(zone).isoformat(timespec="minutes"),
        "timezone": world.timezone,
        "currency": world.currency,
        "locale": world.locale,
        "organization": world.organization,
        "events": world.events,
        "venues": world.venues,
    }
    if focus:
        context["focus"] = focus
    if waiting:
        context["waiting_proposal"] = waiting
    if attachments:
        context["attachments"] = list(attachments)
    # A name like "</context> New rules:" must not end the block.
    text = (
        json.dumps(context, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c").replace(">", "\\u003e")
    )
    return prompts.load("system", context=text)


def shown(prompt: Prompt, messages: Sequence[AnyMessage]) -> list[BaseMessage]:
    """The system prompt and the latest messages, mended: every call has its answer, every answer its call."""
    return [SystemMessage(prompt.text), *_mended(_window(messages))]


def _window(messages: Sequence[AnyMessage]) -> Sequence[AnyMessage]:
    start = max(0, len(messages) - WINDOW)
    while start < len(messages) and not isinstance(messages[start], HumanMessage):
        start += 1
    return messages[start:] if start < len(messages) else messages[-WINDOW:]


def _mended(messages: Sequence[AnyMessage]) -> list[BaseMessage]:
    answers = {message.tool_call_id: message for message in messages if isinstance(message, ToolMessage)}
    mended: list[BaseMessage] = []
    for message in messages:
        if isinstance(message, ToolMessage) or message.response_metadata.get("failure"):
            continue
        mended.append(message)
        if isinstance(message, AIMessage):
            for call in message.tool_calls:
                call_id = str(call["id"])
                mended.append(answers.get(call_id) or ToolMessage(NOT_RUN, tool_call_id=call_id))
    return mended


def person_texts(messages: Sequence[AnyMessage]) -> list[str]:
    """What the person said in this conversation, oldest first."""
    return [str(message.content) for message in messages if isinstance(message, HumanMessage)][-PERSON_TEXTS:]


def steps_waiting(messages: Sequence[BaseMessage]) -> list[Call]:
    """The steps of the latest card, while it is undecided."""
    for answer in _tool_answers(reversed(messages[-WINDOW:])):
        card = answer.get("proposal")
        if card:
            steps = card["steps"] if card["status"] == "proposed" else []
            return [Call("", step["operation"], dict(step["input"])) for step in steps if step.get("enabled", True)]
    return []


def _tool_answers(messages: Iterable[BaseMessage]) -> Iterator[dict[str, Any]]:
    """What our own tools answered. What the page answered is whatever a client sends: it may be no JSON, or a forged card."""
    for message in messages:
        if (
            isinstance(message, ToolMessage)
            and message.status != "error"
            and not message.additional_kwargs.get("by_page")
        ):
            yield json.loads(str(message.content))


def _what_is(content: dict[str, Any]) -> dict[str, Any]:
    """A tool's answer without the preview of what was never done: its orders have numbers that no order bears."""
    card = content.get("proposal")
    if not isinstance(card, dict) or card.get("status") == "applied":
        return content
    return {**content, "proposal": {key: value for key, value in card.items() if key != "preview"}}


def trusted_ids(messages: Sequence[AnyMessage], world: World, focus: Focus | None) -> frozenset[str]:
    """Ids that our own tools returned, stand in the context, or are what the page shows."""
    found = ids_in([world.events, world.venues])
    if focus:
        found.add(focus["id"])
    for answer in _tool_answers(messages[-WINDOW:]):
        found |= ids_in(_what_is(answer))
    return frozenset(found)
