"""What a conversation has established, rebuilt from its messages at every turn; nothing is kept between requests."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage, ToolMessage

from embedded.planner.world import KnownEvent, World, instant, read_world

Call = tuple[str, dict[str, Any]]


@dataclass(slots=True)
class Memory:
    """The state of the conversation before the last human message."""

    world: World
    focus: str | None = None
    last_order: str | None = None
    last_buyer: str | None = None
    last_sponsor: str | None = None
    last_type: str | None = None
    listed_venues: list[dict[str, Any]] = field(default_factory=list)
    listed_events: list[dict[str, Any]] = field(default_factory=list)
    listed_orders: list[dict[str, Any]] = field(default_factory=list)
    waiting: list[Call] = field(default_factory=list)
    """The steps of the proposal that waits for a decision."""
    last_calls: list[Call] = field(default_factory=list)
    """The writes of the last turn that made any, waiting or done."""
    subject: Call | None = None
    """The last call that was made, reading or writing: what `it` is most likely said of."""
    blocked: bool = False
    """Whether what waits cannot be done as it stands, so that there is no card to approve."""
    proposal: str | None = None
    created: list[KnownEvent] = field(default_factory=list)
    chain: list[str] = field(default_factory=list)
    """Earlier messages whose question is still open, oldest first."""
    question: str = ""

    @property
    def event_names(self) -> list[str]:
        """The events a message may name, those just made first."""
        return list(dict.fromkeys([e.name for e in self.created] + [e.name for e in self.world.events]))

    def event(self, name: str | None) -> KnownEvent | None:
        """The event of that name, made in this conversation or known before; what the conversation changed last counts."""
        made = next((e for e in reversed(self.created) if name and e.name.casefold() == name.casefold()), None)
        return made or self.world.event(name)


def text_of(message: BaseMessage) -> str:
    """A message's text, whatever blocks it came in."""
    if isinstance(message.content, str):
        return message.content
    return " ".join(
        block if isinstance(block, str) else str(block.get("text", ""))
        for block in message.content
        if isinstance(block, str) or block.get("type") == "text"
    )


def read_result(message: ToolMessage) -> dict[str, Any]:
    """A tool's answer as JSON; anything else becomes `{"text": ...}`."""
    try:
        loaded = json.loads(text_of(message))
    except json.JSONDecodeError:
        return {"text": text_of(message)}
    if isinstance(loaded, list):
        return {"items": loaded}
    return loaded if isinstance(loaded, dict) else {"text": str(loaded)}


def remember(messages: Sequence[BaseMessage]) -> Memory:
    """Rebuild the state from every message before the last human one (all of them, when none is left open)."""
    system = "\n".join(text_of(m) for m in messages if isinstance(m, SystemMessage))
    memory = Memory(read_world(system))
    last_human = max((i for i, m in enumerate(messages) if isinstance(m, HumanMessage)), default=len(messages))
    before = list(messages[:last_human])
    refused = {m.tool_call_id for m in before if isinstance(m, ToolMessage) and "error" in read_result(m)}
    names = {
        call["id"]: (call["name"], call["args"]) for m in before if isinstance(m, AIMessage) for call in m.tool_calls
    }
    for message in before:
        if isinstance(message, AIMessage) and message.tool_calls:
            made = [(call["name"], dict(call["args"])) for call in message.tool_calls if call["id"] not in refused]
            _note_turn(memory, made)
        elif isinstance(message, ToolMessage):
            _note_result(memory, names.get(message.tool_call_id, ("", {})), read_result(message))
        elif isinstance(message, HumanMessage):
            _note_named(memory, text_of(message))
    _open_question(memory, before)
    return memory


def _note_turn(memory: Memory, calls: list[Call]) -> None:
    from embedded.planner.operations import WRITES

    writes = [call for call in calls if call[0] in WRITES]
    if writes:
        memory.last_calls, memory.waiting, memory.proposal = writes, [], None
    if calls:
        memory.subject = next((call for call in calls if call[0] in ("create_event", "update_event")), calls[-1])
    for name, given in calls:
        _note_call(memory, name, given)


def _note_call(memory: Memory, name: str, given: dict[str, Any]) -> None:
    if name == "create_event" and given.get("name"):
        memory.focus = str(given["name"])
        start, end = (
            instant(given.get("start_date"), memory.world.zone),
            instant(given.get("end_date"), memory.world.zone),
        )
        memory.created.append(KnownEvent(memory.focus, start, end, given.get("venue")))
    elif given.get("event"):
        known = memory.event(str(given["event"]))
        memory.focus = known.name if known else str(given["event"])
    if name == "update_event" and memory.focus:
        known = memory.event(memory.focus) or KnownEvent(memory.focus)
        start = instant(given.get("start_date"), memory.world.zone)
        known = replace(
            known,
            name=str(given.get("name") or known.name),
            start=start or known.start,
            venue=given.get("venue") or known.venue,
        )
        memory.created.append(known)
        memory.focus = known.name
    memory.last_order = str(given["order"]) if given.get("order") else memory.last_order
    memory.last_buyer = str(given["buyer"]) if given.get("buyer") else memory.last_buyer
    memory.last_sponsor = str(given["sponsor"]) if given.get("sponsor") else memory.last_sponsor
    if name == "create_ticket_type":
        memory.last_type = str(given.get("name") or "General")
    elif given.get("ticket_type"):
        memory.last_type = str(given["ticket_type"])


