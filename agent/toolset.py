"""The catalog as a model sees it: tool schemas, reading a call's arguments, running reads, and what of a result outsiders wrote."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel, ValidationError

from agent.calls import MAX_ARGUMENT_BYTES, Call
from agent.offering import OUTSIDERS_FIELDS, PERSONS_ROW, WITHHELD, plain_schema
from tools.context import Caller, Greenroom
from tools.errors import AppError, InvalidInput, NotFound
from tools.operation import AnyOperation, Effect

UNDO = "undo_proposal"
# A result longer than this is cut to its first items: it travels to the page and stays in the prompt.
MAX_RESULT_CHARACTERS = 24_000


@dataclass(frozen=True, slots=True)
class FrontendTool:
    """Something the page does. The schema is ours: what a client declares beyond these names is dropped."""

    name: str
    description: str
    parameters: Mapping[str, Any]


FRONTEND_TOOLS: Mapping[str, FrontendTool] = {
    "show_on_page": FrontendTool(
        "show_on_page",
        "Open one event, venue, order or sponsor on the page beside the chat. Use when the person asks to see or open it.",
        {
            "type": "object",
            "properties": {
                "kind": {"type": "string", "enum": ["event", "venue", "order", "sponsor"]},
                "id": {"type": "string", "format": "uuid", "description": "Id from a tool result or the context"},
            },
            "required": ["kind", "id"],
            "additionalProperties": False,
        },
    )
}

_UNDO_SCHEMA: dict[str, Any] = {
    "name": UNDO,
    "description": "Propose to take back what an applied proposal did. Without arguments: the last one of this conversation.",
    "parameters": {
        "type": "object",
        "properties": {"proposal": {"type": "string", "format": "uuid", "description": "Id of the applied proposal"}},
        "additionalProperties": False,
    },
}


class Toolset:
    """Every operation a model may name. Built once per process: the schemas do not depend on the caller, the rights do."""

    def __init__(
        self, catalog: Mapping[str, AnyOperation], frontend: Mapping[str, FrontendTool] = FRONTEND_TOOLS
    ) -> None:
        self.reads = {
            name: found for name, found in catalog.items() if found.effect is Effect.read and name not in WITHHELD
        }
        self.writes = {name: found for name, found in catalog.items() if found.proposable and name not in WITHHELD}
        self.frontend = frontend
        self.schemas: list[dict[str, Any]] = [
            {"type": "function", "function": function}
            for function in (
                *(_described(found) for found in (*self.reads.values(), *self.writes.values())),
                _UNDO_SCHEMA,
                *(
                    {"name": tool.name, "description": tool.description, "parameters": tool.parameters}
                    for tool in frontend.values()
                ),
            )
        ]

    def operation(self, name: str) -> AnyOperation:
        found = self.reads.get(name) or self.writes.get(name)
        if found is None:
            raise NotFound(f"There is no tool {name[:100]!r}.", remedy="Use one of the tools you were given.")
        return found

    def input_of(self, call: Call) -> BaseModel:
        """The call's arguments as the operation's input. Raises InvalidInput that says what to mend, NotFound for no such tool."""
        if len(json.dumps(call.arguments)) > MAX_ARGUMENT_BYTES:
            raise InvalidInput("The arguments are too long.", remedy="Send less at once.")
        return read_input(self.operation(call.name), call.arguments)

    async def read(self, greenroom: Greenroom, caller: Caller, call: Call) -> Answer:
        """Runs one read with the caller's rights. A refusal is an answer too: the model may mend its call or tell the person."""
        try:
            found = self.operation(call.name)
            result: BaseModel = await found(greenroom, replace(caller, idempotency_key=None), self.input_of(call))
        except AppError as error:
            refused = Answer.refused(error)
            return replace(refused, tainted=names_outsiders(self.reads.get(call.name), error.details))
        return Answer.of(result.model_dump(mode="json"))


