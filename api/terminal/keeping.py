"""The sign-in that the command line keeps between two calls: a file that only its owner reads."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from secrets import token_hex

import typer

_FILE = "sign-in.json"


@dataclass(frozen=True, slots=True)
class SignIn:
    """`token` is an API key, or an access token that `refresh_token` renews."""

    url: str
    token: str
    refresh_token: str | None = None
    email: str | None = None
    organization: str | None = None

    def __repr__(self) -> str:
        return f"SignIn({self.url!r}, {self.email!r})"


def folder() -> Path:
    return Path(typer.get_app_dir("greenroom"))


def load() -> SignIn | None:
    """What was kept; None when nothing was, or nothing that can be read."""
    try:
        kept = json.loads((folder() / _FILE).read_text())
        return SignIn(**{each.name: kept.get(each.name) for each in fields(SignIn)})
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def save(sign_in: SignIn) -> Path:
    """Keeps it in place of what was there. Nobody sees half of it, and nobody else any of it."""
    home = folder()
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh, path = home / f".{token_hex(8)}", home / _FILE
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(asdict(sign_in), file)
    fresh.replace(path)
    return path


def forget() -> bool:
    """Whether there was something to forget."""
    try:
        (folder() / _FILE).unlink()
    except FileNotFoundError:
        return False
    return True


@contextmanager
def alone() -> Iterator[None]:
    """One process at a time: a refresh token is good once, and using it twice ends the session."""
    home = folder()
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (home / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
