"""The audit, as somebody who holds the service's own login finds it: to be read and added to, never changed; and a change shows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import LiteralString

import psycopg
import pytest

from tests.office import Office, open_office
from tests.postgres import ClonedDatabase

ROLES = (None, "authenticated", "service_role", "anon")
"""Those the service's login may take on; None is the login itself."""

CHANGES: tuple[LiteralString, ...] = (
    "update public.audit set summary = 'nothing happened'",
    "update public.audit set seal = null",
    "delete from public.audit",
    "truncate public.audit",
    "insert into public.audit (org_id, actor_kind, operation, effect) select id, 'person', 'x', 'write' from public.organizations",
    "alter table public.audit disable trigger all",
    "alter table public.audit disable row level security",
    "drop table public.audit",
)

_REPLAYED: LiteralString = """
    with recursive entries as (
        select row_number() over (partition by a.org_id order by a.id) as place, a.org_id, a.id, a.seal,
            (to_jsonb(a) - 'seal')::text as told
        from public.audit a where a.seal is not null
    ), replayed as (
        select org_id, place, id, seal, encode(sha256(convert_to(told, 'UTF8')), 'hex') as again from entries where place = 1
        union all
        select e.org_id, e.place, e.id, e.seal, encode(sha256(convert_to(r.again || e.told, 'UTF8')), 'hex')
        from replayed r join entries e on (e.org_id, e.place) = (r.org_id, r.place + 1)
    )
    select id from replayed where seal <> again order by id
"""


@pytest.fixture
async def sealed(database: ClonedDatabase) -> AsyncIterator[Office]:
    """Five entries, all of them sealed."""
    async with open_office(database) as office:
        for number in range(5):
            await office.do("create_venue", name=f"Venue {number}")
        office.sql("update public.audit set at = at - interval '1 minute'")
        assert office.sql("select app.seal_audit()") == [(5,)]
        yield office


def broken(office: Office) -> list[int]:
    """Entries whose seal is not what the entries up to them make."""
    return [int(entry) for (entry,) in office.sql(_REPLAYED)]


@pytest.mark.parametrize("role", ROLES)
def test_nobody_the_service_can_be_changes_an_entry(sealed: Office, database: ClonedDatabase, role: str | None) -> None:
    before = sealed.sql("select * from public.audit order by id")
    for change in CHANGES:
        with psycopg.connect(database.dsn) as connection:
            if role:
                connection.execute("select set_config('role', %s, false)", (role,))
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(change)
    assert sealed.sql("select * from public.audit order by id") == before


def test_the_owner_of_the_table_could(sealed: Office) -> None:
    """The negative control: the statements are good ones, it is the right that is missing."""
    sealed.sql("update public.audit set summary = 'nothing happened'")
    assert sealed.sql("select distinct summary from public.audit") == [("nothing happened",)]


def test_an_untouched_chain_is_whole(sealed: Office) -> None:
    assert broken(sealed) == []


TAMPERING: dict[str, tuple[LiteralString, int]] = {
    # how: (what is done to the third entry, how many seals no longer fit)
    "an entry is changed": ("update public.audit set summary = 'nothing happened' where id = %s", 3),
    "an entry is removed": ("delete from public.audit where id = %s", 2),
    "an entry is dated back": ("update public.audit set at = at - interval '1 year' where id = %s", 3),
    "an entry is said to be somebody else's": ("update public.audit set actor_id = gen_random_uuid() where id = %s", 3),
    "an entry gets a seal of its own": ("update public.audit set seal = repeat('0', 64) where id = %s", 1),
}


@pytest.mark.parametrize("how", TAMPERING)
def test_whoever_tampers_all_the_same_is_seen(sealed: Office, how: str) -> None:
    statement, unfit = TAMPERING[how]
    third = sealed.sql("select id from public.audit order by id offset 2 limit 1")[0][0]
    sealed.sql(statement, third)
    assert len(broken(sealed)) == unfit
    assert min(broken(sealed)) >= third
