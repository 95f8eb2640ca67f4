"""Projects that still sign with the legacy secret: believed where it is configured, and nowhere else."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any
from uuid import UUID

import jwt
import pytest
from pydantic import SecretStr

from tests.builders import URL, serving
from tests.postgres import ClonedDatabase

SECRET = "a legacy secret of a project, long enough"


def _signed(user_id: UUID, email: str, secret: str, **claims: Any) -> str:
    now = int(time.time())
    usual = {
        "iss": f"{URL}/auth/v1",
        "sub": str(user_id),
        "aud": "authenticated",
        "role": "authenticated",
        "exp": now + 3600,
        "iat": now,
        "email": email,
    }
    return jwt.encode(usual | claims, secret, algorithm="HS256")


@pytest.mark.parametrize("configured", [True, False])
async def test_a_legacy_token_counts_only_where_its_secret_is_configured(
    module_database: ClonedDatabase, tmp_path: Path, configured: bool
) -> None:
    settings = {"supabase_jwt_secret": SecretStr(SECRET)} if configured else {}
    async with serving(module_database, tmp_path, **settings) as service:
        person = await service.make_person()
        for token, status in (
            (_signed(person.user_id, person.email, SECRET), 200 if configured else 401),
            (_signed(person.user_id, person.email, "another secret, which is as long as it"), 401),
            (_signed(person.user_id, person.email, SECRET, role="service_role"), 401),
            (_signed(person.user_id, person.email, SECRET, iss="https://elsewhere.example/auth/v1"), 401),
            (person.token, 200),
        ):
            assert (await service.client(token).get("/api/auth/me")).status_code == status
