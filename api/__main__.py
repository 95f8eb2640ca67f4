"""The command line: `serve`, `work`, `migrate`, `openapi`. Starts the parts in order and stops them in the opposite one."""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType

import uvicorn

from api.logs import configure_logging
from tools.kit.settings import Environment, Settings, load_settings

GRACE_SECONDS = 10
"""Requests under way get this long to finish once the service is told to stop."""


class StartFailed(RuntimeError):
    """The service can not start; the message is one sentence that says what to do."""


def main(arguments: list[str] | None = None) -> int:
    """Runs a command; answers the exit code."""
    commands: dict[str, tuple[Callable[[Settings], None], str]] = {
        "serve": (serve, "run the service"),
        "work": (work, "send mails and do what else waits in the background"),
        "migrate": (apply_migrations, "bring the database of DATABASE_URL up to date"),
        "openapi": (print_openapi, "print the description of the API"),
    }
    parser = argparse.ArgumentParser(prog="python -m api", description="Greenroom")
    choices = parser.add_subparsers(dest="command", required=True)
    for name, (_, told) in commands.items():
        choices.add_parser(name, help=told)
    chosen = parser.parse_args(arguments).command
    signal.signal(signal.SIGTERM, _stop)
    settings = load_settings()
    configure_logging(quiet=settings.greenroom_env is Environment.development)
    try:
        commands[chosen][0](settings)
    except StartFailed as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


def serve(settings: Settings) -> None:
    """Runs the service until it is told to stop. Raises StartFailed."""
    # A tenth of the start is spent looking for garbage among what is being imported.
    gc.disable()
    with _listening(settings) as listener, ExitStack() as stack:
        url = f"http://{_named(settings.host)}:{listener.getsockname()[1]}"
        if settings.database_url is None and settings.supabase_url is None:
            server = _on_one_machine(settings, url, stack)
        elif settings.database_url is None or settings.supabase_url is None:
            raise StartFailed("Set both SUPABASE_URL and DATABASE_URL, or neither to run on embedded parts.")
        else:
            server = _on_given_parts(settings, url)
        server.run(sockets=[listener])
        if not server.started:
            raise StartFailed("The service did not start; the lines above say why.")


def work(settings: Settings) -> None:
    """Runs the worker until it is told to stop. Raises StartFailed."""
    from api.composition import open_to, post_of
    from api.worker.running import work_until_told

    database, session, secret = settings.database_url, settings.session_url, settings.greenroom_secret
    post = post_of(settings)
    if database is None or session is None or secret is None or post is None:
        raise StartFailed("Set DATABASE_URL, GREENROOM_SECRET and SMTP_URL; on one machine `serve` does this work too.")
    greenroom = open_to(settings, database.get_secret_value(), secret.get_secret_value(), settings.public_url)
    asyncio.run(work_until_told(session.get_secret_value(), greenroom, post, started=lambda: _say("Greenroom works\n")))


def apply_migrations(settings: Settings) -> None:
    """Raises StartFailed."""
    from api.composition import MIGRATIONS
    from tools.store.migrations import MigrationFailed, MigrationRefused, migrate

    if settings.session_url is None:
        raise StartFailed("Set DATABASE_URL; the embedded database is brought up to date at each start.")
    try:
        applied = migrate(settings.session_url.get_secret_value(), MIGRATIONS)
    except (MigrationFailed, MigrationRefused) as failure:
        raise StartFailed(str(failure)) from failure
    sys.stdout.write("".join(f"applied {name}\n" for name in applied) or "Nothing to apply.\n")


def print_openapi(_: Settings) -> None:
    from api.app import openapi_document

    sys.stdout.write(json.dumps(openapi_document(), indent=2) + "\n")


def _on_one_machine(settings: Settings, url: str, stack: ExitStack) -> _Server:
    from api.app import create_app
    from api.brain import hosted_brain, with_copilot
    from api.composition import compose, post_of
    from api.embedded_parts import (
        DEMO_LOGIN,
        MAIL_FOLDER,
        caught_post,
        embedded_outside,
        embedded_postgres,
        offline_brain,
        with_demo,
    )
    from api.worker.running import with_worker
    from embedded.postgres import PostgresNotStarted
    from tools.store.migrations import MigrationFailed, MigrationRefused

    try:
        postgres = stack.enter_context(embedded_postgres(settings.greenroom_data))
    except (PostgresNotStarted, MigrationFailed, MigrationRefused) as failure:
        raise StartFailed(str(failure)) from failure
    brain = hosted_brain(settings) or offline_brain()
    outside = embedded_outside(settings, postgres, url)
    post = post_of(settings)
    parts = with_demo(with_copilot(compose(settings, outside), outside.session_dsn, brain))
    parts = with_worker(parts, outside.session_dsn, post or caught_post(settings))
    mails = f"sent from {post.sender}" if post else f"as files in {(settings.greenroom_data / MAIL_FOLDER).resolve()}"
    said = (
        f"\nGreenroom runs on {url}\n"
        f"  sign in as  {DEMO_LOGIN}\n"
        f"  model       {brain.facts.name}: {brain.facts.description}\n"
        f"  mails       {mails}\n"
        f"  kept in     {settings.greenroom_data.resolve()}\n\n"
    )
    return _server(settings, create_app(parts), said)


def _on_given_parts(settings: Settings, url: str) -> _Server:
    from api.app import create_app
    from api.brain import hosted_brain, with_copilot
    from api.composition import compose, outside_of

    brain = hosted_brain(settings)
    if brain is None:
        raise StartFailed("Set OPENAI_API_KEY and GREENROOM_MODEL: the rules planner is for one machine only.")
    outside = outside_of(settings)
    parts = with_copilot(compose(settings, outside), outside.session_dsn, brain)
    return _server(settings, create_app(parts), f"Greenroom runs on {url}\n")


class _Server(uvicorn.Server):
    """Says where it is once it answers."""

    said = ""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        # Everything imported so far stays for good: collecting garbage need not look at it again.
        gc.enable()
        gc.freeze()
        if self.started:
            _say(self.said)


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _server(settings: Settings, app: object, said: str) -> _Server:
    config = uvicorn.Config(
        app,  # type: ignore[arg-type]
        lifespan="on",
        access_log=False,
        log_config=None,
        server_header=False,
        # A forwarded address is believed only from the proxies the operator names.
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = _Server(config)
    server.said = said
    return server


@contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    """The port, taken before anything is started. Raises StartFailed when somebody else has it."""
    try:
        family, _, _, _, address = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
        # Named TCP, so that the event loop switches Nagle off on what it accepts.
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    except OSError as failure:
        raise StartFailed(f"HOST {settings.host} is no address of this machine ({failure.strerror}).") from failure
    with listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(address)
        except OSError as failure:
            raise StartFailed(
                f"Port {settings.port} on {settings.host} is taken ({failure.strerror}); stop what uses it or set PORT."
            ) from failure
        yield listener


def _named(host: str) -> str:
    """What to type into a browser for an address that means every address."""
    return "127.0.0.1" if host in ("", "0.0.0.0", "::") else f"[{host}]" if ":" in host else host  # noqa: S104


def _stop(_number: int, _frame: FrameType | None) -> None:
    """Ends the process through its `with` blocks, so that Postgres is stopped too."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
