"""Any sequence of scans, uploads and undos comes out as a small model says, in whatever order devices tell of it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.office import Office, found_organization, open_greenroom
from tests.postgres import ClonedDatabase
from tests.tools.check_ins.door import Door, open_door
from tools.check_ins.rules import NothingToUndo

TICKETS = 3
EVENING = datetime.now(UTC) - timedelta(hours=3)
FAR = datetime.max.replace(tzinfo=UTC)


@dataclass
class Row:
    nonce: str
    ticket: int
    kind: Literal["entry", "exit"]
    order: tuple[datetime, int, str]
    forced: bool
    told: str | None
    outcome: str = "refused"
    reason: str | None = None
    undone: bool = False


@dataclass
class Model:
    """The whole rule of the door, over a plain list."""

    reentry: bool
    rows: list[Row] = field(default_factory=list)

    def online(self, nonce: str, ticket: int, kind: Any, forced: bool) -> None:
        row = Row(nonce, ticket, kind, (FAR, len(self.rows), nonce), forced, None)
        self.rows.append(row)
        self.judge(ticket)
        row.told = row.outcome

    def offline(self, nonce: str, ticket: int, kind: Any, minute: int, let_in: bool | None) -> None:
        told = {True: "accepted", False: "refused", None: None}[let_in]
        reason = "sent_away" if told == "refused" else None
        at = EVENING + timedelta(minutes=minute)
        self.rows.append(Row(nonce, ticket, kind, (at, 0, nonce), False, told, reason=reason))
        self.judge(ticket)

    def undo(self, nonce: str) -> bool:
        (row,) = [row for row in self.rows if row.nonce == nonce]
        if row.undone or row.outcome == "refused":
            return False
        row.undone = True
        self.judge(row.ticket)
        return True

    def judge(self, ticket: int) -> None:
        inside = entered = False
        live = [r for r in self.rows if r.ticket == ticket and not r.undone and r.told != "refused"]
        for row in sorted(live, key=lambda row: row.order):
            row.reason = None
            if row.kind == "exit" and not inside:
                row.reason = "not_in"
            elif row.kind == "entry" and inside:
                row.reason = "already_in"
            elif row.kind == "entry" and entered and not self.reentry:
                row.reason = "no_reentry"
            row.outcome = "accepted" if row.reason is None or row.forced else "refused"
            if row.outcome == "accepted":
                inside = row.kind == "entry"
                entered = entered or inside

    def history(self) -> list[tuple[Any, ...]]:
        return sorted(
            (r.nonce.rpartition("-")[2], r.ticket, r.kind, r.outcome, r.reason, r.told, r.undone) for r in self.rows
        )

    def counts(self) -> tuple[int, int]:
        entered = inside = 0
        for ticket in range(TICKETS):
            good = [r for r in self.rows if r.ticket == ticket and r.outcome == "accepted" and not r.undone]
            entered += any(row.kind == "entry" for row in good)
            inside += bool(good) and max(good, key=lambda row: row.order).kind == "entry"
        return entered, inside


def name(door: Door, number: int) -> str:
    """A nonce nobody else has, however often the test runs."""
    return f"{door.list_id.hex}-{number:08x}"


def stored(door: Door) -> list[tuple[Any, ...]]:
    rows = door.office.sql(
        "select nonce, ticket_id, kind, outcome, reason, told, undone_at is not null from public.check_ins where list_id = %s",
        door.list_id,
    )
    return sorted((row[0].rpartition("-")[2], door.tickets.index(row[1]), *row[2:]) for row in rows)


def states(door: Door) -> list[str]:
    found = dict(door.office.sql("select id, status from public.tickets where event_id = %s", door.event))
    return [found[ticket] for ticket in door.tickets]


class Stage:
    """One event loop and one organisation for all examples; each example has a door of its own."""

    def __init__(self, runner: asyncio.Runner, office: Office) -> None:
        self.runner = runner
        self.office = office

    def open(self, reentry: bool) -> Door:
        return self.runner.run(open_door(self.office, parties=TICKETS, party=1, reentry=reentry))

    def do(self, call: Any) -> Any:
        return self.runner.run(call)


@pytest.fixture(scope="module")
def stage(module_database: ClonedDatabase) -> Iterator[Stage]:
    with asyncio.Runner() as runner:
        opening = open_greenroom(module_database, pool_size=2)
        greenroom = runner.run(opening.__aenter__())
        yield Stage(runner, runner.run(found_organization(greenroom, module_database.admin_dsn)))
        runner.run(opening.__aexit__(None, None, None))


tickets = st.integers(0, TICKETS - 1)
kinds = st.sampled_from(("entry", "entry", "exit"))
scans = st.tuples(tickets, kinds, st.integers(0, 20), st.sampled_from((None, True, True, False)))
steps = st.one_of(
    st.tuples(st.just("online"), tickets, kinds, st.integers(0, 9).map(lambda die: die == 0)),
    st.tuples(st.just("upload"), st.lists(scans, min_size=1, max_size=4)),
    st.tuples(st.just("undo"), st.integers(0, 50)),
    st.tuples(st.just("again"), st.integers(0, 50)),
)


def sent(door: Door, nonce: str, ticket: int, kind: str, minute: int, let_in: bool | None) -> dict[str, Any]:
    at = EVENING + timedelta(minutes=minute)
    return {"nonce": nonce, "ticket": door.tickets[ticket], "kind": kind, "scanned_at": at, "let_in": let_in}


class Run:
    def __init__(self, stage: Stage, reentry: bool) -> None:
        self.stage = stage
        self.door = stage.open(reentry)
        self.model = Model(reentry)
        self.uploads: list[dict[str, Any]] = []

    def nonce(self) -> str:
        """Not in the order of the scans, so that ties are not decided by it."""
        return name(self.door, random.Random(len(self.model.rows)).getrandbits(32))

    def step(self, step: tuple[Any, ...]) -> None:
        getattr(self, step[0])(*step[1:])
        assert stored(self.door) == self.model.history()

    def online(self, ticket: int, kind: str, force: bool) -> None:
        nonce = self.nonce()
        self.stage.do(self.door.scan(ticket, kind, nonce=nonce, force=force))
        self.model.online(nonce, ticket, kind, force)

    def upload(self, batch: list[tuple[Any, ...]]) -> None:
        made = []
        for scan in batch:
            nonce = self.nonce()
            made.append(sent(self.door, nonce, *scan))
            self.model.offline(nonce, *scan)
        self.stage.do(self.door.do("upload_check_ins", scans=made))
        self.uploads += made

    def undo(self, place: int) -> None:
        if not self.model.rows:
            return
        nonce = self.model.rows[place % len(self.model.rows)].nonce
        ((check_in,),) = self.door.office.sql(
            "select id from public.check_ins where nonce = %s and list_id = %s", nonce, self.door.list_id
        )
        try:
            self.stage.do(self.door.office.do("undo_check_in", check_in=check_in))
        except NothingToUndo:
            assert not self.model.undo(nonce)
        else:
            assert self.model.undo(nonce)

    def again(self, place: int) -> None:
        if self.uploads:
            answer = self.stage.do(self.door.do("upload_check_ins", scans=[self.uploads[place % len(self.uploads)]]))
            assert answer.scans[0].check_in.repeated
            assert answer.changed == []


def tell(stage: Stage, reentry: bool, told: list[tuple[Any, ...]]) -> None:
    run = Run(stage, reentry)
    for step in told:
        run.step(step)
    found = stage.do(run.door.do("get_check_in_list"))
    assert (found.entered, found.inside) == run.model.counts()
    came = {
        row.ticket for row in run.model.rows if row.outcome == "accepted" and row.kind == "entry" and not row.undone
    }
    assert states(run.door) == ["checked_in" if n in came else "valid" for n in range(TICKETS)]


SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=SLOW)
@given(reentry=st.booleans(), told=st.lists(steps, max_size=14))
def test_any_sequence_comes_out_as_the_model_says(stage: Stage, reentry: bool, told: list[tuple[Any, ...]]) -> None:
    tell(stage, reentry, told)


@pytest.mark.long
@settings(max_examples=300, deadline=None, suppress_health_check=SLOW)
@given(reentry=st.booleans(), told=st.lists(steps, min_size=20, max_size=50))
def test_long_sequences_come_out_as_the_model_says(stage: Stage, reentry: bool, told: list[tuple[Any, ...]]) -> None:
    tell(stage, reentry, told)


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=SLOW)
@given(
    reentry=st.booleans(),
    made=st.lists(scans, min_size=2, max_size=12),
    at_the_door=st.lists(tickets, max_size=2),
    seed=st.integers(0, 1000),
)
def test_devices_may_tell_in_any_order_and_more_than_once(
    stage: Stage, reentry: bool, made: list[tuple[Any, ...]], at_the_door: list[int], seed: int
) -> None:
    ends = []
    for dice in (None, random.Random(seed)):
        run = Run(stage, reentry)
        for ticket in at_the_door:
            run.online(ticket, "entry", False)
        order = list(enumerate(made))
        if dice:
            dice.shuffle(order)
            order += dice.sample(order, k=len(order) // 2)
        size = dice.randint(1, 5) if dice else len(order)
        for start in range(0, len(order), size):
            batch = [sent(run.door, name(run.door, place), *scan) for place, scan in order[start : start + size]]
            stage.do(run.door.do("upload_check_ins", scans=batch))
        counts = stage.do(run.door.do("get_check_in_list"))
        ends.append((stored(run.door), counts.entered, counts.inside, states(run.door)))
    assert ends[0] == ends[1]


def test_a_person_let_in_twice_by_two_offline_devices_is_a_conflict_whichever_tells_first(stage: Stage) -> None:
    for first in (0, 1):
        door = stage.open(reentry=True)
        gates = [[sent(door, name(door, gate), 0, "entry", gate, True)] for gate in (0, 1)]
        told = [
            stage.do(door.do("upload_check_ins", scans=gates[gate], device=f"Gate {gate}"))
            for gate in (first, 1 - first)
        ]
        assert [answer.conflicts for answer in told] == [0, 1]
        found = {row[0]: row[3:5] for row in stored(door)}
        assert found == {"00000000": ("accepted", None), "00000001": ("refused", "already_in")}
        late = told[1].scans[0].check_in if first == 0 else told[1].changed[0]
        assert (late.nonce, late.conflict) == (name(door, 1), True)
        assert late.message.startswith("Was let in, but: Already in since")
        assert late.previous_device == "Gate 0"


def test_a_clock_that_runs_ahead_counts_as_the_moment_of_telling(stage: Stage) -> None:
    door = stage.open(reentry=True)
    ahead = sent(door, name(door, 0), 0, "entry", 60 * 24 * 365, True)
    answer = stage.do(door.do("upload_check_ins", scans=[ahead]))
    assert answer.scans[0].check_in.scanned_at < datetime.now(UTC) + timedelta(minutes=1)
    assert stage.do(door.scan(0)).reason == "already_in"


def test_a_reused_nonce_fails_alone_in_an_upload(stage: Stage) -> None:
    door = stage.open(reentry=True)
    batch = [sent(door, name(door, 7), ticket, "entry", ticket, True) for ticket in (0, 1)]
    answer = stage.do(door.do("upload_check_ins", scans=[*batch, sent(door, name(door, 8), 2, "entry", 3, None)]))
    assert [scan.problem for scan in answer.scans] == [None, "nonce_reused", None]
    assert [row[:2] for row in stored(door)] == [("00000007", 0), ("00000008", 2)]
