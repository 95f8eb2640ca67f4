"""Every setting, typed, from the environment or `.env`; a bad one stops the start with one sentence. Knows no part that uses them."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Self

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

    openai_api_key: SecretStr | None = None
    openai_base_url: str | None = None
    greenroom_model: str | None = None
    model_timeout_seconds: float = Field(60, gt=0, le=600)
    run_token_budget: int = Field(60_000, ge=1000)

    greenroom_secret: SecretStr | None = Field(None, description="Signs cursors; 32 characters or more")
    cors_origins: list[str] = []
    trusted_proxies: list[str] = Field([], description="Addresses whose X-Forwarded-For is believed")
    requests_per_minute: int = Field(600, ge=1)

    @field_validator("supabase_url", "openai_base_url")
    @classmethod
    def _an_http_address(cls, value: str | None) -> str | None:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("must start with http:// or https://")
        return value.rstrip("/") if value else None

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
        }
        missing = [name for name, value in needed.items() if value is None]
        if missing:
            raise ValueError(f"{self.greenroom_env} runs on no embedded part: set {', '.join(missing)}")
        if not (self.supabase_url or "").startswith("https://"):
            raise ValueError(f"{self.greenroom_env} needs an https SUPABASE_URL")
        if "sslmode=" not in self.database_url.get_secret_value():  # type: ignore[union-attr]
            raise ValueError(f"{self.greenroom_env} needs sslmode in DATABASE_URL (verify-full)")
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
