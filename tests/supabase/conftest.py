"""One project per module, with every migration pushed by the Supabase command line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.postgres import PostgresCluster
from tests.supabase.command_line import MIGRATIONS, CommandLine, command_line
from tests.supabase.project import Project, new_project
from tools.store.migrations import migrate


@pytest.fixture(scope="module")
def supabase(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    return command_line(tmp_path_factory.mktemp("command-line"))


@pytest.fixture(scope="session")
def migrated_project(postgres_cluster: PostgresCluster) -> Iterator[Project]:
    """By our own runner, as the owner: no command line is needed. Tests leave organisations of their own in it."""
    with new_project(postgres_cluster) as project:
        migrate(project.url, MIGRATIONS)
        yield project


@pytest.fixture
def empty_project(postgres_cluster: PostgresCluster) -> Iterator[Project]:
    with new_project(postgres_cluster) as project:
        yield project


@pytest.fixture(scope="module")
def project(postgres_cluster: PostgresCluster, supabase: CommandLine) -> Iterator[Project]:
    with new_project(postgres_cluster) as project:
        pushed = supabase.push(project)
        assert pushed.code == 0, pushed.err
        yield project
