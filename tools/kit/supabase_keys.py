"""What a project's API key is for, read off the key itself: the new kind says so in its first letters, the legacy kind is a JWT."""

from __future__ import annotations

import base64
import json

_BEGINNINGS = {"sb_publishable_": "anon", "sb_secret_": "service_role"}


def role_of(key: str) -> str | None:
    """`anon`, `service_role` or whatever the key names; None for one that does not tell. The signature is not looked at."""
    for beginning, means in _BEGINNINGS.items():
        if key.startswith(beginning):
            return means
    parts = key.split(".")
    if len(parts) != 3:
        return None
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except ValueError:
        return None
    role = claims.get("role") if isinstance(claims, dict) else None
    return role if isinstance(role, str) else None