def read_input(found: AnyOperation, arguments: Mapping[str, Any]) -> BaseModel:
    try:
        model: BaseModel = found.input.model_validate(arguments)
    except ValidationError as error:
        problems = [
            {"pointer": "/" + "/".join(str(part) for part in problem["loc"]), "message": problem["msg"]}
            for problem in error.errors(include_url=False, include_input=False, include_context=False)[:10]
        ]
        raise InvalidInput(
            f"{found.name}: " + "; ".join(f"{problem['pointer']} {problem['message']}" for problem in problems),
            remedy="Mend the arguments, or ask the person for what is missing.",
            details={"errors": problems},
        ) from error
    return model


@dataclass(frozen=True, slots=True)
class Answer:
    """A tool's answer as it is stored, shown and read by the model: one JSON object."""

    content: str
    tainted: bool = False
    failed: bool = False

    @classmethod
    def of(cls, result: dict[str, Any]) -> Answer:
        fields = sorted(outsiders_fields(result))
        marked = {**_short(result), "untrusted": fields} if fields else _short(result)
        return cls(json.dumps(marked, ensure_ascii=False, separators=(",", ":")), tainted=bool(fields))

    @classmethod
    def refused(cls, error: AppError) -> Answer:
        kept: dict[str, Any] = {"code": error.code, "message": error.message, "retryable": error.retryable}
        if error.remedy:
            kept["remedy"] = error.remedy
        extra = {
            key: value
            for key, value in error.details.items()
            if key in ("errors", "candidates", "allowed_next_states", "available")
        }
        return cls(json.dumps({"error": kept | extra}, ensure_ascii=False, separators=(",", ":")), failed=True)


def outsiders_fields(result: Any) -> set[str]:
    """The fields of a result that hold text outsiders may have written, wherever they are and not empty."""
    return {field for field, _ in _outsiders_texts(result)}


def _outsiders_texts(result: Any) -> Iterator[tuple[str, str]]:
    pending = [result]
    while pending:
        part = pending.pop()
        if isinstance(part, dict):
            for field, value in part.items():
                if field in OUTSIDERS_FIELDS or (field == "name" and PERSONS_ROW in part):
                    yield from ((field, text) for text in _texts(value))
            pending.extend(part.values())
        elif isinstance(part, list):
            pending.extend(part)


def _texts(value: Any) -> Iterator[str]:
    """A field's text, or the cells of a table shown in it."""
    if isinstance(value, str) and value:
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def names_outsiders(operation: AnyOperation | None, problem: Mapping[str, Any]) -> bool:
    """Whether an error lists names that outsiders chose, as the question does which of several sponsors is meant."""
    return operation is not None and "sponsor" in operation.input.model_fields and "candidates" in problem


def shows_outsiders(proposal: dict[str, Any], catalog: Mapping[str, AnyOperation]) -> bool:
    """Whether a proposal's card holds text that outsiders wrote. What its own steps bring was said in the conversation."""
    for step, shown in zip(proposal["steps"], proposal["preview"]["steps"], strict=True):
        fields = [field for change in shown["changes"] for field in change["fields"]]
        stored = [{field["name"]: field[side]} for field in fields for side in ("before", "after")]
        said = [text.casefold() for text in step["input"].values() if isinstance(text, str)]
        for _, text in _outsiders_texts([shown["result"], *stored]):
            if not any(text.casefold() in own for own in said):
                return True
        if names_outsiders(catalog.get(step["operation"]), shown["error"] or {}):
            return True
    return False


def _short(result: dict[str, Any]) -> dict[str, Any]:
    items = result.get("items")
    if not isinstance(items, list) or len(json.dumps(result)) <= MAX_RESULT_CHARACTERS:
        return result
    kept: list[Any] = []
    room = MAX_RESULT_CHARACTERS
    for item in items:
        room -= len(json.dumps(item))
        if room < 0:
            break
        kept.append(item)
    return {**result, "items": kept, "left_out": len(items) - len(kept)}


def _described(found: AnyOperation) -> dict[str, Any]:
    return {"name": found.name, "description": found.description, "parameters": plain_schema(found.input)}
