"""The secrets of one data folder (signing keys, API keys, refresh secret) in one file that only its owner reads."""

from __future__ import annotations

import json
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm

FILE_NAME = "identity.json"
ALGORITHM = "ES256"
_PUBLIC_MEMBERS = ("kty", "crv", "x", "y", "kid", "alg", "use", "key_ops")
_DAMAGED = "{} is damaged; put its backup back, or delete it to sign everybody out."


class KeyringError(RuntimeError):
    """The keyring file cannot be trusted or read; the message says what to do."""


class Keyring:
    """The first signing key signs; the others are previously used ones, still published so that their tokens verify."""

    def __init__(self, path: Path, content: dict[str, Any]) -> None:
        self._path = path
        self._use(content)

    def _use(self, content: dict[str, Any]) -> None:
        try:
            self.publishable_key: str = content["publishable_key"]
            self.secret_key: str = content["secret_key"]
            self.refresh_secret: bytes = bytes.fromhex(content["refresh_secret"])
            self._signing_keys: list[dict[str, str]] = content["signing_keys"]
            self._signer = jwt.PyJWK(dict(self._signing_keys[0]))
            self._verifiers = {key["kid"]: jwt.PyJWK(_public(key)) for key in self._signing_keys}
        except (KeyError, IndexError, TypeError, ValueError, jwt.PyJWTError) as error:
            raise KeyringError(_DAMAGED.format(self._path)) from error

    @classmethod
    def load_or_create(cls, folder: Path) -> Keyring:
        """Read the folder's keyring, making it (mode 0600) on the first start. Raises `KeyringError`."""
        path = folder / FILE_NAME
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write_private(path, _fresh_content(), replace=False)
        return cls(path, _read_private(path))

    @property
    def key_id(self) -> str:
        return self._signing_keys[0]["kid"]

    def public_keys(self) -> list[dict[str, Any]]:
        """The JWK set's members, the one that signs first; never a private number."""
        return [_public(key) for key in self._signing_keys]

    def rotate(self) -> None:
        """Sign with a new key from now on; tokens of the former ones stay valid until they expire."""
        content = _read_private(self._path)
        content["signing_keys"] = [_fresh_signing_key(), *content["signing_keys"]]
        _write_private(self._path, content, replace=True)
        self._use(content)

    def sign(self, claims: dict[str, Any]) -> str:
        return jwt.encode(claims, self._signer.key, algorithm=ALGORITHM, headers={"kid": self.key_id})

    def verifier(self, key_id: object) -> jwt.PyJWK | None:
        return self._verifiers.get(key_id) if isinstance(key_id, str) else None


def _public(key: dict[str, str]) -> dict[str, Any]:
    return {name: key[name] for name in _PUBLIC_MEMBERS if name in key} | {"key_ops": ["verify"]}


def _fresh_signing_key() -> dict[str, str]:
    private = ec.generate_private_key(ec.SECP256R1())
    members: dict[str, str] = ECAlgorithm.to_jwk(private, as_dict=True)
    return members | {"kid": secrets.token_hex(16), "alg": ALGORITHM, "use": "sig"}


def _fresh_content() -> dict[str, Any]:
    return {
        "publishable_key": f"sb_publishable_{secrets.token_urlsafe(24)}",
        "secret_key": f"sb_secret_{secrets.token_urlsafe(24)}",
        "refresh_secret": secrets.token_hex(32),
        "signing_keys": [_fresh_signing_key()],
    }


def _read_private(path: Path) -> dict[str, Any]:
    if path.stat().st_mode & 0o077:
        raise KeyringError(f"{path} can be read by others; run `chmod 600 {path}` if nobody else saw it, or delete it.")
    try:
        content = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise KeyringError(f"{path} cannot be read: {error}") from error
    if not isinstance(content, dict):
        raise KeyringError(_DAMAGED.format(path))
    return content


def _write_private(path: Path, content: dict[str, Any], *, replace: bool) -> None:
    """All or nothing; without `replace` the first writer wins and a later one leaves the file alone."""
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".identity-")  # mkstemp makes it 0600
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(content, file)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            os.replace(draft, path)
            return
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        Path(draft).unlink(missing_ok=True)
