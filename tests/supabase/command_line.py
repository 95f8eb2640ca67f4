"""The Supabase command line, as `make supabase-cli` puts it beside this file. It reaches databases by URL and needs no Docker."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.postgres_keeper import ROOT
from tests.supabase.project import Project

PROGRAM = Path(__file__).parent / "cli" / "node_modules" / ".bin" / "supabase"
MIGRATIONS = ROOT / "supabase" / "migrations"
_NO_DATA_API = "[api]\nenabled = false"
PREVIOUS_RELEASE_ENDS = "20261123001700"
"""Migrations before this version are those of the previous release."""


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str

    @property
    def findings(self) -> list[dict[str, Any]]:
        """What a linter printed; nothing found is printed as nothing."""
        found: list[dict[str, Any]] = json.loads(self.out) if self.out.strip() else []
        return found


@dataclass(frozen=True)
class CommandLine:
    """`folder` holds the supabase/ folder that the commands work on."""

    folder: Path

    def __call__(self, project: Project, *command: str) -> Said:
        known = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "TMPDIR")}
        done = subprocess.run(
            [PROGRAM, *command, "--workdir", self.folder, f"--remote={project.url}"],
            env=known | {"HOME": str(self.folder), "SUPABASE_TELEMETRY_DISABLED": "1", "DO_NOT_TRACK": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=110,
            check=False,
        )
        return Said(done.returncode, done.stdout, done.stderr)

    def push(self, project: Project) -> Said:
        return self(project, "db", "push", "--yes", "--include-roles")


def command_line(folder: Path, *, before: str | None = None) -> CommandLine:
    """On a copy of our supabase/ folder, without the migrations from version `before` on. Skips, aloud, where it is not installed."""
    if not PROGRAM.exists():
        pytest.skip("the Supabase command line is not installed: make supabase-cli")
    migrations = folder / "supabase" / "migrations"
    migrations.mkdir(parents=True)
    # With the Data API off, as ours is, the advisors would not look at what it would offer.
    config = (ROOT / "supabase" / "config.toml").read_text()
    assert config.count(_NO_DATA_API) == 1
    (folder / "supabase" / "config.toml").write_text(config.replace(_NO_DATA_API, "[api]\nenabled = true"))
    shutil.copy(ROOT / "supabase" / "roles.sql", folder / "supabase")
    for file in sorted(MIGRATIONS.glob("*.sql")):
        if before is None or file.name < before:
            shutil.copy(file, migrations)
    return CommandLine(folder)
