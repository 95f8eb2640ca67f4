"""The net has no hole: each classic mistake, planted, is found by the matrix, an intrusion or a lint."""

from __future__ import annotations

from typing import LiteralString

import pytest

from tests.database.intrusions import successes
from tests.database.lints import findings
from tests.database.matrix import red_cells
from tests.database.world import World

PLANTED: dict[str, tuple[LiteralString, str]] = {
    # mistake: (how it is made, who must find it)
    "row-level security off": ("alter table public.events disable row level security", "matrix"),
    "row-level security not forced": ("alter table public.events no force row level security", "lints"),
    "a policy using (true)": (
        "create policy open on public.events for select to authenticated using (true)",
        "matrix lints",
    ),
    "a policy with check (true)": (
        "alter policy members_insert on public.events with check (true)",
        "matrix lints",
    ),
    "an update that lets rows leave": (
        "alter policy members_update on public.events with check (true); drop trigger keep_tenant on public.events",
        "intrusions lints",
    ),
    "a view with its owner's rights": (
        "create view public.all_events as select * from public.events; grant select on public.all_events to authenticated",
        "lints",
    ),
    "a function with its owner's rights": (
        "create function public.all_orders() returns setof public.orders language sql security definer"
        " as 'select * from public.orders'; grant execute on function public.all_orders() to anon",
        "lints",
    ),
    "joining by oneself": (
        "create policy joining on public.memberships for insert to authenticated with check (user_id = (select auth.uid()));"
        " grant insert on public.memberships to authenticated",
        "matrix intrusions",
    ),
    "promoting oneself": (
        "create policy rising on public.memberships for update to authenticated using (user_id = (select auth.uid()));"
        " grant update on public.memberships to authenticated",
        "matrix intrusions",
    ),
    "trust in what users may edit": (
        "create policy claims on public.events for select to authenticated"
        " using (org_id::text = (select auth.jwt()) -> 'user_metadata' ->> 'org_id')",
        "matrix lints",
    ),
    "counters left open": ("grant update (sold) on public.quotas to authenticated", "intrusions"),
    "a grant to anon": (
        "grant select on public.events to anon; create policy seen on public.events for select to anon using (now() is not null)",
        "matrix lints",
    ),
    "a proposal's moves unguarded": ("drop trigger check_proposal_move on public.proposals", "intrusions"),
    "a proposal's birth unguarded": ("drop policy starts_undecided on public.proposals", "intrusions"),
    "links that move between one's own organisations": (
        "drop trigger keep_tenant on public.quota_ticket_types",
        "intrusions",
    ),
    "conversations that move between one's own organisations": (
        "drop trigger keep_tenant on public.threads",
        "intrusions",
    ),
    "a function for everybody": ("grant execute on function app.seal_audit() to public", "lints intrusions"),
}


@pytest.mark.parametrize("mistake", PLANTED)
def test_a_planted_mistake_is_found(world: World, mistake: str) -> None:
    plant, finders = PLANTED[mistake]
    world.connection.execute(plant)
    found = {
        "matrix": red_cells(world, ["events", "memberships"]),
        "intrusions": successes(world),
        "lints": findings(world.connection),
    }
    assert {finder for finder, findings_ in found.items() if findings_} >= set(finders.split()), found
