"""What may be set about the embedded identity server. Keys live in the keyring, not here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from email.message import EmailMessage

from embedded.auth.keyring import Keyring

Post = Callable[[EmailMessage], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class AuthSettings:
    """`url` is the origin the page is served from; tokens name `{url}/auth/v1` as their issuer. Times are seconds."""

    url: str
    keyring: Keyring
    # Without one, mails go nowhere, as on a Supabase without a mail server.
    post: Post | None = None
    sender: str = "identity@localhost"
    access_token_seconds: int = 3600
    # A client that lost the answer to a refresh may ask again for this long; Supabase's default.
    refresh_reuse_seconds: int = 10
    sign_up_open: bool = True
    # A new account signs in only after the link of its confirmation mail was followed.
    confirm_addresses: bool = False
    # Where addresses are confirmed, a change of address takes both.
    both_addresses_confirm: bool = True
    one_time_seconds: int = 3600
    # Between two mails of one kind to one account; Supabase's default.
    mail_pause_seconds: int = 60
    # Counted only where addresses are confirmed, as on Supabase.
    mails_per_hour: int = 30
    flow_seconds: int = 300
    # A session that was signed in to a day ago or longer changes the password only with a code from a mail.
    reauthenticate_for_password: bool = False
    # Further addresses links may lead back to, besides this site.
    redirects: tuple[str, ...] = ()
    min_password_length: int = 8
    failures_per_address: int = 10
    # One office or school shares an address, so a peer gets more room than an account.
    failures_per_peer: int = 50
    failure_window_seconds: int = 300
    # OWASP's smallest recommended argon2id setting (19 MiB, two passes, one lane): about 35 ms on a laptop core.
    hash_passes: int = 2
    hash_kibibytes: int = 19_456
    hashes_at_once: int = 2
    hashes_waiting: int = 200

    @property
    def issuer(self) -> str:
        return f"{self.url.rstrip('/')}/auth/v1"
