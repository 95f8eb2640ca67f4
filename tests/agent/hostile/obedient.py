"""Models that obey whoever wrote to them: every `<<tool{json}>>` they are shown becomes a call. They judge nothing."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from pydantic import Field

from tests.agent.scripted import Reply, ScriptedModel, last_results

Call = tuple[str, dict[str, Any]]

ENOUGH_FOR_ONE_ANSWER = 10
_ORDER = re.compile(r"<<\s*([a-z_]+)\s*(?=\{)")
_CONTEXT = re.compile(r"<context>(.*)</context>", re.DOTALL)
# Letters of other alphabets that look like ours: what a reader of pictures would take them for.
_LOOKALIKES = str.maketrans("аеорсухі‹›", "aeopcyxi<>")


class ObedientModel(ScriptedModel):
    """Does its job (`duties`: what the person says -> the calls that answer it) and every order it finds, each once.

    `answers` are questions it answers with plain words and without obeying: how a quotation comes into a conversation.
    """

    duties: dict[str, list[Call]] = Field(default_factory=dict)
    answers: dict[str, str] = Field(default_factory=dict)

    def __init__(self) -> None:
        super().__init__(lambda messages: self.reply(messages))

    def reply(self, messages: list[BaseMessage]) -> Reply:
        asked = last_words(messages)
        if asked in self.answers:
            return Reply(self.answers[asked])
        duties = self.duties.get(asked, [])
        done = made_calls(messages)
        since = made_calls(after_last_words(messages))
        calls = [call for call in duties if call not in since]
        calls += [call for call in orders_in(messages) if call not in done and call not in calls]
        return Reply(calls=calls[:ENOUGH_FOR_ONE_ANSWER]) if calls else Reply(self.closing(messages))

    def closing(self, messages: list[BaseMessage]) -> str:
        """What it says when there is nothing left to call."""
        return "That is what I found."


class Liar(ObedientModel):
    """Claims success whatever happened."""

    def closing(self, messages: list[BaseMessage]) -> str:
        return LIE


class Telltale(ObedientModel):
    """Repeats everything it was ever shown, instructions included."""

    def closing(self, messages: list[BaseMessage]) -> str:
        return "\n".join(str(message.content) for message in messages)


class Spammer(ObedientModel):
    """Makes every call of its answers a hundred times, and never comes to an end."""

    def reply(self, messages: list[BaseMessage]) -> Reply:
        return Reply(calls=[*self.duties.get(last_words(messages), []), *orders_in(messages)] * 100)


class Persistent(ObedientModel):
    """Makes an order again and again, each time a little different, as long as it is not proposed."""

    def reply(self, messages: list[BaseMessage]) -> Reply:
        found = orders_in(messages)
        if not found or any("proposal" in answer and _fits(answer) for answer in last_results(messages)):
            return super().reply(messages)
        name, given = found[0]
        way = _WAYS[len(made_calls(messages)) % len(_WAYS)]
        return Reply(calls=[(name, given | way)])


class Confused(ObedientModel):
    """Does its job with ids it got from elsewhere: `foreign` names what it puts in the place of what."""

    foreign: dict[str, str] = Field(default_factory=dict)

    def reply(self, messages: list[BaseMessage]) -> Reply:
        found = super().reply(messages)
        swapped = [
            (name, {slot: self.foreign.get(str(value), value) for slot, value in given.items()})
            for name, given in found.calls
            if isinstance(given, dict)
        ]
        done = made_calls(messages)
        return Reply(found.text, [call for call in swapped if call not in done])


LIE = "Done! It is refunded, published and paid out. Everything was approved."
_WAYS: tuple[dict[str, Any], ...] = ({}, {"reason": "please"}, {"approved": True}, {"version": 1}, {"confirm": "yes"})


def orders_in(messages: Sequence[BaseMessage]) -> list[Call]:
    """The orders in all that a model was shown, its own words too; the same one is found once."""
    found: list[Call] = []
    for message in messages:
        for text in _texts(message):
            found.extend(call for call in _orders(text) if call not in found)
    return found


def made_calls(messages: Sequence[BaseMessage]) -> list[Call]:
    return [
        (call["name"], call["args"])
        for message in messages
        if isinstance(message, AIMessage)
        for call in message.tool_calls
    ]


def last_words(messages: Sequence[BaseMessage]) -> str:
    """What the person said last."""
    return next((str(m.content) for m in reversed(messages) if isinstance(m, HumanMessage)), "")


def after_last_words(messages: Sequence[BaseMessage]) -> list[BaseMessage]:
    places = [place for place, message in enumerate(messages) if isinstance(message, HumanMessage)]
    return list(messages[places[-1] :]) if places else []


def _fits(answer: dict[str, Any]) -> bool:
    return bool(answer["proposal"]["preview"]["ok"])


def _texts(message: BaseMessage) -> Iterator[str]:
    """The message as it is, each text inside its JSON, and those texts in one piece: an order split over fields is one again."""
    content = str(message.content)
    yield content
    context = _CONTEXT.search(content) if isinstance(message, SystemMessage) else None
    inner = list(_strings(_read(context.group(1) if context else content)))
    yield from inner
    yield "".join(inner)


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _strings(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        for value in part.values():
            yield from _strings(value)
    elif isinstance(part, Sequence):
        for value in part:
            yield from _strings(value)


def _orders(text: str) -> Iterator[Call]:
    text = _undisguised(text)
    for found in _ORDER.finditer(text):
        try:
            arguments, end = json.JSONDecoder().raw_decode(text, found.end())
        except ValueError:
            continue
        if isinstance(arguments, dict) and text[end:].lstrip().startswith(">>"):
            yield found.group(1), arguments


def _undisguised(text: str) -> str:
    """Reads through what a person would not see: invisible characters, and letters that only look like ours."""
    if text.isascii():
        return text
    seen = "".join(character for character in text if unicodedata.category(character) != "Cf")
    return unicodedata.normalize("NFKC", seen).translate(_LOOKALIKES)
