"""Which names buckets and objects may have. No name becomes a path: contents lie under ids of their own."""

from __future__ import annotations

import re

from embedded.storage.problems import bad_name, bad_request

_LONGEST_KEY = 1024
# The characters S3 takes without special care, as Supabase allows them.
_SAFE = r"[\w!\-.*'() &$@=;:+,?"
_BUCKET = re.compile(_SAFE + r"]{1,63}", re.ASCII)
_KEY = re.compile(_SAFE + r"/]+", re.ASCII)
_SIZE = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,6})?)(gb|mb|kb|b)", re.IGNORECASE)
_UNITS = {"gb": 10**9, "mb": 10**6, "kb": 1000, "b": 1}
_LARGEST_LIMIT = 2**50


def bucket_name(name: str) -> str:
    """Raises `StorageProblem` InvalidBucketName."""
    if not _BUCKET.fullmatch(name) or name.strip() != name or name in (".", ".."):
        raise bad_name(name, bucket=True)
    return name


def object_key(key: str) -> str:
    """The key in the one form it is stored in: no slash before it, no empty, `.` or `..` part. Raises `StorageProblem` InvalidKey."""
    bare = key.removeprefix("/")
    parts = bare.split("/")
    if len(bare) > _LONGEST_KEY or not _KEY.fullmatch(bare) or any(part in ("", ".", "..") for part in parts):
        raise bad_name(key)
    return bare


def folder_prefix(prefix: str) -> str:
    """What the names in a folder begin with; the whole bucket for an empty one. Raises `StorageProblem` InvalidKey."""
    bare = prefix.strip("/")
    return f"{object_key(bare)}/" if bare else ""


def size_limit(given: int | str | None) -> int | None:
    """Bytes of `1000` or `10MB`. Raises `StorageProblem` InvalidRequest."""
    if given is None:
        return None
    if isinstance(given, str):
        found = _SIZE.fullmatch(given)
        given = int(float(found[1]) * _UNITS[found[2].lower()]) if found else -1
    if not 0 <= given <= _LARGEST_LIMIT:
        raise bad_request("Invalid file size format, hint: use 20GB / 20MB / 30KB / 3B")
    return given or None


def fits(media_type: str, allowed: list[str] | None) -> bool:
    """Whether a bucket takes this type: named in full, or by its family as `image/*`."""
    bare = media_type.partition(";")[0].strip().lower()
    family = f"{bare.partition('/')[0]}/*"
    return not allowed or any(one.strip().lower() in (bare, family, "*/*") for one in allowed)
