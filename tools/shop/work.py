"""Small work for those who ask often: a puzzle that costs a moment, tied to one hold, so that nothing has to be remembered. Pure."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from tools.errors import AppError
from tools.kit.signing import Signer
from tools.shop.models import Proof

FREE_HOLDS = 5
"""Holds of one address at one event within ten minutes that cost no work: a family that changes its mind."""
LEAST_BITS = 16
"""65,000 hashes on average: a twentieth of a second in a browser on a desk."""
MOST_BITS = 20
"""A million: behind a shared address the last in a crowd waits a second or two, and is not shut out."""
HOLDS_PER_BIT = 5
CHALLENGE_SECONDS = 300
_PURPOSE = "shop work"


class ProofNeeded(AppError):
    code = "proof_needed"
    status = 428
    title = "Show that you are in no hurry"
    retryable = True
    default_remedy = "Find a nonce for the challenge and send both as `proof`, with the same hold id."


class TooManyHeld(AppError):
    code = "too_many_held"
    status = 429
    title = "Too many tickets are kept from your network"
    retryable = True
    default_remedy = "Finish or give up one of the other purchases first."


@dataclass(frozen=True, slots=True)
class Challenge:
    event_id: UUID
    peer: str
    bits: int
    until: int


def bits_needed(lately: int) -> int:
    """Leading zero bits asked of an address that made `lately` holds within ten minutes; 0: nothing."""
    if lately < FREE_HOLDS:
        return 0
    return min(LEAST_BITS + (lately - FREE_HOLDS) // HOLDS_PER_BIT, MOST_BITS)


def reach(bits: int) -> int:
    """How many holds within ten minutes work of so many bits allows to have asked for."""
    if bits >= MOST_BITS:
        return 10**9
    return FREE_HOLDS - 1 + max(0, bits - LEAST_BITS + 1) * HOLDS_PER_BIT


def challenge(signer: Signer, event_id: UUID, peer: str, bits: int) -> str:
    until = int(time.time()) + CHALLENGE_SECONDS
    return signer.seal(_PURPOSE, json.dumps([str(event_id), peer, bits, until], separators=(",", ":")).encode())


def bits_shown(signer: Signer, event_id: UUID, peer: str, hold_id: UUID, proof: Proof | None) -> int:
    """How much work the proof shows for this hold; 0 for one of another event, address, hold or time."""
    body = signer.unseal(_PURPOSE, proof.challenge) if proof else None
    if proof is None or body is None:
        return 0
    event, of_peer, bits, until = json.loads(body)
    if (event, of_peer) != (str(event_id), peer) or until < time.time():
        return 0
    return bits if solves(proof.challenge, hold_id, proof.nonce, bits) else 0


def solves(challenge_text: str, hold_id: UUID, nonce: str, bits: int) -> bool:
    """SHA-256 of `<seed>.<nonce>` begins with so many zero bits; the seed is 32 hex digits of SHA-256 of `<challenge>.<hold>`."""
    seed = sha256(f"{challenge_text}.{hold_id}".encode()).hexdigest()[:32]
    digest = sha256(f"{seed}.{nonce}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> (64 - bits) == 0
