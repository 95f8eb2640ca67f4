"""A second opinion on row-level security: rls-policy-tester audits the catalogue, and nothing it finds is left unexplained."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest

from tests.postgres import ClonedDatabase

_INVOKER = "select coalesce(reloptions, '{}') && array['security_invoker=true'] from pg_class where oid = %s::regclass"
EXPLAINED: dict[str, tuple[str, LiteralString]] = {
    # finding: (why it is as it should be, what proves it, of the thing it names)
    "audit.public.ledger.view": ("it runs as its caller; the tool knows `on`, and we write `true`", _INVOKER),
    "audit.public.sales_lines.view": ("it runs as its caller; the tool knows `on`, and we write `true`", _INVOKER),
}

PLANTED: dict[str, tuple[LiteralString, str]] = {
    # mistake: (how it is made, the finding that must name it)
    "row-level security off": (
        "alter table public.events disable row level security",
        "audit.public.events.rls_disabled",
    ),
    "a table nobody may reach by a policy": (
        "create table public.bare (id uuid); alter table public.bare enable row level security",
        "audit.public.bare.no_policies",
    ),
    "a policy using (true)": (
        "create policy open on public.events for select to authenticated using (true)",
        "audit.public.events.open",
    ),
    "a policy with check (true)": (
        "alter policy members_insert on public.events with check (true)",
        "audit.public.events.members_insert",
    ),
}


def audit(database: ClonedDatabase) -> tuple[int, dict[str, str]]:
    """The exit code, and each finding that is not a pass."""
    tester = Path(sys.executable).with_name("rls-policy-tester")
    command = [tester, "--dsn", database.admin_dsn, "--audit-schema", "public", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    findings = json.loads(done.stdout)["findings"]
    assert len(findings) > 30, done.stdout + done.stderr
    return done.returncode, {each["id"]: each["message"] for each in findings if each["status"] != "PASS"}


def test_nothing_is_left_unexplained(database: ClonedDatabase) -> None:
    code, findings = audit(database)
    assert {name: told for name, told in findings.items() if name not in EXPLAINED} == {}
    assert code == 0
    assert set(EXPLAINED) <= set(findings)
    with psycopg.connect(database.admin_dsn) as connection:
        for finding, (why, proof) in EXPLAINED.items():
            named = ".".join(finding.split(".")[1:3])
            assert connection.execute(proof, (named,)).fetchone() == (True,), why


@pytest.mark.parametrize("mistake", PLANTED)
def test_a_planted_mistake_is_found_by_it(database: ClonedDatabase, mistake: str) -> None:
    statement, finding = PLANTED[mistake]
    with psycopg.connect(database.admin_dsn, autocommit=True) as connection:
        connection.execute(statement)
    code, findings = audit(database)
    assert finding in findings, findings
    assert code == 1
