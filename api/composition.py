"""Puts one service together from its settings and what it finds outside. Starts nothing and knows no embedded part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from pydantic import SecretStr
from starlette.types import ASGIApp

from api.limits import Allowances, Limits
from api.parts import ModelFacts, Parts, Surrounding
from tools.catalog import CATALOG
from tools.context import Greenroom
from tools.kit.paging import CursorSigner
from tools.kit.settings import Settings
from tools.proposals.applying import sweep
from tools.store.database import Database
from tools.store.identity import IdentityGateway, TokenVerifier

MIGRATIONS = Path(__file__).parents[1] / "supabase" / "migrations"
NO_MODEL = ModelFacts(provider="rules", name="none", description="No model: the copilot is not offered.")


@dataclass(frozen=True, slots=True)
class Outside:
    """What the service leans on. `transport` stands in for the network on the way to an identity server in this process."""

    dsn: str
    identity_url: str
    publishable_key: str
    secret_key: str
    cursor_secret: str
    transport: httpx.AsyncBaseTransport | None = None
    mounts: Mapping[str, ASGIApp] = field(default_factory=dict)
    surroundings: tuple[Surrounding, ...] = ()
    demo: bool = False


def outside_of(settings: Settings) -> Outside:
    """What the settings name, for staging and production, where all of it is set."""
    return Outside(
        dsn=_set(settings.database_url),
        identity_url=settings.supabase_url or "",
        publishable_key=_set(settings.supabase_publishable_key),
        secret_key=_set(settings.supabase_secret_key),
        cursor_secret=_set(settings.greenroom_secret),
    )


def _set(secret: SecretStr | None) -> str:
    assert secret is not None, "settings outside development are complete"
    return secret.get_secret_value()


def compose(settings: Settings, outside: Outside) -> Parts:
    """The service without a copilot; `api.brain.with_copilot` adds one."""
    greenroom = Greenroom(
        database=Database(outside.dsn, pool_size=settings.database_pool_size),
        catalog=CATALOG,
        cursors=CursorSigner(outside.cursor_secret),
    )
    legacy = settings.supabase_jwt_secret
    verifier = TokenVerifier(
        outside.identity_url,
        publishable_key=outside.publishable_key,
        transport=outside.transport,
        legacy_secret=legacy.get_secret_value() if legacy else None,
    )
    identity = IdentityGateway(
        outside.identity_url, outside.publishable_key, outside.secret_key, transport=outside.transport
    )
    return Parts(
        settings=settings,
        greenroom=greenroom,
        verifier=verifier,
        identity=identity,
        limits=Limits(settings.redis_url.get_secret_value() if settings.redis_url else None),
        allowances=Allowances(settings.requests_per_minute),
        model=NO_MODEL,
        demo=outside.demo,
        mounts=outside.mounts,
        surroundings=outside.surroundings,
        sweeps=(lambda: sweep(greenroom), lambda: _keep_house(greenroom.database)),
    )


async def _keep_house(database: Database) -> None:
    """Seals the audit, and forgets answers so old that nobody repeats their request any more."""
    async with database.session(None) as tx:
        await tx.fetch_value("select app.seal_audit()")
        await tx.execute("delete from public.idempotency_keys where created_at < now() - interval '3 days'")
