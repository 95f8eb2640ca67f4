"""Optimistic concurrency: a change names the version it was made on. Knows no noun."""

from __future__ import annotations

from tools.errors import PreconditionFailed


def require_version(seen: int | None, present: int) -> None:
    """Raises PreconditionFailed when the caller saw another version than the present one. None: the caller did not say."""
    if seen is not None and seen != present:
        raise PreconditionFailed(details={"version": present})
