"""What may be set about the embedded identity server. Keys live in the keyring, not here."""

from __future__ import annotations

from dataclasses import dataclass

from embedded.auth.keyring import Keyring


@dataclass(frozen=True, slots=True)
class AuthSettings:
    """`url` is the origin the page is served from; tokens name `{url}/auth/v1` as their issuer. Times are seconds."""

    url: str
    keyring: Keyring
    access_token_seconds: int = 3600
    # A client that lost the answer to a refresh may ask again for this long; Supabase's default.
    refresh_reuse_seconds: int = 10
    sign_up_open: bool = True
    min_password_length: int = 8
    failures_per_address: int = 10
    # One office or school shares an address, so a peer gets more room than an account.
    failures_per_peer: int = 50
    failure_window_seconds: int = 300
    hashes_at_once: int = 2
    hashes_waiting: int = 200

    @property
    def issuer(self) -> str:
        return f"{self.url.rstrip('/')}/auth/v1"
