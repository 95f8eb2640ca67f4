"""Puts one service together from its settings and what it finds outside. Starts nothing and knows no embedded part."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx
from pydantic import SecretStr
from starlette.types import ASGIApp

from api.limits import Allowances, Limits
from api.parts import ModelFacts, Parts, Surrounding
from tools.attendees.papers import drop_old_papers
from tools.cancellations.running import sweep as go_on_with_refunds
from tools.catalog import CATALOG
from tools.context import Greenroom
from tools.files.uploading import sweep as sweep_files
from tools.kit.paging import CursorSigner
from tools.kit.sealing import Sealer, new_keys
from tools.kit.settings import Settings
from tools.mails.sending import Post
from tools.mails.transport import SmtpTransport
from tools.payments.jobs import reconcile_payments, send_refunds
from tools.payments.provider import PaymentProvider
from tools.payments.stripe_provider import StripeProvider
from tools.privacy.running import Retention, finish_erasures, forget_old
from tools.promo_codes.operations import release_expired_vouchers
from tools.proposals.applying import sweep
from tools.shop.operations import tidy
from tools.store.database import Database
from tools.store.files import FileGateway, VirusScanner
from tools.store.identity import IdentityGateway, TokenVerifier
from tools.waiting_list.joining import sweep as settle_waiting_lists

MIGRATIONS = Path(__file__).parents[1] / "supabase" / "migrations"
_FIELD_KEYS = "field-keys"
NO_MODEL = ModelFacts(provider="rules", name="none", description="No model: the copilot is not offered.")


@dataclass(frozen=True, slots=True)
class Outside:
    """What the service leans on. `session_dsn` is the same database for what needs a session.

    `transport` stands in for the network on the way to an identity server in this process.
    """

    dsn: str = field(repr=False)
    session_dsn: str = field(repr=False)
    identity_url: str
    publishable_key: str
    secret_key: str = field(repr=False)
    cursor_secret: str = field(repr=False)
    transport: httpx.AsyncBaseTransport | None = None
    payments: PaymentProvider | None = None
    public_url: str | None = None
    mounts: Mapping[str, ASGIApp] = field(default_factory=dict)
    surroundings: tuple[Surrounding, ...] = ()
    demo: bool = False


def outside_of(settings: Settings) -> Outside:
    """What the settings name, for staging and production, where all of it is set."""
    return Outside(
        dsn=_set(settings.database_url),
        session_dsn=_set(settings.session_url),
        identity_url=settings.supabase_url or "",
        publishable_key=_set(settings.supabase_publishable_key),
        secret_key=_set(settings.supabase_secret_key),
        cursor_secret=_set(settings.greenroom_secret),
        public_url=settings.public_url,
    )


def _set(secret: SecretStr | None) -> str:
    assert secret is not None, "settings outside development are complete"
    return secret.get_secret_value()


def compose(settings: Settings, outside: Outside) -> Parts:
    """The service without a copilot; `api.brain.with_copilot` adds one."""
    payments = _payments(settings) or outside.payments
    files = FileGateway(outside.identity_url, outside.secret_key, transport=outside.transport)
    greenroom = open_to(
        settings, outside.dsn, outside.cursor_secret, settings.public_url or outside.public_url, payments=payments
    )
    greenroom = replace(
        greenroom,
        files=files,
        scanner=VirusScanner.at(settings.clamd_address) if settings.clamd_address else None,
        most_files=settings.files_per_organization,
        most_file_bytes=settings.file_megabytes_per_organization * 1024 * 1024,
    )
    kept = Retention(settings.keep_conversations_days, settings.keep_letters_days)
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
        surroundings=(*outside.surroundings, lambda: files, *((lambda: payments,) if payments else ())),
        sweeps=(
            lambda: tidy(greenroom),
            lambda: sweep(greenroom),
            lambda: _keep_house(greenroom.database),
            lambda: reconcile_payments(greenroom),
            lambda: send_refunds(greenroom),
            lambda: go_on_with_refunds(greenroom),
            lambda: settle_waiting_lists(greenroom),
            lambda: release_expired_vouchers(greenroom),
            lambda: drop_old_papers(greenroom),
            lambda: sweep_files(greenroom),
            lambda: finish_erasures(greenroom),
            lambda: forget_old(greenroom, kept),
        ),
    )


def open_to(
    settings: Settings, dsn: str, secret: str, public_url: str | None, *, payments: PaymentProvider | None = None
) -> Greenroom:
    """The service as operations and the worker see it, over this database."""
    greenroom = Greenroom(
        database=Database(
            dsn,
            pool_size=settings.database_pool_size,
            pooled_transactions=settings.pooled_transactions,
            fields=sealer_of(settings),
        ),
        catalog=CATALOG,
        cursors=CursorSigner(secret),
        payments=payments,
        loopback_webhooks=settings.greenroom_loopback_webhooks,
    )
    return replace(greenroom, public_url=public_url) if public_url else greenroom


def post_of(settings: Settings) -> Post | None:
    """The mail server the settings name."""
    if settings.smtp_url is None or settings.mail_from is None:
        return None
    return Post(SmtpTransport.at(settings.smtp_url.get_secret_value()), settings.mail_from)


def _payments(settings: Settings) -> PaymentProvider | None:
    """The Stripe account the settings name."""
    if settings.stripe_secret_key is None or settings.stripe_webhook_secret is None:
        return None
    key, secret = settings.stripe_secret_key.get_secret_value(), settings.stripe_webhook_secret.get_secret_value()
    return StripeProvider("stripe", key, secret)


def sealer_of(settings: Settings) -> Sealer:
    """The keys the settings name; in development, without any, those kept in the data folder, made on the first start."""
    given, index = settings.greenroom_field_keys, settings.greenroom_index_key
    return Sealer.parse(
        given.get_secret_value() if given else kept_secret(settings.greenroom_data / _FIELD_KEYS, new_keys),
        index.get_secret_value() if index else None,
    )


def kept_secret(path: Path, make: Callable[[], str] = lambda: secrets.token_urlsafe(48)) -> str:
    """The secret in `path`, made on the first start, readable by its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    secret = make()
    with os.fdopen(descriptor, "w") as file:
        file.write(secret)
    return secret


async def _keep_house(database: Database) -> None:
    """Seals the audit, and forgets answers so old that nobody repeats their request any more, and messages delivered long ago."""
    async with database.session(None) as tx:
        await tx.fetch_value("select app.seal_audit()")
        await tx.execute("delete from public.idempotency_keys where created_at < now() - interval '3 days'")
        # The oldest few: a scan of all of them would cost more than they do.
        await tx.execute(
            "delete from public.outbox where id in (select o.id from public.outbox o order by o.id limit 5000)"
            " and relayed_at < now() - interval '7 days'"
        )
