"""Secrets stand where they are needed and nowhere else: not in what a program prints of itself, not in what is checked in."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from api.composition import compose, outside_of
from tools.kit.sealing import new_keys
from tools.kit.settings import Settings

ROOT = Path(__file__).parents[2]
CANARY = "canary-of-a-secret-of-thirty-two-characters"
COMPLETE: dict[str, Any] = {
    "greenroom_env": "production",
    "supabase_url": "https://project.supabase.test",
    "supabase_publishable_key": "sb_publishable_which_anybody_may_see",
    "supabase_secret_key": f"sb_secret_{CANARY}",
    "supabase_jwt_secret": CANARY,
    "database_url": f"postgresql://greenroom:{CANARY}@db.test/x?sslmode=verify-full",
    "database_session_url": f"postgresql://greenroom:{CANARY}@db.test:5432/x?sslmode=verify-full",
    "greenroom_secret": CANARY,
    "redis_url": f"redis://:{CANARY}@127.0.0.1:1/0",
    "public_url": "https://tickets.test",
    "smtp_url": f"smtps://user:{CANARY}@mail.test",
    "mail_from": "tickets@example.org",
    "openai_api_key": CANARY,
    "greenroom_model": "gpt-x",
    "stripe_secret_key": f"sk_test_{CANARY}",
    "stripe_webhook_secret": f"whsec_{CANARY}",
}

CHECKED_IN = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/]{40}"
    r"|\bsk_live_[A-Za-z0-9]{16}|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}|\bxox[abprs]-[A-Za-z0-9-]{20}|\bsk-[A-Za-z0-9]{32}"
    r"|\bsb_secret_[A-Za-z0-9_-]{24,}|\bwhsec_[A-Za-z0-9+/]{32}|\bgr_[A-Za-z0-9_-]{60}"
    r"|\beyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{40,}\.[A-Za-z0-9_-]{40,}"
)
"""Keys as those who issue them write them, private keys, and tokens that are signed."""
MARKS = (
    b"PRIVATE KEY-", b"sk_live_", b"AKIA", b"gho_", b"ghp_", b"ghr_", b"ghs_", b"ghu_", b"xox", b"sk-", b"sb_secret_", b"whsec_", b"gr_",
    b".eyJ",
)  # fmt: skip
"""What each of them has in it."""


def secrets_in(files: list[Path]) -> list[str]:
    found = []
    for path in files:
        content = path.read_bytes()
        # Looking for a fixed word first is a hundred times as fast.
        if any(mark in content for mark in MARKS) and (hit := CHECKED_IN.search(content.decode(errors="replace"))):
            found.append(f"{path.name}: {hit.group()[:12]}…")
    return found


def tracked() -> list[Path]:
    command = ["git", "ls-files"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def test_no_secret_is_checked_in() -> None:
    files = tracked()
    assert len(files) > 500
    assert secrets_in(files) == []


@pytest.mark.parametrize(
    "secret",
    [
        "sk_" + "live_" + "4eC39HqLyjWDarjtT1zdp7dc",
        "AKIA" + "IOSFODNN7EXAMPLE",
        "gh" + "p_" + "a1B2" * 9,
        "sb_" + "secret_" + "abcdefghijklmnopqrstuvwxyz",
        "-----BEGIN PRIVATE" + " KEY-----\n" + "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0w" + "\n",
        "ey" + "J" + "a" * 30 + ".ey" + "J" + "b" * 50 + "." + "c" * 43,
    ],
)
def test_a_secret_that_is_checked_in_is_found(tmp_path: Path, secret: str) -> None:
    """The negative control."""
    (tmp_path / "settings.py").write_text(f'KEY = "{secret}"\n')
    assert len(secrets_in([tmp_path / "settings.py"])) == 1


def test_nothing_of_the_service_prints_a_secret(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, greenroom_data=tmp_path, greenroom_field_keys=new_keys(), **COMPLETE)
    given = {name for name, value in settings if isinstance(value, SecretStr)}
    assert given == {name for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)} - {
        "greenroom_index_key"
    }
    assert settings.supabase_jwt_secret is not None
    assert settings.supabase_jwt_secret.get_secret_value() == CANARY
    outside = outside_of(settings)
    parts = compose(settings, outside)
    keys = settings.greenroom_field_keys
    assert keys is not None
    greenroom = parts.greenroom
    for part in (settings, outside, parts, greenroom, greenroom.files, parts.verifier, parts.identity, parts.limits):
        for secret in (CANARY, keys.get_secret_value()):
            assert secret not in repr(part), type(part)
            assert secret not in str(part), type(part)
    assert CANARY not in settings.model_dump_json()


def test_a_setting_that_is_refused_is_not_quoted(tmp_path: Path) -> None:
    wrong: dict[str, Any] = {
        "supabase_secret_key": f"sb_publishable_{CANARY}",
        "smtp_url": f"ftp://user:{CANARY}@mail.test",
    }
    with pytest.raises(ValidationError) as refused:
        Settings(_env_file=None, greenroom_data=tmp_path, **(COMPLETE | wrong))
    assert CANARY not in str(refused.value)
    assert CANARY not in repr(refused.value)
