"""Links that carry their own right: signed, for one object, until a time."""

from __future__ import annotations

import time
from typing import Any, Literal

import jwt

from embedded.storage.problems import StorageProblem, bad_token
from embedded.storage.settings import StorageSettings

Purpose = Literal["read", "upload"]
_ALGORITHM = "HS256"
_LONGEST_TOKEN = 4096


def sign(settings: StorageSettings, purpose: Purpose, place: str, seconds: int, **more: Any) -> str:
    """A token for `place` (bucket/key)."""
    now = int(time.time())
    claims = {"url": place, "iat": now, "exp": now + seconds, **more}
    return jwt.encode(claims, settings.link_key(purpose), algorithm=_ALGORITHM)


def read(settings: StorageSettings, purpose: Purpose, place: str, token: str) -> dict[str, Any]:
    """The claims of a token for this very place. Raises `StorageProblem` InvalidJWT or InvalidSignature."""
    if len(token) > _LONGEST_TOKEN:
        raise bad_token("jwt malformed")
    try:
        claims: dict[str, Any] = jwt.decode(
            token, settings.link_key(purpose), algorithms=[_ALGORITHM], options={"require": ["exp", "iat", "url"]}
        )
    except jwt.ExpiredSignatureError as error:
        raise bad_token('"exp" claim timestamp check failed') from error
    except (jwt.PyJWTError, ValueError) as error:
        raise bad_token("signature verification failed") from error
    if claims["url"] != place:
        raise StorageProblem(400, "InvalidSignature", "The token is for another object")
    return claims
