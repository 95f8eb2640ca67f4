"""What a Supabase project is asked before a release: the migrations apply, its linters find nothing, the types are those committed."""

from __future__ import annotations

import psycopg
import pytest

from tests.postgres import PostgresCluster
from tests.postgres_keeper import TEMPLATE
from tests.supabase.command_line import MIGRATIONS, CommandLine
from tests.supabase.project import OWNER, Project
from tests.supabase.write_types import TYPE_FILES, types_of
from tools.store.migrations import migrate, pending

# Who may do what to whatever the migrations made; the owner and its like are left out.
_GRANTS = """
with given as (
    select n.nspname || '.' || c.relname as thing, c.relacl as acl from pg_class c join pg_namespace n on n.oid = c.relnamespace
    union all select p.oid::regprocedure::text, coalesce(p.proacl, acldefault('f', p.proowner))
        from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    union all select 'schema ' || n.nspname, n.nspacl from pg_namespace n
    union all select a.attrelid::regclass || '.' || a.attname, a.attacl from pg_attribute a where a.attacl is not null)
select g.thing, r.grantee::regrole::text, r.privilege_type from given g, aclexplode(g.acl) r
where r.grantee::regrole::text in ('-', 'anon', 'authenticated', 'service_role')
    and g.thing !~ '^(schema )?(pg_|information_schema|extensions|auth)' and g.thing ~ '(^|\\.| )(public|app|agent|jobs)'
order by 1, 2, 3
"""


def test_what_was_pushed_is_what_our_own_runner_knows(project: Project, supabase: CommandLine) -> None:
    assert pending(project.database.admin_dsn, MIGRATIONS) == []
    listed = supabase(project, "migration", "list", "--output-format", "json")
    assert listed.code == 0, listed.err
    for file in MIGRATIONS.glob("*.sql"):
        assert listed.out.count(file.name[:14]) >= 2, "there and here"


@pytest.mark.long
def test_what_our_runner_applied_needs_no_push(empty_project: Project, supabase: CommandLine) -> None:
    assert len(migrate(empty_project.url, MIGRATIONS)) == len(list(MIGRATIONS.glob("*.sql")))
    pushed = supabase.push(empty_project)
    assert pushed.code == 0, pushed.err
    assert "up to date" in pushed.out + pushed.err


def test_the_owner_of_a_project_is_no_superuser_and_owns_all_of_it(project: Project) -> None:
    assert project.sql("select rolsuper from pg_roles where rolname = %s", OWNER) == [(False,)]
    owned = "select count(*) from pg_class where relnamespace = 'public'::regnamespace and relowner <> %s::regrole"
    assert project.sql(owned, OWNER) == [(0,)]


def test_a_project_that_opens_new_tables_to_everybody_grants_no_more_than_ours(
    project: Project, postgres_cluster: PostgresCluster
) -> None:
    with postgres_cluster.clone(TEMPLATE) as ours:
        plain = Project(ours, "").sql(_GRANTS)
    assert len(plain) > 200
    assert project.sql(_GRANTS) == plain


def test_the_advisors_find_nothing_to_warn_of(project: Project, supabase: CommandLine) -> None:
    asked = supabase(project, "db", "advisors", "--level", "warn", "--fail-on", "warn")
    assert [(found["name"], found["detail"]) for found in asked.findings] == []
    assert asked.code == 0, asked.err


def test_the_linter_finds_nothing_to_warn_of(project: Project, supabase: CommandLine) -> None:
    _needs_plpgsql_check(project)
    asked = _lint(project, supabase)
    assert asked == []


@pytest.mark.parametrize("language", ["python", pytest.param("typescript", marks=pytest.mark.long)])
def test_the_committed_types_are_those_of_the_migrations(
    project: Project, supabase: CommandLine, language: str
) -> None:
    assert types_of(supabase, project, language) == TYPE_FILES[language].read_text(), "run make supabase-types"


_FLAWED = """
create table public.forgotten (id uuid primary key);
create function app.sloppy() returns void language plpgsql as $$ begin end $$;
"""

_UNTYPED = """
create function app.untyped() returns void language plpgsql set search_path = ''
    as $$ declare ids uuid[] := '{}'; begin perform ids; end $$;
"""


@pytest.mark.long
def test_a_flaw_in_a_migration_is_found(empty_project: Project, supabase: CommandLine) -> None:
    assert migrate(empty_project.url, MIGRATIONS)
    with psycopg.connect(empty_project.url) as owner:
        owner.execute(_FLAWED)
    asked = supabase(empty_project, "db", "advisors", "--level", "warn", "--fail-on", "warn")
    assert asked.code != 0
    assert {(found["name"], found["metadata"]["name"]) for found in asked.findings} >= {
        ("rls_disabled_in_public", "forgotten"),
        ("function_search_path_mutable", "sloppy"),
    }


@pytest.mark.long
def test_a_variable_of_another_type_is_found(empty_project: Project, supabase: CommandLine) -> None:
    _needs_plpgsql_check(empty_project)
    assert migrate(empty_project.url, MIGRATIONS)
    empty_project.sql(_UNTYPED)
    assert [found["function"] for found in _lint(empty_project, supabase)] == ["app.untyped"]


def _lint(project: Project, supabase: CommandLine) -> list[dict[str, object]]:
    asked = supabase(project, "db", "lint", "--level", "warning", "--fail-on", "warning", "--schema", "app,public")
    found = asked.findings
    assert (asked.code == 0) == (found == []), asked.err
    return found


def _needs_plpgsql_check(project: Project) -> None:
    if not project.sql("select 1 from pg_available_extensions where name = 'plpgsql_check'"):
        pytest.skip("this Postgres has no plpgsql_check: apt-get install postgresql-15-plpgsql-check")
    # An extension of the platform's: its superuser makes it, not the owner of a project.
    project.sql("create extension if not exists plpgsql_check schema extensions")
