"""Writes supabase/types from the migrations: `python -m tests.supabase.write_types`. A test compares what stands there."""

from __future__ import annotations

import tempfile
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from embedded.postgres import EmbeddedPostgres
from tests.postgres import ClonedDatabase
from tests.postgres_keeper import ROOT
from tests.supabase.command_line import MIGRATIONS, CommandLine, command_line
from tests.supabase.project import Project, over_tcp, socket_of
from tests.supabase.relay import port_to
from tools.store.migrations import migrate

TYPES = ROOT / "supabase" / "types"
TYPE_FILES = {"python": TYPES / "public.py", "typescript": TYPES / "public.ts"}


def types_of(supabase: CommandLine, project: Project, language: str) -> str:
    made = supabase(project, "gen", "types", "--lang", language, "--schema", "public")
    assert made.code == 0, made.err
    return made.out


def write() -> None:
    with tempfile.TemporaryDirectory() as here:
        folder = Path(here)
        folder.chmod(0o711)
        with EmbeddedPostgres.start(folder / "postgres", fast=True) as server:
            server.prepare()
            migrate(server.dsn(), MIGRATIONS)
            database = ClonedDatabase("postgres", server.dsn(user="greenroom"), server.dsn())
            password = str(conninfo_to_dict(server.dsn())["password"])
            with port_to(socket_of(database)) as port:
                project = Project(database, over_tcp("postgres", password, port, "postgres"))
                for language, file in TYPE_FILES.items():
                    file.write_text(types_of(command_line(folder / language), project, language))


if __name__ == "__main__":
    write()
