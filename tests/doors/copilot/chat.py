"""A person chatting with the copilot as it stands without a key: what is said, what the card shows, what is decided."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from agent.guard import GroundingGuard
from embedded.planner.model import RulesPlanner
from tests.doors.copilot.visitor import Visitor, history, interrupts, open_door, results, said, visit
from tests.office import Office
from tests.postgres import ClonedDatabase

Step = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Answered:
    """One answer of the copilot. `card` is the proposal that waits for the person, if one does."""

    text: str
    read: list[dict[str, Any]]
    card: dict[str, Any] | None

    @property
    def steps(self) -> list[Step]:
        """What the card proposes, in order."""
        return [(step["operation"], step["input"]) for step in self.card["steps"]] if self.card else []

    @property
    def asks(self) -> bool:
        """Whether it proposes nothing and asks."""
        return self.card is None and "?" in self.text


@dataclass
class Chat:
    """One conversation."""

    visitor: Visitor
    office: Office
    card: dict[str, Any] | None = None

    async def say(self, text: str) -> Answered:
        events = await self.visitor.say(text)
        answers = results(events)
        cards = [answer["proposal"] for answer in answers if "proposal" in answer]
        shown = cards[-1] if cards and interrupts(events) else None
        self.card = shown or (None if cards else self.card)
        return Answered(said(events), answers, shown)

    async def approve(self) -> str:
        """Approve the waiting card; what the copilot says once it was carried out."""
        assert self.card is not None
        return await self._decide("approve_proposal", digest=self.card["digest"])

    async def reject(self) -> str:
        return await self._decide("reject_proposal")

    async def _decide(self, operation: str, **more: Any) -> str:
        assert self.card is not None
        await self.office.do(operation, proposal=self.card["id"], **more)
        self.card = None
        async with asyncio.timeout(20):
            while True:
                last = history(await self.visitor.connect())[-1]
                if last["role"] == "assistant" and last.get("content"):
                    return str(last["content"])
                await asyncio.sleep(0.05)


@asynccontextmanager
async def chat_with(office: Office, database: ClonedDatabase) -> AsyncIterator[Chat]:
    async with (
        open_door(office, database, RulesPlanner(), guard=GroundingGuard()) as door,
        visit(door, office) as [visitor],
    ):
        yield Chat(visitor, office)
