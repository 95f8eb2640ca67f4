"""The surroundings of a service on one machine: Postgres, the identity server, the demo. Production never imports this."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import httpx
from starlette.applications import Starlette
from starlette.routing import Mount

from agent.guard import GroundingGuard
from api.brain import Brain
from api.composition import MIGRATIONS, Outside, kept_secret
from api.parts import ModelFacts, Parts, Surrounding
from embedded import planner
from embedded.auth import AuthSettings, Keyring, create_auth_app, prepare_auth
from embedded.mail import MailCatcher
from embedded.payments import SandboxSettings, create_payments_app, prepare_payments
from embedded.planner.model import NAME, RulesPlanner
from embedded.postgres import EmbeddedPostgres
from embedded.seed import DEMO_EMAIL, DEMO_PASSWORD, seed_demo
from embedded.storage import StorageSettings, create_storage_app, prepare_storage
from tools.kit.settings import Settings
from tools.mails.sending import Post
from tools.payments.stripe_provider import StripeProvider
from tools.store.migrations import migrate

AUTH_PATH = "/auth/v1"
STORAGE_PATH = "/storage/v1"
SANDBOX_PATH = "/sandbox/payments"
DEMO_LOGIN = f"{DEMO_EMAIL} / {DEMO_PASSWORD}"
MAIL_FOLDER = "mail"
_FILES = "files"
_POSTGRES = "postgres"
_DEMO_DONE = "demo-seeded"
_CURSOR_KEY = "cursor-secret"
_SANDBOX_KEY, _SANDBOX_HOOK_KEY = "sandbox-payments-key", "sandbox-payments-hook-key"


@contextmanager
def embedded_postgres(folder: Path) -> Iterator[EmbeddedPostgres]:
    """A running, prepared and migrated Postgres in `folder`. Raises PostgresNotStarted, MigrationRefused, MigrationFailed."""
    folder.mkdir(parents=True, exist_ok=True)
    with EmbeddedPostgres.start(folder / _POSTGRES) as postgres:
        postgres.prepare()
        prepare_auth(postgres.dsn())
        prepare_storage(postgres.dsn())
        prepare_payments(postgres.dsn())
        migrate(postgres.dsn(), MIGRATIONS)
        yield postgres


def embedded_outside(settings: Settings, postgres: EmbeddedPostgres, url: str) -> Outside:
    """What the service leans on, all of it in this process; `url` is the origin the page is served from."""
    folder = settings.greenroom_data
    keyring = Keyring.load_or_create(folder)
    auth_settings = AuthSettings(
        url=url,
        keyring=keyring,
        post=MailCatcher(folder / MAIL_FOLDER).send,
        confirm_addresses=settings.greenroom_confirm_addresses,
    )
    auth = create_auth_app(postgres.dsn(), auth_settings)
    storage = create_storage_app(postgres.dsn(), StorageSettings(folder / _FILES, auth_settings))
    sandbox_settings = SandboxSettings(
        url=f"{url}{SANDBOX_PATH}",
        api_key=kept_secret(folder / _SANDBOX_KEY),
        webhook_secret=kept_secret(folder / _SANDBOX_HOOK_KEY),
        hook_url=f"{url}/api/hooks/payments/sandbox",
    )
    sandbox = create_payments_app(postgres.dsn(), sandbox_settings)
    given = settings.greenroom_secret
    return Outside(
        dsn=postgres.dsn(user="greenroom"),
        session_dsn=postgres.dsn(user="greenroom"),
        identity_url=url,
        publishable_key=keyring.publishable_key,
        secret_key=keyring.secret_key,
        cursor_secret=given.get_secret_value() if given else kept_secret(folder / _CURSOR_KEY),
        public_url=url,
        transport=httpx.ASGITransport(Starlette(routes=[Mount(AUTH_PATH, auth), Mount(STORAGE_PATH, storage)])),
        payments=StripeProvider(
            "sandbox",
            sandbox_settings.api_key,
            sandbox_settings.webhook_secret,
            api_base=sandbox_settings.url,
            transport=httpx.ASGITransport(Starlette(routes=[Mount(SANDBOX_PATH, sandbox)])),
        ),
        mounts={AUTH_PATH: auth, STORAGE_PATH: storage, SANDBOX_PATH: sandbox},
        surroundings=tuple(_lifetime(app) for app in (auth, storage, sandbox)),
        demo=True,
    )


def _lifetime(app: Starlette) -> Surrounding:
    return lambda: app.router.lifespan_context(app)


def offline_brain() -> Brain:
    """The rules planner, which needs no key and no network."""
    facts = ModelFacts(
        provider="rules",
        name=NAME,
        description="offline rules planner: fixed rules on this machine, no language model",
        coverage=json.loads(files(planner).joinpath("coverage.json").read_text()),
    )
    return Brain(RulesPlanner(), GroundingGuard(), facts)


def with_demo(parts: Parts) -> Parts:
    """The parts, with the demo organisation made before the first request of the first start."""
    marker = parts.settings.greenroom_data / _DEMO_DONE

    @asynccontextmanager
    async def seeded() -> AsyncIterator[None]:
        await seed_demo(parts.greenroom, parts.identity, datetime.now(UTC).date(), marker)
        yield

    return replace(parts, surroundings=(*parts.surroundings, seeded))


def caught_post(settings: Settings) -> Post:
    """Mail that goes nowhere: it is kept in a folder, a file each."""
    return Post(MailCatcher(settings.greenroom_data / MAIL_FOLDER), "tickets@localhost")
