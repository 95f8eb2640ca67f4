"""Bodies no client sends, by what is wrong with them. Holds no test."""

from __future__ import annotations

import json

from tests.embedded.auth.serving import PASSWORD

BAD_BODIES = {
    "not JSON": b"{",
    "not UTF-8": b'{"email": "\xff"}',
    "a list": b"[]",
    "a number": b"7",
    "a NUL byte": b'{"email": "a\\u0000@example.org", "password": "long enough"}',
    "a NUL in a name": b'{"email": "a@example.org", "password": "long enough", "data": {"\\u0000": 1}}',
    "a lone surrogate": b'{"email": "a@example.org", "password": "\\ud800 long enough"}',
    "a lone surrogate inside": b'{"email": "a@example.org", "password": "long enough", "data": {"x": ["\\udfff"]}}',
    "an infinite number": b'{"email": "a@example.org", "password": "long enough", "data": {"x": 1e400}}',
    "not a number": b'{"email": "a@example.org", "password": "long enough", "data": {"x": NaN}}',
    "a number of 5,000 digits": b'{"email": "a@example.org", "password": "long enough", "data": {"x": '
    + b"9" * 5000
    + b"}}",
    "deep nesting": b'{"data": ' + b"[" * 30_000 + b"]" * 30_000 + b"}",
    "nesting beyond 32": b'{"data": {"x": ' + b"[" * 40 + b"]" * 40 + b"}}",
    "large metadata": json.dumps({"email": "a@example.org", "password": PASSWORD, "data": {"x": "y" * 5000}}).encode(),
    "a number as password": b'{"email": "a@example.org", "password": 7}',
    "a list as address": b'{"email": ["a@example.org"], "password": "long enough"}',
    "a list as metadata": b'{"email": "a@example.org", "password": "long enough", "data": []}',
    "a number as refresh token": b'{"refresh_token": 7}',
    "one megabyte": b'{"email": "' + b"a" * 1_000_000 + b'"}',
    "a long password": b'{"email": "a@example.org", "password": "' + b"a" * 1000 + b'"}',
    "no address": b'{"password": "long enough"}',
    "an address with a line break": b'{"email": "a@example.org\\nBcc: b@example.org", "password": "long enough"}',
    "an empty object": b"{}",
    "nothing": b"",
}
