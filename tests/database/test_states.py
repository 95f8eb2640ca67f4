"""States move only as their tables say, and the tables are the same in SQL and in Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

import pytest

from tests.database.rules import Bench
from tools.events import rules as events
from tools.proposals import rules as proposals
from tools.sponsors import rules as sponsors

TABLES: dict[str, tuple[str, Mapping[Any, Sequence[Any]], str]] = {
    "event": ("events", events.NEXT_STATES, "events_state_transition"),
    "sponsorship": ("sponsorships", sponsors.NEXT_STATES, "sponsorships_state_transition"),
    "proposal": ("proposals", proposals.NEXT_STATES, "proposals_state_transition"),
}


@pytest.mark.parametrize("noun", TABLES)
def test_the_states_are_the_same_in_sql_and_in_python(bench: Bench, noun: str) -> None:
    _, moves, _ = TABLES[noun]
    in_sql = {state: tuple(bench.do(f"select app.{noun}_next_states(%(state)s)", state=state)[0][0]) for state in moves}
    assert in_sql == dict(moves)


@pytest.mark.parametrize("noun", TABLES)
def test_every_move_is_let_through_or_refused_as_the_table_says(bench: Bench, noun: str) -> None:
    table, moves, constraint = TABLES[noun]
    wrong = []
    for before in moves:
        for after in moves:
            _put(bench, table, before)
            refused = bench.refusal(
                f"update public.{table} set status = %(after)s {_decision(table, after)} where id = %({table})s",
                after=after,
                owner=bench.owner,
            )
            wanted = None if after == before or after in moves[before] else constraint
            if refused != wanted:
                wrong.append(f"{before} -> {after}: {refused}")
    assert wrong == []


def _decision(table: str, after: str) -> str:
    return ", decided_by = %(owner)s, decided_at = now()" if (table, after) == ("proposals", "approved") else ""


def _put(bench: Bench, table: str, state: str) -> None:
    """The row in any state, however it got there."""
    bench.do(f"alter table public.{table} disable trigger user")
    decided = ", decided_by = %(owner)s" if (table, state) == ("proposals", "approved") else ""
    bench.do(
        f"update public.{table} set status = %(state)s {decided} where id = %({table})s", state=state, owner=bench.owner
    )
    bench.do(f"alter table public.{table} enable trigger user")


def test_an_unknown_state_leads_nowhere(bench: Bench) -> None:
    for noun in TABLES:
        assert bench.do(f"select app.{noun}_next_states('nonsense')") == [([],)]


APPROVE = "update public.proposals set status = 'approved', decided_by = %(by)s{more} where id = %(proposals)s"


def test_an_approval_is_of_what_was_shown_by_the_approver_in_time(bench: Bench) -> None:
    assert bench.refusal(APPROVE.format(more=""), by=bench.owner) is None
    for more in (", digest = repeat('1', 64)", ", steps = '[1]'", ", preview = '[]'"):
        assert bench.refusal(APPROVE.format(more=more), by=bench.owner) == "proposals_approval_bound"
    assert bench.refusal(APPROVE.format(more=""), by=uuid4()) == "proposals_approval_bound"
    bench.do("update public.proposals set expires_at = now() where id = %(proposals)s")
    assert bench.refusal(APPROVE.format(more=""), by=bench.owner) == "proposals_approval_bound"


def test_a_decided_proposal_keeps_its_steps_and_who_decided(bench: Bench) -> None:
    bench.do(APPROVE.format(more=""), by=bench.owner)
    change = "update public.proposals set {change} where id = %(proposals)s"
    for rewritten in ("steps = '[1]'", "digest = repeat('1', 64)", "status = 'applied', steps = '[1]'"):
        assert bench.refusal(change.format(change=rewritten)) == "proposals_state_transition"
    assert bench.refusal(change.format(change="decided_by = %(other)s"), other=uuid4()) == "42501"
    assert bench.refusal(change.format(change="decided_by = null")) == "42501"
    assert bench.refusal(change.format(change="status = 'applied', applied_at = now()")) is None


def test_a_version_counts_every_change_and_can_not_be_set(bench: Bench) -> None:
    before = bench.do("select version from public.events where id = %(events)s")[0][0]
    bench.do("update public.events set name = 'Other', version = 99 where id = %(events)s")
    assert bench.do("select version from public.events where id = %(events)s") == [(before + 1,)]