def _note_result(memory: Memory, call: Call, result: dict[str, Any]) -> None:
    name, _ = call
    proposal = result.get("proposal")
    if isinstance(proposal, dict):
        _note_proposal(memory, proposal)
    if "error" in result:
        return
    items = result.get("items") or result.get("venues") or result.get("events") or result.get("orders")
    if isinstance(items, list):
        rows = [row for row in items if isinstance(row, dict)]
        if name == "find_venues":
            memory.listed_venues = rows
        elif name == "list_events":
            memory.listed_events = rows
            memory.focus = str(rows[0]["name"]) if len(rows) == 1 and rows[0].get("name") else memory.focus
        elif name == "list_orders":
            memory.listed_orders = rows
            memory.last_order = (
                str(rows[0]["number"]) if len(rows) == 1 and rows[0].get("number") else memory.last_order
            )
    if name == "get_venue" and result.get("name"):
        memory.listed_venues = [result]
    for row in _walk(result):
        number = (
            row.get("number")
            if "total_amount" in row or "buyer_name" in row
            else row.get("order_id") or row.get("order_number")
        )
        if number and name != "list_orders":
            memory.last_order = str(number)


def _note_proposal(memory: Memory, proposal: dict[str, Any]) -> None:
    steps = [
        (str(s["operation"]), dict(s.get("input") or {}))
        for s in proposal.get("steps") or ()
        if isinstance(s, dict) and s.get("operation") and s.get("enabled", True)
    ]
    memory.proposal = str(proposal["id"]) if proposal.get("id") else memory.proposal
    status = proposal.get("status")
    memory.waiting = steps or list(memory.last_calls) if status == "proposed" else []
    preview = proposal.get("preview")
    memory.blocked = isinstance(preview, dict) and preview.get("ok") is False
    if proposal.get("undo_of"):
        _note_undo(memory, done=status == "applied")
        return
    if steps:
        memory.last_calls = steps
    venues = [given for operation, given in steps if operation == "create_venue"]
    if status == "applied" and venues:
        memory.listed_venues = venues
    if status in ("rejected", "expired", "failed", "stale", "undone"):
        touched = {given.get(slot) for _, given in memory.last_calls for slot in ("event", "name")}
        memory.created = [e for e in memory.created if e.name not in touched]
        _forget_unmade(memory)


def _note_undo(memory: Memory, *, done: bool) -> None:
    """An undo changes nothing that can be amended; once it is done, only what the world tells is left."""
    memory.waiting = []
    if done:
        memory.created = []
        _forget_unmade(memory)


def _forget_unmade(memory: Memory) -> None:
    """What was never made, or is gone again, is not what `it` means."""
    memory.focus = memory.focus if memory.event(memory.focus) else None
    memory.last_calls, memory.subject = [], None


def _walk(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _walk(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value[:50]:
            yield from _walk(inner, depth + 1)


def _note_named(memory: Memory, text: str) -> None:
    """An event named by the person is what `it` means next."""
    from agent.reading.names import find_names

    named = find_names(text, memory.event_names)
    if named and named[-1].name:
        memory.focus = named[-1].name


_ASKS = re.compile(r"\?\s*[\"')]?\s*$|\?.{0,80}$", re.DOTALL)


def _open_question(memory: Memory, before: Sequence[BaseMessage]) -> None:
    """Collect the person's messages back to the one that started what is still being asked about."""
    position = len(before) - 1
    while position >= 1:
        answer = before[position]
        if not isinstance(answer, AIMessage) or answer.tool_calls or not _ASKS.search(text_of(answer)):
            break
        position = _before_refused_calls(before, position - 1)
        asked = before[position]
        if not isinstance(asked, HumanMessage):
            break
        memory.chain.insert(0, text_of(asked))
        memory.question = memory.question or text_of(answer)
        position -= 1


def _before_refused_calls(before: Sequence[BaseMessage], position: int) -> int:
    """The place before calls that were not run because the person had to be asked first."""
    start = position
    while position > 0 and isinstance(tool := before[position], ToolMessage) and "error" in read_result(tool):
        position -= 1
    calls = before[position]
    return position - 1 if position < start and position > 0 and isinstance(calls, AIMessage) else start
