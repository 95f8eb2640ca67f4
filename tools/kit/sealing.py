"""Personal fields at rest: AES-256-GCM bound to the place they stand in, keys that rotate, blind indexes. Knows no noun and no SQL."""

from __future__ import annotations

import base64
import hmac
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tools.errors import Bug

MARK = "sealed:"
VERSION = 1
KEY_BYTES = 32
NONCE_BYTES = 12
"""Random: with 2^32 fields under one key two alike are less likely than one in 2^32; a key is to be rotated long before."""
_HEADER_BYTES = 3
"""The version and the key's id: a whole number of base64's letters, so that a prefix of the text tells them."""
_LAST_KEY_ID = 0xFFFF


class UnknownFieldKey(Bug):
    code = "field_key_unknown"
    title = "A stored field is sealed with a key this service was not given"


class SealBroken(Bug):
    code = "field_seal_broken"
    title = "A stored field is not what was sealed there"


class Place(NamedTuple):
    """Where a field stands. What was sealed in one place opens in no other."""

    table: str
    column: str
    org_id: UUID
    row_id: UUID

    def bound(self) -> bytes:
        """The place as bytes, each part with its length, so that no two places read alike."""
        parts = [self.table.encode(), self.column.encode(), self.org_id.bytes, self.row_id.bytes]
        return b"".join(len(part).to_bytes(2, "big") + part for part in parts)


@dataclass(frozen=True, slots=True)
class FieldKey:
    id: int
    secret: bytes

    def __post_init__(self) -> None:
        if not 1 <= self.id <= _LAST_KEY_ID or len(self.secret) != KEY_BYTES:
            raise ValueError(f"a field key has an id of 1 to {_LAST_KEY_ID} and {KEY_BYTES} bytes")


class Sealer:
    """Seals with the first key and opens with any."""

    def __init__(self, keys: Iterable[FieldKey]) -> None:
        given = list(keys)
        if not given or len({key.id for key in given}) != len(given):
            raise ValueError("field keys need an id each, and there must be one at least")
        self._primary = given[0].id
        self._ciphers = {key.id: AESGCM(key.secret) for key in given}
        # A key of its own for each purpose, as good as a random one.
        self._index_keys = [hmac.new(key.secret, b"greenroom blind index", sha256).digest() for key in given]

    @classmethod
    def parse(cls, text: str) -> Sealer:
        """From `2:base64,1:base64`, the first one sealing. Raises ValueError with a sentence that holds no key."""
        keys = []
        for entry in text.split(","):
            number, _, encoded = entry.strip().partition(":")
            try:
                keys.append(FieldKey(int(number), base64.b64decode(encoded, validate=True)))
            except ValueError:
                raise ValueError(
                    "must be id:base64 of 32 bytes, several separated by commas, the first one seals"
                ) from None
        return cls(keys)

    @classmethod
    def of_the_moment(cls) -> Sealer:
        """With a key that ends with this process: what it sealed is lost then."""
        return cls([FieldKey(1, secrets.token_bytes(KEY_BYTES))])

    @property
    def prefix(self) -> str:
        """What every text sealed with the first key starts with; another start is due for sealing anew."""
        return MARK + base64.b64encode(_header(self._primary)).decode()

    def seal(self, place: Place, text: str) -> str:
        """Empty text stays empty: there is nothing to hide, and a column says by it that it has nothing."""
        if not text:
            return text
        header, nonce = _header(self._primary), secrets.token_bytes(NONCE_BYTES)
        hidden = self._ciphers[self._primary].encrypt(nonce, text.encode(), header + place.bound())
        return MARK + base64.b64encode(header + nonce + hidden).decode()

    def open(self, place: Place, stored: str) -> str:
        """The text. What was stored before fields were sealed has no mark and is the text itself.

        Raises UnknownFieldKey; SealBroken for a text changed, or moved to another row, column, table or organisation.
        """
        if not stored.startswith(MARK):
            return stored
        try:
            raw = base64.b64decode(stored[len(MARK) :], validate=True)
        except ValueError:
            raise SealBroken() from None
        body = raw[_HEADER_BYTES:]
        header, nonce, hidden = raw[:_HEADER_BYTES], body[:NONCE_BYTES], body[NONCE_BYTES:]
        if len(nonce) < NONCE_BYTES or header[0] != VERSION:
            raise SealBroken()
        cipher = self._ciphers.get(int.from_bytes(header[1:], "big"))
        if cipher is None:
            raise UnknownFieldKey()
        try:
            return cipher.decrypt(nonce, hidden, header + place.bound()).decode()
        except InvalidTag:
            raise SealBroken() from None

    def is_current(self, stored: str) -> bool:
        """Whether it is sealed with the first key, or empty."""
        return not stored or stored.startswith(self.prefix)

    def blind_indexes(self, table: str, org_id: UUID, text: str) -> list[str]:
        """One per key, the first key's first: the same for the same text in one table of one organisation, whatever its case.

        Written with the first, looked for with all. Tells nothing to who has no key.
        """
        said = unicodedata.normalize("NFKC", text).strip().casefold().encode()
        bound = Place(table, "", org_id, org_id).bound() + said
        return [hmac.new(key, bound, sha256).hexdigest() for key in self._index_keys]


def new_keys() -> str:
    """One new key as the setting wants it."""
    return f"1:{base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()}"


def _header(key_id: int) -> bytes:
    return bytes([VERSION]) + key_id.to_bytes(2, "big")
