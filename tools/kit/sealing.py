"""Personal fields at rest: AES-256-GCM bound to the place they stand in, keys that rotate, blind indexes. Knows no noun and no SQL."""

from __future__ import annotations

import base64
import hmac
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
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
_FINGERPRINT_BYTES, _INDEX_BYTES = 3, 15
"""Of a blind index: 24 letters of base64, the first four of which tell its key. With 2^30 addresses in one organisation two of them
share an index with a chance of one in 2^60."""
_INDEX_LABEL = b"greenroom address index"


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
        return _column_bound(self.table, self.column) + _ID_LENGTH + self.org_id.bytes + _ID_LENGTH + self.row_id.bytes


_ID_LENGTH = (16).to_bytes(2, "big")


@cache
def _column_bound(table: str, column: str) -> bytes:
    return b"".join(len(part).to_bytes(2, "big") + part for part in (table.encode(), column.encode()))


@dataclass(frozen=True, slots=True)
class FieldKey:
    id: int
    secret: bytes

    def __post_init__(self) -> None:
        if not 1 <= self.id <= _LAST_KEY_ID or len(self.secret) != KEY_BYTES:
            raise ValueError(f"a field key has an id of 1 to {_LAST_KEY_ID} and {KEY_BYTES} bytes")


class Sealer:
    """Seals with the first key and opens with any. Indexes with a secret of its own, which outlives the keys that seal."""

    def __init__(self, keys: Iterable[FieldKey], index_secret: bytes | None = None) -> None:
        """Without `index_secret` it is derived from the key of the lowest id, so that a new key in front changes no index."""
        given = list(keys)
        if not given or len({key.id for key in given}) != len(given):
            raise ValueError("field keys need an id each, and there must be one at least")
        self._primary = given[0].id
        self._ciphers = {key.id: AESGCM(key.secret) for key in given}
        self._headers = {key.id: _header(key.id) for key in given}
        # A key of its own for each purpose, as good as a random one.
        self._index_keys = [hmac.new(key.secret, b"greenroom blind index", sha256).digest() for key in given]
        oldest = min(given, key=lambda key: key.id)
        self._index_secret = hmac.digest(index_secret or oldest.secret, _INDEX_LABEL, "sha256")
        self.index_prefix = base64.b64encode(sha256(self._index_secret).digest()[:_FINGERPRINT_BYTES]).decode()
        """What every index made with the present secret starts with; another start is due for being made anew."""

    @classmethod
    def parse(cls, text: str, index_text: str | None = None) -> Sealer:
        """From `2:base64,1:base64`, the first one sealing, and base64. Raises ValueError with a sentence that holds no key."""
        keys = []
        for entry in text.split(","):
            number, _, encoded = entry.strip().partition(":")
            try:
                keys.append(FieldKey(int(number), base64.b64decode(encoded, validate=True)))
            except ValueError:
                raise ValueError(
                    "must be id:base64 of 32 bytes, several separated by commas, the first one seals"
                ) from None
        return cls(keys, read_secret(index_text) if index_text else None)

    @classmethod
    @cache
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
        return MARK + base64.b64encode(self.seal_bytes(place.bound(), text.encode())).decode()

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
        return self.open_bytes(place.bound(), raw).decode()

    @property
    def header(self) -> bytes:
        """What all bytes sealed with the first key start with."""
        return self._headers[self._primary]

    def seal_bytes(self, bound: bytes, clear: bytes) -> bytes:
        """Opens only together with `bound`."""
        header, nonce = self.header, secrets.token_bytes(NONCE_BYTES)
        return header + nonce + self._ciphers[self._primary].encrypt(nonce, clear, header + bound)

    def open_bytes(self, bound: bytes, raw: bytes) -> bytes:
        """Raises UnknownFieldKey, SealBroken."""
        body = raw[_HEADER_BYTES:]
        header, nonce, hidden = raw[:_HEADER_BYTES], body[:NONCE_BYTES], body[NONCE_BYTES:]
        if len(nonce) < NONCE_BYTES or header[0] != VERSION:
            raise SealBroken()
        cipher = self._ciphers.get(int.from_bytes(header[1:], "big"))
        if cipher is None:
            raise UnknownFieldKey()
        try:
            return cipher.decrypt(nonce, hidden, header + bound)
        except InvalidTag:
            raise SealBroken() from None

    def address_index(self, org_id: UUID, address: str) -> str:
        """The same for the same address in all tables of one organisation, whatever its case. Tells nothing to who has no key."""
        made = hmac.digest(self._index_secret, org_id.bytes + _as_said(address), "sha256")
        return self.index_prefix + base64.b64encode(made[:_INDEX_BYTES]).decode()

    def blind_indexes(self, table: str, org_id: UUID, text: str) -> list[str]:
        """One per key, the first key's first: the same for the same text in one table of one organisation, whatever its case.

        Written with the first, looked for with all. Tells nothing to who has no key.
        """
        bound = Place(table, "", org_id, org_id).bound() + _as_said(text)
        return [hmac.new(key, bound, sha256).hexdigest() for key in self._index_keys]


def new_keys() -> str:
    """One new key as the setting wants it."""
    return f"1:{base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()}"


def read_secret(text: str) -> bytes:
    """Raises ValueError with a sentence that does not hold it."""
    try:
        secret = base64.b64decode(text, validate=True)
    except ValueError:
        secret = b""
    if len(secret) != KEY_BYTES:
        raise ValueError("must be base64 of 32 bytes")
    return secret


def _as_said(text: str) -> bytes:
    """Spaces around it and its case say nothing about whom it reaches."""
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).strip().casefold().encode()


def _header(key_id: int) -> bytes:
    return bytes([VERSION]) + key_id.to_bytes(2, "big")
