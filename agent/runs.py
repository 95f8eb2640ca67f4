"""Runs: one per thread by a lease in the database, carried on by this process whoever listens, taken over when a process died."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
import traceback
from contextlib import suppress
from dataclasses import dataclass, replace
from uuid import UUID

import structlog
from langchain_core.language_models import BaseChatModel

from agent.live_run import LiveRun
from agent.model import name_of
from agent.organizer import OrganizerAgent
from agent.state import Turn, TurnContext
from agent.translate import Wire, state_snapshot
from tools.context import Caller, Greenroom
from tools.errors import AppError, Busy, NotFound
from tools.kit.ids import as_uuid
from tools.threads import repository
from tools.threads.models import Closing, DecidedWait, Run, Thread

log = structlog.get_logger("greenroom.agent")

THREAD_NAME_CHARACTERS = 60
# A turn that was cut off this often is not tried again: something in it kills the process.
MAX_ATTEMPTS = 3
AT_ONCE = 20
"""Turns that one sweep takes over, and threads it tells."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds. A lease outlives two missed heartbeats; tests use shorter ones."""

    lease: float = 15
    heartbeat: float = 5
    sweep: float = 5
    whole_run: float = 300
    ping: float = 15
    look_again: float = 0.5
    closing: float = 5


class Runs:
    """Starts, follows, stops and takes over runs. One per process."""

    def __init__(
        self, agent: OrganizerAgent, greenroom: Greenroom, model: BaseChatModel, pace: Pace | None = None
    ) -> None:
        self.agent = agent
        self.pace = pace or Pace()
        self._greenroom = greenroom
        self._model = name_of(model)
        self._holder = f"{socket.gethostname()[:40]}/{os.getpid()}/{secrets.token_hex(4)}"
        self._live: dict[UUID, LiveRun] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._sweeper: asyncio.Task[None] | None = None
        self._closing = asyncio.Event()

    def open(self) -> None:
        """Starts the sweeper."""
        self._sweeper = asyncio.create_task(self._sweep_for_ever())

    async def close(self) -> None:
        """Lets running turns end for a moment, then gives their leases up: another process, or the next start, goes on."""
        self._closing.set()
        if self._sweeper:
            # Let end what it is at: a query cut off costs its connection.
            await asyncio.wait({self._sweeper}, timeout=self.pace.closing)
            self._sweeper.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=self.pace.closing)
        left = list(self._tasks)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    def live(self, thread_id: UUID) -> LiveRun | None:
        return self._live.get(thread_id)

    async def start(self, caller: Caller, thread_id: UUID, client_run_id: str, turn: Turn) -> LiveRun:
        """Claims the thread and starts the turn in a task of its own.

        Raises NotFound for somebody else's thread, Busy while another run holds it.
        """
        if caller.organization and as_uuid(caller.organization) is None:
            raise NotFound("There is no such conversation.")
        claim = await repository.claim_run(
            self._greenroom.database,
            caller,
            thread_id=thread_id,
            agent_id=self.agent.name,
            name=" ".join(turn.text.split())[:THREAD_NAME_CHARACTERS],
            client_run_id=client_run_id,
            turn=turn.stored(),
            holder=self._holder,
            lease_seconds=self.pace.lease,
        )
        if claim.org_id is None:
            raise NotFound("There is no such conversation.")
        if claim.run_id is None:
            raise Busy(
                "This conversation is answering already.", remedy="Wait for the answer, or stop it.", retry_after=2
            )
        return self._launch(caller, thread_id, claim.org_id, claim.run_id, client_run_id, turn)

    async def stop(self, caller: Caller, thread_id: UUID, client_run_id: str | None) -> bool:
        """Stops the thread's run, here or in another process (there within a heartbeat). Whether there was one."""
        async with self._greenroom.database.session(caller.user_id) as tx:
            asked = await repository.request_stop(tx, thread_id, client_run_id)
        live = self._live.get(thread_id)
        if asked and live:
            live.context.stop()
        return asked > 0

    async def wake(self, thread_id: UUID, proposal_id: UUID) -> bool:
        """Tells the thread that waits for this proposal that it was decided. Whether a run was started for it."""
        async with self._greenroom.database.session(None) as tx:
            wait = await repository.decided_wait(tx, proposal_id)
        if wait is None or wait.thread_id != thread_id or self._closing.is_set():
            return False
        return await self._go_on(wait)

    async def thread(self, caller: Caller, thread_id: UUID) -> Thread | None:
        async with self._greenroom.database.session(caller.user_id) as tx:
            return await repository.find_thread(tx, thread_id, caller.user_id)

    async def running(self, caller: Caller, thread_id: UUID) -> Run | None:
        """The thread's run under way, in whichever process."""
        async with self._greenroom.database.session(caller.user_id) as tx:
            return await repository.running_run(tx, thread_id)

    async def forget(self, thread_id: UUID) -> None:
        """Deletes what was said in a thread; its run, if any, ends first."""
        live = self._live.get(thread_id)
        if live:
            await live.ended()
        await self.agent.forget(thread_id)

    def _launch(
        self,
        caller: Caller,
        thread_id: UUID,
        org_id: UUID,
        run_id: UUID,
        client_run_id: str,
        turn: Turn,
        *,
        again: bool = False,
    ) -> LiveRun:
        acting = replace(
            caller,
            organization=str(org_id),
            thread_id=thread_id,
            run_id=str(run_id),
            idempotency_key=None,
            if_match=None,
        )
        context = TurnContext(self._greenroom, acting, run_id, turn)
        live = LiveRun(thread_id, run_id, client_run_id, context)
        self._live[thread_id] = live
        task = asyncio.create_task(self._carry(live, again=again))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return live

    async def _carry(self, live: LiveRun, *, again: bool) -> None:
        """The run from its first event to its last, whoever listens. Its row is closed before the last event is sent."""
        wire = Wire(str(live.thread_id), live.client_run_id)
        heartbeat = asyncio.create_task(self._beat(live, asyncio.current_task()))
        closing = Closing("failed")
        try:
            live.add([wire.started()])
            # Whoever listens hears of the start before the turn takes the processor.
            await asyncio.sleep(0)
            closing = await self._speak(live, wire, again)
            await self._close(live, closing)
            live.finish(wire.finished(state_snapshot(_text(closing.waiting), closing.tainted)))
        except asyncio.CancelledError:
            # Shutting down, or the lease is somebody else's by now: whoever takes over goes on.
            await self._release(live)
            live.finish(wire.failed("interrupted"))
            raise
        except Exception as error:
            # The outermost handler of a run: anything unforeseen must still end the stream and free the thread.
            error_id = secrets.token_hex(6)
            _report(error, error_id)
            await self._close_quietly(live, replace(closing, status="failed", error_id=error_id))
            live.finish(wire.failed(error_id))
        finally:
            heartbeat.cancel()
            await asyncio.wait({heartbeat})
            if self._live.get(live.thread_id) is live:
                del self._live[live.thread_id]

    async def _speak(self, live: LiveRun, wire: Wire, again: bool) -> Closing:
        async with asyncio.timeout(self.pace.whole_run):
            async for part in self.agent.run(live.context, again=again):
                live.add(wire.put(part))
        context = live.context
        return Closing(
            "stopped" if context.stopped else "finished",
            waiting=context.waiting,
            tainted=context.tainted,
            model=self._model,
            prompt_version=context.prompt_version,
            input_tokens=context.input_tokens,
            output_tokens=context.output_tokens,
        )

    async def _beat(self, live: LiveRun, run: asyncio.Task[None] | None) -> None:
        """Prolongs the lease; carries a stop asked for elsewhere; ends the run here once the lease is lost."""
        while True:
            await asyncio.sleep(self.pace.heartbeat)
            try:
                async with self._greenroom.database.session(live.context.caller.user_id) as tx:
                    stop = await repository.keep_lease(tx, live.run_id, self._holder, self.pace.lease)
            except AppError as error:
                _report(error, "heartbeat")
                continue
            if stop is None and run:
                run.cancel()
                return
            if stop:
                live.context.stop()

    async def _close(self, live: LiveRun, closing: Closing) -> None:
        user_id = live.context.caller.user_id
        await repository.close_run(
            self._greenroom.database, user_id, live.run_id, live.thread_id, self._holder, closing
        )

    async def _close_quietly(self, live: LiveRun, closing: Closing) -> None:
        try:
            await self._close(live, closing)
        except AppError as error:
            # The lease runs out by itself; then the turn is taken over.
            _report(error, "close")

    async def _release(self, live: LiveRun) -> None:
        try:
            async with self._greenroom.database.session(live.context.caller.user_id) as tx:
                await repository.release_lease(tx, live.run_id, self._holder)
        except AppError as error:
            _report(error, "release")

    async def _sweep_for_ever(self) -> None:
        while not self._closing.is_set():
            try:
                await self.sweep()
            except Exception as error:
                # The outermost handler of a worker loop: one bad round must not end all later ones.
                _report(error, "sweep")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), self.pace.sweep)

    async def sweep(self) -> int:
        """Takes over runs whose process died, and tells threads whose proposal was decided. Answers how many it started."""
        async with self._greenroom.database.session(None) as tx:
            orphans = await repository.take_over_runs(tx, self._holder, self.pace.lease, limit=AT_ONCE)
        for run in orphans:
            await self._take_over(run)
        async with self._greenroom.database.session(None) as tx:
            await repository.forget_waits_of_leavers(tx)
            waits = await repository.decided_waits(tx, limit=AT_ONCE)
        started = [await self._go_on(wait) for wait in waits]
        return len(orphans) + sum(started)

    async def _take_over(self, run: Run) -> None:
        caller = Caller(run.user_id, organization=str(run.org_id))
        turn = _restored(run)
        if run.attempts > MAX_ATTEMPTS or turn is None:
            closing = Closing("failed", error_id="attempts" if turn else "unreadable")
            database = self._greenroom.database
            # As the service: its person may have left, and would free nothing.
            await repository.close_run(database, None, run.id, run.thread_id, self._holder, closing)
            return
        self._launch(caller, run.thread_id, run.org_id, run.id, run.client_run_id, turn, again=True)

    async def _go_on(self, wait: DecidedWait) -> bool:
        caller = Caller(wait.user_id, organization=str(wait.org_id))
        try:
            await self.start(caller, wait.thread_id, f"decided-{wait.proposal_id}", Turn("resume"))
        except (Busy, NotFound):
            # Somebody else tells it, or the person left the organisation.
            return False
        return True


def _restored(run: Run) -> Turn | None:
    """What was said; None where it can not be read any more, by another version's words or a key that is gone."""
    try:
        return Turn.restored(run.input) if run.input is not None else None
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        _report(error, "restore")
        return None


def _text(value: UUID | None) -> str | None:
    return str(value) if value else None


def _report(error: BaseException, reference: str) -> None:
    """The kind of error and where it came from, never its text: it may hold what a person wrote or a secret of the connection."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-15:]]
    log.error("run_failed", reference=reference, error=type(error).__qualname__, at=places)
