"""Signatures with the service's secret: what we gave away comes back unchanged, or it is not ours. Knows no noun and no wire."""

from __future__ import annotations

import base64
import hmac
from hashlib import sha256

SIGNATURE_BYTES = 16
"""128 bits: beyond guessing, and short enough for an address."""


class Signer:
    """HMAC-SHA256. What is signed for one purpose is worth nothing for another."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def signature(self, purpose: str, body: bytes, *, size: int = SIGNATURE_BYTES) -> bytes:
        """`size` bytes over the purpose and the body."""
        named = purpose.encode()
        # The length first, so that no purpose can pass for a shorter one with the rest of it in the body.
        message = len(named).to_bytes(4, "big") + named + body
        return hmac.new(self._secret, message, sha256).digest()[:size]

    def seal(self, purpose: str, body: bytes) -> str:
        """The body with its signature, as text that may stand in an address. It can be read by anybody, and changed by nobody."""
        return base64.urlsafe_b64encode(self.signature(purpose, body) + body).decode().rstrip("=")

    def unseal(self, purpose: str, sealed: str) -> bytes | None:
        """The body of what `seal(purpose, …)` made; None for any other text, also for one that only decodes to the same bytes."""
        try:
            raw = base64.urlsafe_b64decode(sealed.encode() + b"=" * (-len(sealed) % 4))
        except ValueError:
            return None
        signature, body = raw[:SIGNATURE_BYTES], raw[SIGNATURE_BYTES:]
        if not hmac.compare_digest(signature, self.signature(purpose, body)):
            return None
        return body if hmac.compare_digest(sealed.encode(), self.seal(purpose, body).encode()) else None
