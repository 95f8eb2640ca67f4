"""The queue of jobs: procrastinate over our Postgres, in the schema `jobs`. Knows the one task there is and when it is tried again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog
from procrastinate import App, BaseRetryStrategy, JobContext, PsycopgConnector, RetryDecision
from procrastinate.jobs import Job

from tools.context import Greenroom
from tools.mails.sending import Post, give_up, send_mail, try_later
from tools.mails.transport import MailNotSent
from tools.store.settling import settled

SCHEMA = "jobs"
QUEUE = "mails"

_log = structlog.get_logger("greenroom.worker")
MINUTE, HOUR = 60.0, 3600.0


@dataclass(frozen=True, slots=True)
class Pace:
    """How often the worker looks, and how long it waits; seconds. Tests are in more of a hurry."""

    relay: float = 5.0
    """Between two looks at the outbox, should a wake-up be missed."""
    poll: float = 5.0
    """Between two looks for jobs whose time to be tried again has come."""
    upkeep: float = 30.0
    """Between two looks for jobs whose worker died and mails without a job."""
    heartbeat: float = 10.0
    stalled: float = 40.0
    """Without a heartbeat for so long, a worker is taken for dead and its jobs are done again."""
    fields: float = 24 * HOUR
    """Between two looks for fields sealed with another key than the first."""
    forgotten: float = 10 * MINUTE
    restart: float = 2.0
    """Until the worker begins again after it lost its database."""
    grace: float = 8.0
    """What is being sent when the worker is told to stop may take so long; then it is sent again later."""
    retries: tuple[float, ...] = (10.0, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 12 * HOUR)
    """The waits between the attempts for one mail; after the last it has failed."""
    concurrency: int = 8
    posts: int = 32
    """Deliveries to webhooks at a time."""
    deliveries: float = 2.0
    """Between two looks for deliveries whose time to be tried again has come."""
    lease: float = 30.0
    """A delivery under way is left to its worker for so long; longer than an attempt can take."""


class TryAgain(Exception):
    """Says nothing: the queue logs what a task raises, and what a mail server answers may name a person."""


@dataclass(frozen=True)
class Retries(BaseRetryStrategy):
    waits: tuple[float, ...]

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if not isinstance(exception, Exception):
            # Cut off by the end of the worker: the next one begins at once.
            return RetryDecision(retry_at=datetime.now(UTC))
        if job.attempts >= len(self.waits):
            return None
        return RetryDecision(retry_at=datetime.now(UTC) + timedelta(seconds=self.waits[job.attempts]))


def job_queue(dsn: str, greenroom: Greenroom, post: Post, pace: Pace) -> App:
    """The queue with its task, over a few connections of its own. `dsn` is a session connection: workers listen."""
    app = App(
        connector=PsycopgConnector(
            conninfo=dsn,
            min_size=1,
            max_size=4,
            kwargs={"application_name": "greenroom-worker", "keepalives_idle": 20},
            configure=settled(role="service_role", search_path=SCHEMA),
        )
    )

    @app.task(name="send_mail", queue=QUEUE, retry=Retries(pace.retries), pass_context=True)
    async def send(context: JobContext, *, mail: str) -> None:
        mail_id = UUID(mail)
        last = context.job.attempts >= len(pace.retries)
        try:
            await send_mail(greenroom, post, mail_id)
        except Exception as error:  # the worker's outermost door: whatever breaks is told on the mail, and tried again
            _log.warning("mail_not_sent", mail=mail, error=type(error).__qualname__, last=last)
            why = str(error) if isinstance(error, MailNotSent) else type(error).__qualname__
            if last:
                await give_up(greenroom, mail_id, why)
                return
            await try_later(greenroom, mail_id, why)
            raise TryAgain from None

    return app
