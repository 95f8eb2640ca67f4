"""The net has no hole: each classic mistake, planted, is found by the matrix, an intrusion, a lint or a standing that lapses."""

from __future__ import annotations

from typing import LiteralString

import pytest

from tests.database.intrusions import successes
from tests.database.lapses import lapses
from tests.database.lints import findings
from tests.database.matrix import red_cells
from tests.database.world import World


def _policy(
    change: LiteralString,
    part: LiteralString,
    column: LiteralString,
    said: LiteralString = "",
    instead: LiteralString = "",
) -> LiteralString:
    """A policy in the form the migrations write it, with something wrong in it."""
    return (
        f"do $$ declare sound text := app.standing_check('{part}', '{column}'); wrong text := replace(sound, '{said}', '{instead}');"
        f" begin if '{said}' <> '' and sound = wrong then raise 'not found'; end if; execute format('{change}', wrong); end $$"
    )


def _function(name: LiteralString, said: LiteralString, instead: LiteralString) -> LiteralString:
    """A function of ours with a part of it left out; nothing is planted where that part is not found."""
    return (
        f"do $$ declare old text := pg_get_functiondef('{name}'::regprocedure); new text := replace(old, '{said}', '{instead}');"
        " begin if old = new then raise 'not found'; end if; execute new; end $$"
    )


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
    "a policy that asks for too small a role": (
        _policy("alter policy members_update on public.events using (%1$s) with check (%1$s)", "viewer", "org_id"),
        "matrix",
    ),
    "a policy that compares another column": (
        _policy("alter policy members_read on public.events using (%1$s)", "viewer", "venue_id"),
        "matrix",
    ),
    "a policy that believes a list whoever it was made for": (
        _policy(
            "alter policy members_read on public.events using (%1$s)",
            "viewer",
            "org_id",
            "= current_setting(''request.jwt.claims'', true)",
            "<> ''''",
        ),
        "lapses",
    ),
    "a policy that looks up for each row": (
        "alter policy members_read on public.events"
        " using (strpos(current_setting(app.standing('viewer'), true), org_id::text) <> 0)",
        "lints",
    ),
    "a standing that is looked up once for all": (
        _function("app.standing(text)", "<> current_setting(''request.jwt.claims'', true)", "is null"),
        "lapses",
    ),
    "a standing of everybody's": (_function("app.recall_standing()", "where m.user_id = auth.uid()", ""), "matrix"),
    "a standing that outlives a key": (
        _function(
            "app.recall_standing()", "and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())", ""
        ),
        "lapses",
    ),
    "a standing that does not know of a suspension": (
        _function("app.recall_standing()", "and o.suspended_at is null", ""),
        "lapses",
    ),
    "a membership that ends unnoticed": (
        "drop trigger forget_standing on public.memberships; drop trigger forget_standing on public.door_staff",
        "lapses",
    ),
    "a function for everybody": ("grant execute on function app.seal_audit() to public", "lints intrusions"),
}


def test_no_standing_outlasts_its_reason(world: World) -> None:
    assert lapses(world) == []


@pytest.mark.parametrize("mistake", PLANTED)
def test_a_planted_mistake_is_found(world: World, mistake: str) -> None:
    plant, finders = PLANTED[mistake]
    world.connection.execute(plant)
    found = {
        "matrix": red_cells(world, ["events", "memberships"]),
        "intrusions": successes(world),
        "lints": findings(world.connection),
        "lapses": lapses(world),
    }
    assert {finder for finder, findings_ in found.items() if findings_} >= set(finders.split()), found
