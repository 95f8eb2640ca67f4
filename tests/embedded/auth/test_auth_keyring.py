"""The keyring file: made once, for its owner only, and never half written."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from embedded.auth import Keyring, KeyringError, prepare_auth
from embedded.auth.keyring import FILE_NAME
from tests.postgres import ClonedDatabase


def test_a_second_start_finds_the_same_keys(tmp_path: Path) -> None:
    first, second = Keyring.load_or_create(tmp_path), Keyring.load_or_create(tmp_path)
    assert first.publishable_key == second.publishable_key
    assert first.secret_key == second.secret_key
    assert first.public_keys() == second.public_keys()
    assert first.publishable_key.startswith("sb_publishable_")
    assert first.secret_key.startswith("sb_secret_")


def test_only_the_owner_reads_the_file(tmp_path: Path) -> None:
    keyring = Keyring.load_or_create(tmp_path / "fresh")
    keyring.rotate()
    assert stat.S_IMODE((tmp_path / "fresh" / FILE_NAME).stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "fresh").iterdir()] == [FILE_NAME]


def test_a_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    Keyring.load_or_create(tmp_path)
    (tmp_path / FILE_NAME).chmod(0o644)
    with pytest.raises(KeyringError, match="can be read by others"):
        Keyring.load_or_create(tmp_path)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"signing_keys": []}', "\ufeff{"])
def test_a_damaged_file_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / FILE_NAME
    path.touch(mode=0o600)
    path.write_text(content)
    with pytest.raises(KeyringError, match=FILE_NAME):
        Keyring.load_or_create(tmp_path)


def test_eight_first_starts_at_once_agree_on_the_keys(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        keyrings = list(threads.map(lambda _: Keyring.load_or_create(tmp_path), range(8)))
    assert len({keyring.secret_key for keyring in keyrings}) == 1
    assert len({keyring.key_id for keyring in keyrings}) == 1


def test_a_rotated_key_survives_a_restart(tmp_path: Path) -> None:
    keyring = Keyring.load_or_create(tmp_path)
    retired = keyring.key_id
    keyring.rotate()
    again = Keyring.load_or_create(tmp_path)
    assert [key["kid"] for key in again.public_keys()] == [keyring.key_id, retired]
    assert again.key_id != retired


def test_the_tables_are_made_once_and_again_and_by_four_at_once(module_database: ClonedDatabase) -> None:
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(prepare_auth, [module_database.admin_dsn] * 4))
    prepare_auth(module_database.admin_dsn)


@pytest.mark.parametrize("table", ["sessions", "refresh_tokens", "identities", "users"])
def test_the_application_cannot_read_the_identity_tables(module_database: ClonedDatabase, table: str) -> None:
    prepare_auth(module_database.admin_dsn)
    with psycopg.connect(module_database.admin_dsn) as administrator:
        administrator.execute(f"select * from auth.{table}".encode())
    for role in ("none", "anon", "authenticated", "service_role"):
        with psycopg.connect(module_database.dsn) as application:
            application.execute(f"set role {role}".encode())
            with pytest.raises(InsufficientPrivilege):
                application.execute(f"select * from auth.{table}".encode())
