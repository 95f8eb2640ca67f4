"""What may be set about the embedded file server."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from pathlib import Path

from embedded.auth import AuthSettings


@dataclass(frozen=True, slots=True)
class StorageSettings:
    """`folder` is where contents lie; `auth` is the identity server whose keys and tokens are believed. Sizes are bytes."""

    folder: Path
    auth: AuthSettings
    # Supabase's own default.
    largest_object: int = 50 * 1024 * 1024
    upload_link_seconds: int = 7200

    def link_key(self, purpose: str) -> bytes:
        """A secret per purpose, so that a link to read can never be one to write."""
        return hmac.digest(self.auth.keyring.refresh_secret, f"storage/{purpose}".encode(), hashlib.sha256)
