"""Every setting, typed, from the environment or `.env`; a bad one stops the start with one sentence. Knows no part that uses them."""

from __future__ import annotations

import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from tools.kit.dsn import through_transaction_pooler
from tools.kit.sealing import Sealer, read_secret
from tools.kit.supabase_keys import role_of


class Environment(StrEnum):
    development = "development"
    staging = "staging"
    production = "production"


class Settings(BaseSettings):
    """Names are the environment variables, lower case. Unset outside parts are embedded ones, in development only."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    greenroom_env: Environment = Environment.development
    greenroom_data: Path = Field(Path(".data"), description="Folder of everything the embedded parts keep")
    greenroom_confirm_addresses: bool = Field(
        False, description="The embedded identity server lets an account sign in once its mail's link was followed"
    )
    host: str = "127.0.0.1"
    port: int = Field(8000, ge=0, le=65535)

    supabase_url: str | None = None
    supabase_publishable_key: SecretStr | None = Field(None, description="sb_publishable_…, or the legacy anon key")
    supabase_secret_key: SecretStr | None = Field(None, description="sb_secret_…, or the legacy service_role key")
    supabase_jwt_secret: SecretStr | None = Field(None, description="Legacy HS256 secret, only where still in use")
    supabase_oauth_server: bool = Field(
        False,
        description="The project's OAuth 2.1 server is switched on, with a consent page: /mcp names it to clients",
    )
    database_url: SecretStr | None = Field(None, description="The database, as the service's own login")
    database_session_url: SecretStr | None = Field(
        None,
        description="The same database directly or through a session pooler, where DATABASE_URL is a transaction pooler:"
        " what listens, keeps conversations or migrates needs a session",
    )
    database_transaction_pooler: bool | None = Field(
        None, description="Whether a transaction pooler stands before DATABASE_URL; unset: when its port is 6543"
    )
    database_pool_size: int = Field(10, ge=1, le=100)
    redis_url: SecretStr | None = None

    public_url: str | None = Field(
        None, description="Where buyers reach us; links in mails and on tickets start with it"
    )
    smtp_url: SecretStr | None = Field(
        None, description="smtps://user:password@host, smtp+starttls://… or smtp://…; unset: mails are kept as files"
    )
    mail_from: str | None = Field(None, description="The address mails come from, e.g. tickets@example.org")

    openai_api_key: SecretStr | None = None
    openai_base_url: str | None = None
    greenroom_model: str | None = None
    model_timeout_seconds: float = Field(60, gt=0, le=600)
    run_token_budget: int = Field(60_000, ge=1000)

    stripe_secret_key: SecretStr | None = Field(None, description="Takes payments online by this Stripe account")
    stripe_webhook_secret: SecretStr | None = Field(None, description="Of the webhook /api/hooks/payments/stripe")

    files_per_organization: int = Field(5000, ge=1, description="How many files each organisation may keep")
    file_megabytes_per_organization: int = Field(
        5120, ge=1, description="How much those may take together, copies of pictures included"
    )
    upload_seconds: float = Field(30, gt=0, le=3600, description="How long an upload may take, however little comes")
    upload_kilobytes_per_second: int = Field(64, ge=1, description="One second more for each so many of them")
    clamd_address: str | None = Field(
        None,
        description="clamd, which looks for viruses in what is uploaded: unix:/run/clamav/clamd.ctl or host:3310. Unset: nobody looks",
    )

    greenroom_loopback_webhooks: bool = Field(
        False, description="Webhooks may lead to this machine, without TLS: for developing a receiver"
    )

    greenroom_secret: SecretStr | None = Field(
        None,
        description="Signs cursors, links to orders and tickets, and messages to webhooks, which end with it; 32 characters or more",
    )
    greenroom_field_keys: SecretStr | None = Field(
        None,
        description="Seal personal fields at rest: id:base64 of 32 bytes, several separated by commas; the first one seals,"
        " all of them open. To rotate, put a new one with a higher id in front; drop an old one when the worker says it is done",
    )
    greenroom_index_key: SecretStr | None = Field(
        None,
        description="Makes the blind indexes by which sealed addresses are found: base64 of 32 bytes. Unset: derived from the field key"
        " of the lowest id. To set before that key is dropped; after a change the worker makes all indexes anew",
    )
    keep_conversations_days: int = Field(180, ge=1, le=3650, description="Then a thread of the chat is forgotten")
    keep_letters_days: int = Field(90, ge=1, le=3650, description="Then the text of a mail that was sent is forgotten")
    cors_origins: list[str] = []
    trusted_proxies: list[str] = Field([], description="Addresses whose X-Forwarded-For is believed")
    requests_per_minute: int = Field(600, ge=1)

    @field_validator("supabase_url", "openai_base_url", "public_url")
    @classmethod
    def _an_http_address(cls, value: str | None) -> str | None:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("must start with http:// or https://")
        return value.rstrip("/") if value else None

    @field_validator("clamd_address")
    @classmethod
    def _a_socket(cls, value: str | None) -> str | None:
        if value and not re.fullmatch(r"unix:/\S+|(?:[A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\]):\d{1,5}", value):
            raise ValueError("must be unix:/path/of/the/socket or host:port")
        if value and not value.startswith("unix:") and not 0 < int(value.rpartition(":")[2]) < 65536:
            raise ValueError("must be unix:/path/of/the/socket or host:port, a port from 1 to 65535")
        return value or None

    @field_validator("smtp_url")
    @classmethod
    def _a_mail_server(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None or not value.get_secret_value():
            return None
        address = urlsplit(value.get_secret_value())
        if address.scheme not in ("smtps", "smtp+starttls", "smtp") or not address.hostname:
            raise ValueError("must be smtps://host, smtp+starttls://host or smtp://host")
        return value

    @field_validator("mail_from")
    @classmethod
    def _an_address(cls, value: str | None) -> str | None:
        if value and not re.fullmatch(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+", value):
            raise ValueError("must be an address alone, e.g. tickets@example.org")
        return value or None

    @field_validator("greenroom_field_keys")
    @classmethod
    def _keys_that_seal(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None or not value.get_secret_value():
            return None
        Sealer.parse(value.get_secret_value())
        return value

    @field_validator("greenroom_index_key")
    @classmethod
    def _a_key_that_indexes(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None or not value.get_secret_value():
            return None
        read_secret(value.get_secret_value())
        return value

    @model_validator(mode="after")
    def _mail_has_a_sender(self) -> Self:
        if self.smtp_url is not None and self.mail_from is None:
            raise ValueError("SMTP_URL needs MAIL_FROM: the address mails come from")
        return self

    @field_validator("database_url", "database_session_url")
    @classmethod
    def _a_connection_string(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None or not value.get_secret_value():
            return None
        through_transaction_pooler(value.get_secret_value())
        return value

    @field_validator("supabase_publishable_key")
    @classmethod
    def _a_key_anybody_may_see(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and role_of(value.get_secret_value()) not in ("anon", None):
            raise ValueError("is not the publishable key (sb_publishable_…, or the legacy anon key)")
        return value

    @field_validator("supabase_secret_key")
    @classmethod
    def _a_key_that_may_administrate(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and role_of(value.get_secret_value()) not in ("service_role", None):
            raise ValueError("is not the secret key (sb_secret_…, or the legacy service_role key)")
        return value

    @model_validator(mode="after")
    def _a_session_beside_the_pooler(self) -> Self:
        session = self.database_session_url
        if session is not None and through_transaction_pooler(session.get_secret_value()):
            raise ValueError("DATABASE_SESSION_URL is a transaction pooler: give it the direct address or port 5432")
        if self.pooled_transactions and session is None:
            raise ValueError("DATABASE_URL is a transaction pooler: set DATABASE_SESSION_URL as well, with port 5432")
        return self

    @property
    def pooled_transactions(self) -> bool:
        """Whether a transaction pooler stands before DATABASE_URL."""
        if self.database_url is None or self.database_transaction_pooler is not None:
            return bool(self.database_url and self.database_transaction_pooler)
        return through_transaction_pooler(self.database_url.get_secret_value())

    @property
    def session_url(self) -> SecretStr | None:
        """The database for what needs a session."""
        return self.database_session_url or self.database_url

    @model_validator(mode="after")
    def _loopback_only_in_development(self) -> Self:
        if self.greenroom_loopback_webhooks and self.greenroom_env is not Environment.development:
            raise ValueError(f"GREENROOM_LOOPBACK_WEBHOOKS is for development, not for {self.greenroom_env}")
        return self

    @model_validator(mode="after")
    def _stripe_whole_or_not_at_all(self) -> Self:
        if (self.stripe_secret_key is None) != (self.stripe_webhook_secret is None):
            raise ValueError(
                "set STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET both, or neither: then payments are taken by hand"
            )
        return self

    @model_validator(mode="after")
    def _no_embedded_part_in_production(self) -> Self:
        if self.greenroom_env is Environment.development:
            return self
        needed = {
            "SUPABASE_URL": self.supabase_url,
            "SUPABASE_PUBLISHABLE_KEY": self.supabase_publishable_key,
            "SUPABASE_SECRET_KEY": self.supabase_secret_key,
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis_url,
            "GREENROOM_SECRET": self.greenroom_secret,
            "GREENROOM_FIELD_KEYS": self.greenroom_field_keys,
            "PUBLIC_URL": self.public_url,
            "SMTP_URL": self.smtp_url,
            "MAIL_FROM": self.mail_from,
        }
        missing = [name for name, value in needed.items() if value is None]
        if missing:
            raise ValueError(f"{self.greenroom_env} runs on no embedded part: set {', '.join(missing)}")
        if not (self.supabase_url or "").startswith("https://"):
            raise ValueError(f"{self.greenroom_env} needs an https SUPABASE_URL")
        for name, url in (("DATABASE_URL", self.database_url), ("DATABASE_SESSION_URL", self.database_session_url)):
            if url is not None and "sslmode=" not in url.get_secret_value():
                raise ValueError(f"{self.greenroom_env} needs sslmode in {name} (verify-full)")
        if self.smtp_url.get_secret_value().startswith("smtp:"):  # type: ignore[union-attr]
            raise ValueError(f"{self.greenroom_env} needs a secured SMTP_URL (smtps or smtp+starttls)")
        return self


def load_settings() -> Settings:
    """The settings of this process. Exits with one sentence per problem when one is bad."""
    try:
        return Settings()
    except ValidationError as error:
        for problem in error.errors():
            name = ".".join(str(part) for part in problem["loc"]).upper() or "SETTINGS"
            sys.stderr.write(f"{name}: {problem['msg'].removeprefix('Value error, ')}\n")
        raise SystemExit(2) from None
