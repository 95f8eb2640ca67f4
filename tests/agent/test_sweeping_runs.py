"""One turn that can not be read, and people who left, keep no other turn and no other thread waiting."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest

from agent import runs as agent_runs
from agent.runs import Runs
from agent.state import Turn
from tests.agent.scripted import Reply, ScriptedModel
from tests.office import Office, open_office
from tests.postgres import ClonedDatabase
from tools.threads import repository

ORPHAN = """
    with t as (insert into public.threads (id, org_id, user_id) values (gen_random_uuid(), %s, %s) returning id, org_id, user_id)
    insert into public.runs (org_id, thread_id, user_id, input, holder, lease_until, attempts)
    select t.org_id, t.id, t.user_id, %s::jsonb, 'dead', now() - make_interval(mins => %s), %s from t returning thread_id
"""
SAID = '{"kind": "say", "text": "Hello", "interrupts": []}'
POISONS = (
    '{"kind": "say", "text": "sealed:AAAA", "interrupts": []}',
    '{"interrupts": 3}',
    "[1]",
    '{"unheard_of": 1, "interrupts": []}',
)


class Recorded(Runs):
    """Takes over and starts, and carries nothing."""

    def __init__(self, office: Office) -> None:
        model = ScriptedModel([Reply("Yes.")])
        super().__init__(SimpleNamespace(name="default"), office.greenroom, model)  # type: ignore[arg-type]
        self.launched: list[UUID] = []

    def _launch(self, caller: Any, thread_id: UUID, *rest: Any, **more: Any) -> Any:
        self.launched.append(thread_id)


@pytest.fixture
async def office(database: ClonedDatabase) -> Any:
    async with open_office(database) as office:
        yield office


def orphan(office: Office, said: str, minutes: int, attempts: int = 1) -> UUID:
    asked = (office.org_id, office.caller.user_id, said, minutes, attempts)
    thread: UUID = office.sql(ORPHAN, *asked)[0][0]
    return thread


def ends(office: Office) -> list[tuple[Any, ...]]:
    return office.sql("select status, error_id from public.runs order by lease_until")


async def test_what_was_said_and_can_not_be_read_ends_its_own_run_alone(office: Office) -> None:
    for poison in POISONS:
        orphan(office, poison, 2)
    orphan(office, SAID, 2, attempts=1000)
    victim, runs = orphan(office, SAID, 1), Recorded(office)
    await runs.sweep()
    assert runs.launched == [victim]
    assert office.sql(
        "select error_id, count(*)::int from public.runs where status = 'failed' group by 1 order by 1"
    ) == [
        ("attempts", 1),
        ("unreadable", len(POISONS)),
    ]


async def test_without_its_own_door_it_would_stop_all(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    orphan(office, POISONS[0], 2)
    orphan(office, SAID, 1)
    runs = Recorded(office)
    monkeypatch.setattr(repository, "Bug", ZeroDivisionError)
    with pytest.raises(Exception, match="sealed"):
        await runs.sweep()
    assert runs.launched == []


async def test_a_given_up_run_of_somebody_who_left_is_ended_too(office: Office) -> None:
    leaver = await office.colleague("staff")
    orphan(leaver, SAID, 1, attempts=1000)
    office.sql("delete from public.memberships where user_id = %s", leaver.caller.user_id)
    await Recorded(office).sweep()
    assert ends(office) == [("failed", "attempts")]


async def waiting(office: Office) -> UUID:
    """More threads of a person who left than one sweep tells, and behind them one of somebody who is here."""
    leaver = await office.colleague("staff")
    old, young = [await office.propose(("create_venue", {"name": name})) for name in ("Old", "Young")]
    for proposal in (old, young):
        await office.do("reject_proposal", proposal=proposal.id)
    office.sql(
        "insert into public.threads (id, org_id, user_id, waiting)"
        " select gen_random_uuid(), %s, %s, %s from generate_series(1, %s)",
        office.org_id, leaver.caller.user_id, old.id, agent_runs.AT_ONCE + 1,
    )  # fmt: skip
    office.sql("delete from public.memberships where user_id = %s", leaver.caller.user_id)
    victim = uuid4()
    office.sql(
        "insert into public.threads (id, org_id, user_id, waiting) values (%s, %s, %s, %s)",
        victim, office.org_id, office.caller.user_id, young.id,
    )  # fmt: skip
    return victim


async def test_threads_of_people_who_left_wait_no_more_and_the_next_is_told(office: Office) -> None:
    victim, runs = await waiting(office), Recorded(office)
    assert await runs.sweep() == 1
    assert runs.launched == [victim]
    assert office.sql("select id from public.threads where waiting is not null") == [(victim,)]


async def test_without_forgetting_them_nobody_behind_them_would_ever_be_told(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await waiting(office)
    runs = Recorded(office)

    async def not_at_all(_: Any) -> int:
        return 0

    monkeypatch.setattr(repository, "forget_waits_of_leavers", not_at_all)
    assert [await runs.sweep() for _ in range(2)] == [0, 0]


def test_what_was_said_is_read_as_it_was_written() -> None:
    turn = Turn("resume")
    assert Turn.restored(turn.stored()) == turn
