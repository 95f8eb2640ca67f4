"""The SQL of threads and runs. Decides nothing."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, LiteralString
from uuid import UUID

from tools.context import Caller
from tools.errors import Bug
from tools.kit.sealing import Place
from tools.kit.text import with_hints
from tools.store.database import Database, Transaction
from tools.store.documents import open_document, seal_document
from tools.threads.models import Claim, Closing, DecidedWait, Run, Thread

# Where the copilot's picture of the world stops: enough for an organiser's season, small enough for every prompt.
UPCOMING_EVENTS = 100
RECENT_EVENTS = 20
VENUES = 100

_RUN = "id, org_id, thread_id, user_id, client_run_id, input, status, holder, attempts"


# The claim does not wait for the disk: whatever a turn does later waits, and with it all that was written before it. Only a
# database killed within that moment loses the claim, and then nothing came of it and the page's stream broke.
_CLAIM: LiteralString = """
    with me as (
        select e.org_id, set_config('synchronous_commit', 'off', true) from app.enter(%(organization)s) e
    ),
    made as (
        insert into public.threads (id, org_id, user_id, agent_id, name)
        select %(thread)s, me.org_id, %(user)s, %(agent)s, %(name)s from me
        on conflict (id) do nothing returning id, org_id
    ),
    owned as (
        select made.id, made.org_id from made
        union all
        select t.id, t.org_id from public.threads t where t.id = %(thread)s and t.user_id = %(user)s
    ),
    run as (
        insert into public.runs (org_id, thread_id, user_id, client_run_id, input, holder, lease_until)
        select owned.org_id, owned.id, %(user)s, %(client_run)s, %(turn)s::jsonb, %(holder)s,
            now() + make_interval(secs => %(lease)s)
        from owned
        on conflict (thread_id) where status = 'running' do nothing
        returning id
    )
    select (select org_id from owned) as org_id, (select id from run) as run_id
    """


async def claim_run(
    database: Database,
    caller: Caller,
    *,
    thread_id: UUID,
    agent_id: str,
    name: str,
    client_run_id: str,
    turn: dict[str, Any],
    holder: str,
    lease_seconds: float,
) -> Claim:
    """Claims an unknown thread for the caller and its lease for one run, in one statement that travels with BEGIN.

    `name` names a thread that is new. The partial unique index decides between two claims at once.
    """
    asked = {
        "organization": UUID(caller.organization) if caller.organization else None,
        "thread": thread_id,
        "user": caller.user_id,
        "agent": agent_id,
        "name": with_hints(name),
        "client_run": client_run_id,
        "turn": json.dumps(seal_document(database.fields, input_place(caller.user_id, thread_id), turn)),
        "holder": holder,
        "lease": lease_seconds,
    }
    claim = await _claim(database, caller.user_id, asked)
    # Two first messages at once: who came second waited for the thread's row but looked before it was there.
    return claim if claim.org_id else await _claim(database, caller.user_id, asked)


async def _claim(database: Database, user_id: UUID, asked: dict[str, Any]) -> Claim:
    async with database.session(user_id, opening=(_CLAIM, asked)) as tx:
        return Claim(**tx.opened[0])


async def keep_lease(tx: Transaction, run_id: UUID, holder: str, lease_seconds: float) -> bool | None:
    """Prolongs the lease. Answers whether a stop was asked for; None when the lease is somebody else's by now."""
    wanted: bool | None = await tx.fetch_value(
        """
        update public.runs set lease_until = now() + make_interval(secs => %(lease)s)
        where id = %(run)s and holder = %(holder)s and status = 'running'
        returning stop_requested
        """,
        {"run": run_id, "holder": holder, "lease": lease_seconds},
    )
    return wanted


_CLOSE: LiteralString = """
    with run as (
        update public.runs set status = %(status)s, finished_at = now(), model = %(model)s,
            prompt_version = %(prompt_version)s, input_tokens = %(input_tokens)s, output_tokens = %(output_tokens)s,
            error_id = %(error_id)s
        where id = %(run)s and holder = %(holder)s and status = 'running'
        returning thread_id
    ),
    thread as (
        update public.threads set last_run_at = now(), waiting = %(waiting)s, tainted = tainted or %(tainted)s
        where id = %(thread)s and exists (select from run)
    )
    select true from run
    """


