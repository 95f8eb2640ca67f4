"""A process with an identity server of its own that guesses at a password as fast as it can; says what it was answered. No test.

`python -m tests.embedded.auth.guessing <admin DSN> <folder> <address> <guesses> <together or apart>`
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections import Counter
from pathlib import Path

import httpx
from starlette.applications import Starlette
from starlette.routing import Mount

from embedded.auth import AuthSettings, Keyring, create_auth_app
from embedded.auth.throttle import Throttle

URL = "http://identity.test"


async def guess(admin_dsn: str, folder: Path, address: str, guesses: int) -> Counter[int]:
    settings = AuthSettings(
        url=URL, keyring=Keyring.load_or_create(folder), failures_per_address=10, hash_passes=1, hash_kibibytes=64
    )
    app = create_auth_app(admin_dsn, settings)
    transport = httpx.ASGITransport(Starlette(routes=[Mount("/auth/v1", app)]))
    headers = {"apikey": settings.keyring.publishable_key}
    async with app.router.lifespan_context(app), httpx.AsyncClient(transport=transport, headers=headers) as http:
        answers = await asyncio.gather(
            *(
                http.post(f"{URL}/auth/v1/token?grant_type=password", json={"email": address, "password": f"word {n}"})
                for n in range(guesses)
            )
        )
    return Counter(answer.status_code for answer in answers)


if __name__ == "__main__":
    _, admin_dsn, folder, address, guesses, counted = sys.argv
    if counted == "apart":
        together = Throttle._claim

        async def apart(self: Throttle, key: str) -> int:
            return await together(self, f"{os.getpid()}/{key}")

        Throttle._claim = apart  # type: ignore[method-assign]
    found = asyncio.run(guess(admin_dsn, Path(folder), address, int(guesses)))
    print(found[400], found[429], flush=True)
