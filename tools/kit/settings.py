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


class Environment(StrEnum):
    development = "development"
    staging = "staging"
    production = "production"


class Settings(BaseSettings):
    """Names are the environment variables, lower case. Unset outside parts are embedded ones, in development only."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    greenroom_env: Environment = Environment.development
    greenroom_data: Path = Field(Path(".data"), description="Folder of everything the embedded parts keep")
    host: str = "127.0.0.1"
    port: int = Field(8000, ge=0, le=65535)

    supabase_url: str | None = None
    supabase_publishable_key: SecretStr | None = None
    supabase_secret_key: SecretStr | None = None
    supabase_jwt_secret: SecretStr | None = Field(None, description="Legacy HS256 secret, only where still in use")
    database_url: SecretStr | None = None
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

    greenroom_secret: SecretStr | None = Field(
        None, description="Signs cursors, links to orders and tickets, which end with it; 32 characters or more"
    )
    cors_origins: list[str] = []
    trusted_proxies: list[str] = Field([], description="Addresses whose X-Forwarded-For is believed")
    requests_per_minute: int = Field(600, ge=1)

    @field_validator("supabase_url", "openai_base_url", "public_url")
    @classmethod
    def _an_http_address(cls, value: str | None) -> str | None:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("must start with http:// or https://")
        return value.rstrip("/") if value else None

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

    @model_validator(mode="after")
    def _mail_has_a_sender(self) -> Self:
        if self.smtp_url is not None and self.mail_from is None:
            raise ValueError("SMTP_URL needs MAIL_FROM: the address mails come from")
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
            "PUBLIC_URL": self.public_url,
            "SMTP_URL": self.smtp_url,
            "MAIL_FROM": self.mail_from,
        }
        missing = [name for name, value in needed.items() if value is None]
        if missing:
            raise ValueError(f"{self.greenroom_env} runs on no embedded part: set {', '.join(missing)}")
        if not (self.supabase_url or "").startswith("https://"):
            raise ValueError(f"{self.greenroom_env} needs an https SUPABASE_URL")
        if "sslmode=" not in self.database_url.get_secret_value():  # type: ignore[union-attr]
            raise ValueError(f"{self.greenroom_env} needs sslmode in DATABASE_URL (verify-full)")
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