async def close_run(
    database: Database, user_id: UUID | None, run_id: UUID, thread_id: UUID, holder: str, closing: Closing
) -> bool:
    """Ends the run and frees the thread, as its person or as the service. False when the lease was lost: then nothing is written."""
    asked = {"run": run_id, "thread": thread_id, "holder": holder, **asdict(closing)}
    async with database.session(user_id, opening=(_CLOSE, asked)) as tx:
        return bool(tx.opened)


async def release_lease(tx: Transaction, run_id: UUID, holder: str) -> None:
    """Gives the lease up at once, so that another process takes the run over without waiting."""
    await tx.execute(
        "update public.runs set lease_until = now() where id = %(run)s and holder = %(holder)s and status = 'running'",
        {"run": run_id, "holder": holder},
    )


async def request_stop(tx: Transaction, thread_id: UUID, client_run_id: str | None) -> int:
    """Asks the process that holds the thread's run to stop it. Answers how many runs that are (0 or 1)."""
    return await tx.execute(
        """
        update public.runs set stop_requested = true
        where thread_id = %(thread)s and status = 'running'
            and (%(client_run)s::text is null or client_run_id = %(client_run)s)
        """,
        {"thread": thread_id, "client_run": client_run_id},
    )


async def running_run(tx: Transaction, thread_id: UUID) -> Run | None:
    found = await tx.fetch_dicts(
        f"select {_RUN} from public.runs where thread_id = %(thread)s and status = 'running'", {"thread": thread_id}
    )
    return next((_run(tx, row) for row in found), None)


def input_place(user: UUID, thread: UUID) -> Place:
    """Where what was said in a turn stands: its person and thread are known before its organisation and its id are."""
    return Place("runs", "input", user, thread)


def _run(tx: Transaction, row: dict[str, Any]) -> Run:
    place = input_place(row["user_id"], row["thread_id"])
    try:
        said = open_document(tx.fields, place, row["input"])
    except Bug:
        # Sealed with a key that is gone, or for another place: it is no run of anybody else's that this stops.
        said = None
    return Run(**row | {"input": said})


async def take_over_runs(tx: Transaction, holder: str, lease_seconds: float, limit: int) -> list[Run]:
    """As the service: takes runs whose holder stopped prolonging them. Two processes never get the same one."""
    taken = await tx.fetch_dicts(
        f"""
        update public.runs set holder = %(holder)s, attempts = least(attempts, 999) + 1,
            lease_until = now() + make_interval(secs => %(lease)s)
        where id in (
            select id from public.runs where status = 'running' and lease_until < now()
            order by lease_until limit %(limit)s for update skip locked
        )
        returning {_RUN}
        """,
        {"holder": holder, "lease": lease_seconds, "limit": limit},
    )
    return [_run(tx, row) for row in taken]


async def forget_waits_of_leavers(tx: Transaction) -> int:
    """As the service: a thread whose person left the organisation waits for no decision any more. Answers how many did."""
    return await tx.execute(
        """
        update public.threads t set waiting = null
        from public.proposals p
        where t.waiting is not null and p.org_id = t.org_id and p.id = t.waiting
            and p.status in ('applied', 'undone', 'rejected', 'failed')
            and not exists (select from public.memberships m where m.org_id = t.org_id and m.user_id = t.user_id)
        """
    )


async def decided_waits(tx: Transaction, limit: int) -> list[DecidedWait]:
    """As the service: threads that still wait although their proposal is decided, that no run holds and that may go on."""
    return await tx.fetch_all(
        """
        select t.id as thread_id, t.org_id, t.user_id, p.id as proposal_id
        from public.threads t join public.proposals p on p.org_id = t.org_id and p.id = t.waiting
        join public.organizations g on g.id = t.org_id and g.suspended_at is null
        where p.status in ('applied', 'undone', 'rejected', 'failed')
            and not exists (select from public.runs r where r.thread_id = t.id and r.status = 'running')
        order by p.decided_at limit %(limit)s
        """,
        {"limit": limit},
        row=DecidedWait,
    )


