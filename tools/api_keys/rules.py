"""What a key looks like, and what is decided about keys."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from tools.api_keys.models import ApiKey, KeyRole
from tools.context import SCOPES, Standing
from tools.errors import Conflict, InvalidInput

PREFIX = "gr_"
_SECRET_BYTES = 32
_LENGTH = len(PREFIX) + 22 + 1 + 43


class KeyNameTaken(Conflict):
    code = "key_name_taken"
    title = "A key with this name is in use"
    constraints = ("api_keys_name_key",)
    default_remedy = "Choose another name, or revoke the old key first."


def new_secret() -> str:
    return secrets.token_urlsafe(_SECRET_BYTES)


def spelled(key_id: UUID, secret: str) -> str:
    """`gr_{id}_{secret}`: the prefix lets a scanner of leaked secrets know it."""
    return f"{PREFIX}{base64.urlsafe_b64encode(key_id.bytes).decode().rstrip('=')}_{secret}"


def parsed(text: str) -> tuple[UUID, str] | None:
    """(id, secret) of what looks like a key of ours."""
    if not text.startswith(PREFIX) or len(text) != _LENGTH or not text.isascii() or text[len(PREFIX) + 22] != "_":
        return None
    try:
        key_id = UUID(
            bytes=base64.b64decode(text[len(PREFIX) : len(PREFIX) + 22] + "==", altchars=b"-_", validate=True)
        )
    except ValueError:
        return None
    return key_id, text[-43:]


def digest_of(secret: str) -> str:
    """The secret has 256 random bits: a slow hash would add nothing."""
    return sha256(secret.encode()).hexdigest()


def require_scopes(role: KeyRole, scopes: Sequence[str] | None) -> None:
    """Raises InvalidInput for a scope the role does not have."""
    unknown = sorted(set(scopes or ()) - SCOPES[role])
    if unknown:
        raise InvalidInput(f"Role {role} has no scope {', '.join(unknown)}.", details={"scopes": sorted(SCOPES[role])})


def require_future(expires_at: datetime | None, now: datetime) -> None:
    if expires_at is not None and expires_at <= now:
        raise InvalidInput("expires_at is over.")


def told_made(key: ApiKey, _: Standing) -> str:
    return f"Make the key {key.name} with the rights of {key.role}"


def told_revoked(key: ApiKey, _: Standing) -> str:
    return f"Revoke the key {key.name}"
