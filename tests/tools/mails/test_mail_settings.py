"""Where mail goes is said whole, secured outside development, or the service does not start."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from tools.kit.settings import Settings

WHOLE: dict[str, Any] = {
    "greenroom_env": "production",
    "supabase_url": "https://project.supabase.test",
    "supabase_publishable_key": "p",
    "supabase_secret_key": "s",
    "database_url": "postgresql://x/y?sslmode=verify-full",
    "greenroom_secret": "a secret of thirty-two characters",
    "greenroom_field_keys": f"1:{'A' * 43}=",
    "redis_url": "redis://127.0.0.1:1/0",
    "public_url": "https://tickets.test/",
    "smtp_url": "smtps://mail.test",
    "mail_from": "tickets@example.org",
}


def settings(**changed: Any) -> Settings:
    return Settings(_env_file=None, **{name: value for name, value in (WHOLE | changed).items() if value is not None})


def test_a_whole_production_starts_and_links_have_one_slash() -> None:
    assert settings().public_url == "https://tickets.test"


@pytest.mark.parametrize("missing", ["SMTP_URL", "MAIL_FROM", "PUBLIC_URL"])
def test_production_does_not_start_without_a_way_for_mail(missing: str) -> None:
    with pytest.raises(ValidationError, match=missing):
        settings(**{missing.lower(): None})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("smtp_url", "smtp://mail.test"),
        ("smtp_url", "http://mail.test"),
        ("smtp_url", "smtps://"),
        ("mail_from", "tickets"),
        ("mail_from", "Tickets <tickets@example.org>"),
        ("mail_from", "tickets@example.org\nBcc: x@example.org"),
        ("public_url", "tickets.test"),
    ],
)
def test_a_bad_way_for_mail_is_named(name: str, value: str) -> None:
    with pytest.raises(ValidationError):
        settings(**{name: value})


def test_on_one_machine_mail_needs_nothing() -> None:
    assert Settings(_env_file=None).smtp_url is None