async def decided_wait(tx: Transaction, proposal_id: UUID) -> DecidedWait | None:
    """As the service: the thread that waits for this decided proposal."""
    return await tx.fetch_one(
        """
        select t.id as thread_id, t.org_id, t.user_id, p.id as proposal_id
        from public.threads t join public.proposals p on p.org_id = t.org_id and p.id = t.waiting
        where p.id = %(proposal)s and p.status in ('applied', 'undone', 'rejected', 'failed')
        """,
        {"proposal": proposal_id},
        row=DecidedWait,
    )


async def find_thread(tx: Transaction, thread_id: UUID, user_id: UUID) -> Thread | None:
    return await tx.fetch_one(
        # Their own conversation quotes what the organisation has: who left it reads it no more.
        "select * from public.threads where id = %(thread)s and user_id = %(user)s"
        " and org_id = any (app.my_organizations())",
        {"thread": thread_id, "user": user_id},
        row=Thread,
    )


async def list_threads(
    tx: Transaction,
    org_id: UUID,
    user_id: UUID,
    agent_id: str,
    include_archived: bool,
    limit: int,
    after: list[Any] | None,
) -> list[Thread]:
    """Newest first."""
    return await tx.fetch_all(
        """
        select * from public.threads
        where org_id = %(org)s and user_id = %(user)s and agent_id = %(agent)s and (not archived or %(archived)s)
            and (%(after_at)s::timestamptz is null or (updated_at, id) < (%(after_at)s, %(after_id)s::uuid))
        order by updated_at desc, id desc limit %(limit)s
        """,
        {
            "org": org_id,
            "user": user_id,
            "agent": agent_id,
            "archived": include_archived,
            "after_at": after[0] if after else None,
            "after_id": after[1] if after else None,
            "limit": limit,
        },
        row=Thread,
    )


async def change_thread(
    tx: Transaction, thread_id: UUID, user_id: UUID, name: str | None, archived: bool | None
) -> Thread | None:
    return await tx.fetch_one(
        """
        update public.threads set name = coalesce(%(name)s, name), archived = coalesce(%(archived)s, archived)
        where id = %(thread)s and user_id = %(user)s returning *
        """,
        {"thread": thread_id, "user": user_id, "name": name and with_hints(name), "archived": archived},
        row=Thread,
    )


async def delete_thread(tx: Transaction, thread_id: UUID, user_id: UUID) -> Thread | None:
    return await tx.fetch_one(
        "delete from public.threads where id = %(thread)s and user_id = %(user)s returning *",
        {"thread": thread_id, "user": user_id},
        row=Thread,
    )


_LOOK_AROUND: LiteralString = """
    with me as (select * from app.enter(%(organization)s))
    select me.*,
        array(
            (select jsonb_build_object('id', e.id, 'name', e.name, 'start_date', e.start_date, 'end_date', e.end_date,
                    'timezone', e.timezone, 'currency', e.currency, 'venue', v.name, 'status', e.status)
                from public.events e left join public.venues v on v.org_id = e.org_id and v.id = e.venue_id
                where e.org_id = me.org_id and e.start_date >= me.now - interval '1 day' and e.status <> 'archived'
                order by e.start_date, e.id limit %(upcoming)s)
            union all
            (select jsonb_build_object('id', e.id, 'name', e.name, 'start_date', e.start_date, 'end_date', e.end_date,
                    'timezone', e.timezone, 'currency', e.currency, 'venue', v.name, 'status', e.status)
                from public.events e left join public.venues v on v.org_id = e.org_id and v.id = e.venue_id
                where e.org_id = me.org_id and e.start_date < me.now - interval '1 day' and e.status <> 'archived'
                order by e.start_date desc, e.id limit %(recent)s)
        ) as events,
        array(
            select jsonb_build_object('id', v.id, 'name', v.name, 'city', v.city, 'capacity', v.capacity,
                    'timezone', v.timezone)
            from public.venues v where v.org_id = me.org_id order by v.name, v.id limit %(venues)s
        ) as venues
    from me
    """


async def look_around(database: Database, user_id: UUID, organization: UUID | None) -> dict[str, Any] | None:
    """The person's standing, the next events (soonest first) then the recent ones (latest first), and the venues, in one trip."""
    asked = {
        "organization": organization,
        "upcoming": UPCOMING_EVENTS,
        "recent": RECENT_EVENTS,
        "venues": VENUES,
    }
    async with database.session(user_id, opening=(_LOOK_AROUND, asked)) as tx:
        return tx.opened[0] if tx.opened else None
