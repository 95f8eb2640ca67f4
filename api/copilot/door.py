"""The copilot's door as a part of the service: composed once, opened with the service, and its routes. Judges no input itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from langchain_core.language_models import BaseChatModel
from pydantic import BaseModel

from agent.calls import Guard
from agent.checkpoints import open_saver
from agent.graph import build_graph
from agent.organizer import OrganizerAgent
from agent.runs import Pace, Runs
from agent.toolset import Toolset
from tools.context import Caller, Greenroom
from tools.proposals.models import Proposal


@dataclass(slots=True)
class CopilotDoor:
    """`dsn` is the service's own connection: conversations are kept in the schema `agent`, which no request role may enter."""

    greenroom: Greenroom
    model: BaseChatModel
    guard: Guard
    dsn: str
    timeout_seconds: float = 60
    token_budget: int = 60_000
    pool_size: int = 10
    pace: Pace | None = None
    _runs: Runs | None = None

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """For the service's lifetime: the saver, the graph, and the sweeper that takes over runs of processes that died."""
        async with open_saver(self.dsn, pool_size=self.pool_size, fields=self.greenroom.fields) as saver:
            graph = build_graph(
                self.model,
                Toolset(self.greenroom.catalog),
                self.guard,
                saver,
                timeout_seconds=self.timeout_seconds,
                token_budget=self.token_budget,
            )
            self._runs = Runs(OrganizerAgent(graph), self.greenroom, self.model, self.pace)
            self._runs.open()
            try:
                yield
            finally:
                await self._runs.close()
                self._runs = None

    @property
    def runs(self) -> Runs:
        if self._runs is None:
            raise RuntimeError("the copilot's door is not open")
        return self._runs

    async def told(self, caller: Caller, decided: BaseModel) -> None:
        """A listener of proposals: when one was decided, the thread that waits for it goes on."""
        if self._runs and isinstance(decided, Proposal) and decided.thread_id:
            await self._runs.wake(decided.thread_id, decided.id)
