"""One call of the command line: which service, as whom, and how what comes back is shown."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from rich.console import Console

from api.client import Greenroom, Refused
from api.terminal import keeping, showing

URL, KEY = "GREENROOM_URL", "GREENROOM_API_KEY"
LOCAL = "http://127.0.0.1:8000"


class NotSignedIn(Exception):
    """There is neither a kept sign-in nor a key in the environment."""


class Misused(Exception):
    """What was typed can not be meant; the message says what to type instead."""


@dataclass
class Session:
    """`as_json` prints answers as they came, for scripts."""

    url: str | None = None
    organization: str | None = None
    as_json: bool = False

    @cached_property
    def out(self) -> Console:
        return Console(highlight=False)

    @cached_property
    def err(self) -> Console:
        return Console(stderr=True, highlight=False)

    @cached_property
    def sign_in(self) -> keeping.SignIn:
        """A key of the environment before what was kept. Raises NotSignedIn."""
        kept = keeping.load()
        url = self.url or os.environ.get(URL)
        if key := os.environ.get(KEY):
            return keeping.SignIn(url or (kept.url if kept else LOCAL), key)
        if kept is None or (url and url.rstrip("/") != kept.url):
            at, where = (f" at {url}", f" --url {url}") if url else ("", "")
            raise NotSignedIn(f"You are not signed in{at}. Type: greenroom{where} login")
        return kept

    @cached_property
    def client(self) -> Greenroom:
        return Greenroom(
            self.sign_in.url,
            self.sign_in.token,
            organization=self.organization or self.sign_in.organization,
            renew=self._renew,
        )

    @cached_property
    def effects(self) -> dict[str, str]:
        """Operation -> what it does to the world: read, write, money or external."""
        return {each["name"]: each["effect"] for each in self.client.list_actions()}

    def show(self, answer: Any) -> None:
        showing.show(self.out, answer, as_json=self.as_json)

    def _renew(self) -> str | None:
        with keeping.alone():
            kept = keeping.load()
            if kept is None or kept.refresh_token is None or kept.url != self.sign_in.url:
                return None
            if kept.token != self.client.connection.token:
                return kept.token  # Another call was quicker.
            with Greenroom(kept.url) as stranger:
                try:
                    session = stranger.auth.refresh(refresh_token=kept.refresh_token)
                except Refused:
                    return None
            token = session["access_token"]
            keeping.save(replace(kept, token=token, refresh_token=session["refresh_token"]))
            return token
