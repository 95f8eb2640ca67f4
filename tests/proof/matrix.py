"""The matrix of who may call what on whose things: what each cell is to answer, and what it does. Holds no test."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from api.rest import PREFIX
from tests.proof.cases import OWN_CASES
from tests.proof.doors import ROWS, Aim, made_for
from tests.proof.routes import Route
from tests.proof.wire import Answer, Asked, ask
from tests.proof.world import Persona, World
from tests.tools.cases import CASES, EMPTY_FOR_STRANGERS
from tools.catalog import CATALOG
from tools.context import SCOPES
from tools.operation import AnyOperation, Http

AIMS: tuple[Aim, ...] = ("own", "foreign", "elsewhere")
RANK = {"door": 0, "viewer": 1, "staff": 2, "admin": 3, "owner": 4}
_IN_QUERY = frozenset({"GET", "DELETE"})

INNER_WORDS = (
    "Traceback", ".py", "psycopg", "postgres", "select ", "insert ", "update public", " public.", "constraint", "relation ", "pydantic",
    "0x", "socket", "host=", "://", "/dev/", "/tmp", "NoneType", "object has no",
)  # fmt: skip
"""Words of the machine: stacks, statements, addresses of the database."""

FOR_PEOPLE = frozenset({"approve_proposal", "undo_proposal"})
"""What a key may not do although its role has the scope: a yes is a person's."""

CONTENT_ELSEWHERE = {"get_file": 502}
"""Its row is here and its content is not: past every right, the file server has nothing."""

SAID_INSIDE = frozenset({"propose"})
"""Answers that say themselves that a step names nothing there is: the proposal is blocked, and holds nothing of the other's."""


@dataclass(frozen=True)
class Cell:
    route: Route
    persona: Persona
    aim: Aim
    asked: Asked
    expected: frozenset[int]
    operation: str | None = None

    def wrong(self, answer: Answer, other: str) -> str | None:
        """What is not as declared; `other` is the id of the organisation the persona does not stand in."""
        told = f"{self.persona.name} {self.aim} {' '.join(self.route)}: {answer.status}, not {sorted(self.expected)}"
        if answer.status not in self.expected:
            return f"{told} {answer.text[:200]}"
        if answer.status >= 400 and (told_too_much := leaks(answer)):
            return f"{told}: {told_too_much}"
        if self.aim != "elsewhere" and self.operation and other in answer.text:
            return f"{told}: tells of the other organisation"
        if self.aim == "foreign" and self.operation in EMPTY_FOR_STRANGERS and answer.status == 200:
            return None if answer.json()["items"] == [] else f"{told}: lists another's"
        if self.aim == "foreign" and self.operation in SAID_INSIDE and answer.status < 300:
            return None if not answer.json()["preview"]["ok"] else f"{told}: the step would be done"
        return None


def leaks(answer: Answer) -> str | None:
    """What a refusal tells besides what a caller may know: an id, a code and words of the trade."""
    said = answer.text
    if answer.headers.get("content-type") == "application/problem+json":
        problem = answer.json()
        if not problem["code"] or problem["request_id"] != answer.headers["x-request-id"]:
            return "a refusal without its code or its request's id"
        said = f"{problem['title']} {problem['detail']} {problem.get('remedy', '')}"
    return next((f"says {word!r}" for word in INNER_WORDS if word in said), None)


def operation_cells(world: World, persona: Persona) -> Iterator[Cell]:
    """Every operation at each of its addresses; those without one through the door of actions."""
    for operation in CATALOG.values():
        for http in operation.http or (None,):
            for aim in AIMS if operation.name in world.estates["home"].inputs else ():
                yield _operation_cell(world, persona, operation, http, aim)


def other_cells(world: World, persona: Persona) -> Iterator[Cell]:
    for route, row in ROWS.items():
        for aim in AIMS:
            expected = frozenset({row.told(persona, aim)})
            yield Cell(route, persona, aim, made_for(row, world, persona, aim), expected)


async def red_cells(world: World, cells: Iterator[Cell]) -> tuple[int, list[str]]:
    """How many cells there were, and what was not as declared."""
    count, red = 0, []
    for cell in cells:
        count += 1
        answer = await ask(world.service.app, cell.asked)
        if wrong := cell.wrong(answer, str(world.estates[cell.persona.elsewhere].org_id)):
            red.append(wrong)
    return count, red


def expected(
    operation: AnyOperation, status: int, persona: Persona, aim: Aim, *, names_a_thing: bool
) -> frozenset[int]:
    """From the one permission table: `tools.context.SCOPES` and the operation's scope."""
    if not persona.signed_in:
        return frozenset({401})
    if operation.scope not in persona.scopes_at(aim) or (persona.is_key and operation.name in FOR_PEOPLE):
        return frozenset({403})
    if aim == "foreign" and names_a_thing and operation.name not in EMPTY_FOR_STRANGERS | SAID_INSIDE:
        return frozenset({404})
    least = {**CASES, **OWN_CASES}[operation.name].least
    role = persona.roles[persona.elsewhere if aim == "elsewhere" else persona.place]
    return frozenset({CONTENT_ELSEWHERE.get(operation.name, status) if RANK[role] >= RANK[least] else 403})


def _operation_cell(world: World, persona: Persona, operation: AnyOperation, http: Http | None, aim: Aim) -> Cell:
    place = persona.place if aim == "own" else persona.elsewhere
    data = world.estates[place].inputs[operation.name]
    names_a_thing = (
        data != world.estates[persona.place if place != persona.place else persona.elsewhere].inputs[operation.name]
    )
    headers = world.headers(persona, place if aim == "elsewhere" else None)
    asked, route, status = _asked(operation, http, data, headers)
    return Cell(
        route,
        persona,
        aim,
        asked,
        expected(operation, status, persona, aim, names_a_thing=names_a_thing),
        operation.name,
    )


def _asked(
    operation: AnyOperation, http: Http | None, data: dict[str, Any], headers: dict[str, str]
) -> tuple[Asked, Route, int]:
    if http is None:
        path = f"{PREFIX}/actions/{operation.name}"
        return Asked("POST", path, {}, data, headers), ("POST", path), 200
    route = (http.method, PREFIX + http.path)
    sent, path = dict(data), PREFIX + http.path
    if http.target:
        path = path.replace("{id}", str(sent.pop(http.target)))
    if http.needs_version:
        headers = headers | {"If-Match": "*"}
    if http.method in _IN_QUERY:
        query = {
            name: value if not isinstance(value, (list, dict)) else json.dumps(value) for name, value in sent.items()
        }
        return Asked(http.method, path, query, None, headers), route, http.status
    return Asked(http.method, path, {}, sent, headers), route, http.status


def scopes_without_a_role() -> set[str]:
    """Scopes of operations that the permission table gives nobody."""
    return {each.scope for each in CATALOG.values()} - set().union(*SCOPES.values())
