"""The matrix of who may call what on whose things: what each cell is to answer, and what it does. Holds no test."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from api.rest import PREFIX
from tests.proof.cases import OWN_CASES
from tests.proof.doors import ALSO, ROWS, Aim, made_for
from tests.proof.routes import Route
from tests.proof.shapes import extra_keys, too_much
from tests.proof.wire import Answer, Asked, ask
from tests.proof.world import Persona, World
from tests.refusals import leak
from tests.tools.cases import CASES, EMPTY_FOR_STRANGERS
from tools.catalog import CATALOG
from tools.context import SCOPES, Role
from tools.operation import AnyOperation, Http

AIMS: tuple[Aim, ...] = ("own", "foreign", "elsewhere")
RANK = {"door": 0, "viewer": 1, "staff": 2, "admin": 3, "owner": 4}
_IN_QUERY = frozenset({"GET", "DELETE"})

FOR_PEOPLE = frozenset({"approve_proposal", "reject_proposal", "undo_proposal"})
"""What a key may not do although its role has the scope: a yes and a no are a person's."""

OF_ONES_OWN = frozenset({"revise_proposal"})
"""What a key may do to what it made itself; what is called here is somebody else's."""

SCANNING = "check_ins:write"
"""What the door may and the viewer, who stands above it otherwise, may not."""

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
        if answer.status >= 400 and (told_too_much := leak(answer.headers, answer.text, self._sent())):
            return f"{told}: {told_too_much}"
        if self.aim != "elsewhere" and self.operation and other in answer.text:
            return f"{told}: tells of the other organisation"
        if self.aim == "foreign" and self.operation in EMPTY_FOR_STRANGERS and answer.status == 200:
            return None if answer.json()["items"] == [] else f"{told}: lists another's"
        if self.aim == "foreign" and self.operation in SAID_INSIDE and answer.status < 300:
            return None if not answer.json()["preview"]["ok"] else f"{told}: the step would be done"
        return self._too_much(told, answer)

    def _too_much(self, told: str, answer: Answer) -> str | None:
        if not self.operation or answer.status not in (200, 201):
            return None
        said = answer.json()
        role = self.persona.roles.get(self.persona.elsewhere if self.aim == "elsewhere" else self.persona.place)
        found = extra_keys(CATALOG[self.operation].output, said) or too_much(self.operation, role, said)
        return f"{told}: tells {found}" if found else None

    def _sent(self) -> str:
        return f"{self.asked.path} {self.asked.query} {self.asked.body}"


def operation_cells(world: World, persona: Persona) -> Iterator[Cell]:
    """Every operation at each of its addresses; those without one through the door of actions."""
    for operation in CATALOG.values():
        for http in operation.http or (None,):
            for aim in AIMS if operation.name in world.estates["home"].inputs else ():
                yield _operation_cell(world, persona, operation, http, aim)


def other_cells(world: World, persona: Persona) -> Iterator[Cell]:
    for route, row in (*ROWS.items(), *ALSO):
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
    """From the least role of its good call, declared by hand; the permission table is held to it.

    The table has a say only where somebody may not: who has not even the scope is told so before anything is looked for.
    """
    if not persona.signed_in:
        return frozenset({401})
    role = persona.roles.get(persona.elsewhere if aim == "elsewhere" else persona.place)
    may = (
        role is not None
        and _may(operation, role)
        and not (persona.is_key and operation.name in FOR_PEOPLE | OF_ONES_OWN)
    )
    if not may and (operation.scope not in persona.scopes_at(aim) or operation.name in FOR_PEOPLE):
        return frozenset({403})
    if aim == "foreign" and names_a_thing and operation.name not in EMPTY_FOR_STRANGERS | SAID_INSIDE:
        return frozenset({404})
    return frozenset({status if may else 403})


def _may(operation: AnyOperation, role: Role) -> bool:
    least = {**CASES, **OWN_CASES}[operation.name].least
    return RANK[role] >= RANK[least] and not (role == "viewer" and operation.scope == SCANNING)


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
