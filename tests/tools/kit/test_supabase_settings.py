"""The settings of a Supabase project: which road an address is, which key is which, and one sentence when something does not fit."""

from __future__ import annotations

import base64
import json

import pytest
from pydantic import SecretStr, ValidationError

from tools.kit.dsn import through_transaction_pooler
from tools.kit.settings import Settings

POOLED = "postgresql://greenroom.ref:secret@pooler.test:6543/postgres?sslmode=require"
SESSION = "postgresql://greenroom.ref:secret@pooler.test:5432/postgres?sslmode=require"


def settings(**given: str | bool) -> Settings:
    secrets = {name: SecretStr(value) if isinstance(value, str) else value for name, value in given.items()}
    return Settings(_env_file=None, **secrets)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("dsn", "pooled"),
    [
        (POOLED, True),
        (SESSION, False),
        ("postgresql://db.test/postgres", False),
        ("host=pooler.test port=6543 dbname=postgres", True),
        ("postgresql:///postgres?host=/run/pooler&port=6543", True),
        ("host=one,two port=5432,6543", True),
        ("postgresql://db.test:16543/postgres", False),
    ],
)
def test_the_port_says_whether_a_transaction_pooler_stands_there(dsn: str, pooled: bool) -> None:
    assert through_transaction_pooler(dsn) is pooled


@pytest.mark.parametrize("dsn", ["mysql://db.test/x", "postgresql://[db", "not a connection string", "port"])
def test_what_is_no_connection_string_is_refused_in_one_sentence_without_its_password(dsn: str) -> None:
    with pytest.raises(ValidationError) as refused:
        settings(database_url=f"{dsn} password=hunter2")
    (problem,) = refused.value.errors()
    assert "is no connection string" in problem["msg"]
    assert "hunter2" not in problem["msg"]


def test_a_transaction_pooler_needs_a_session_beside_it() -> None:
    with pytest.raises(ValidationError, match="set DATABASE_SESSION_URL"):
        settings(database_url=POOLED)
    chosen = settings(database_url=POOLED, database_session_url=SESSION)
    assert chosen.pooled_transactions
    assert chosen.session_url is not None
    assert chosen.session_url.get_secret_value() == SESSION


def test_a_session_is_not_had_from_a_transaction_pooler() -> None:
    with pytest.raises(ValidationError, match="DATABASE_SESSION_URL is a transaction pooler"):
        settings(database_url=POOLED, database_session_url=POOLED)


def test_one_address_serves_for_both_where_there_is_no_transaction_pooler() -> None:
    chosen = settings(database_url=SESSION)
    assert not chosen.pooled_transactions
    assert chosen.session_url == chosen.database_url


def test_a_pooler_behind_another_port_is_named_and_a_port_can_be_absolved() -> None:
    elsewhere = POOLED.replace("6543", "6432")
    assert settings(
        database_url=elsewhere, database_session_url=SESSION, database_transaction_pooler=True
    ).pooled_transactions
    with pytest.raises(ValidationError, match="set DATABASE_SESSION_URL"):
        settings(database_url=elsewhere, database_transaction_pooler=True)
    assert not settings(database_url=POOLED, database_transaction_pooler=False).pooled_transactions


def legacy(role: object) -> str:
    return ".".join(
        base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in ({}, {"role": role}, 1)
    )


@pytest.mark.parametrize(
    ("publishable", "secret"),
    [
        ("sb_publishable_1", "sb_secret_1"),
        (legacy("anon"), legacy("service_role")),
        ("of our own", "also"),
        ("a.b.c", legacy(7)),
    ],
)
def test_keys_of_either_kind_are_taken(publishable: str, secret: str) -> None:
    settings(supabase_publishable_key=publishable, supabase_secret_key=secret)


@pytest.mark.parametrize("given", ["sb_secret_hunter2", legacy("service_role"), legacy("authenticated")])
def test_a_secret_key_is_not_taken_for_the_one_anybody_may_see(given: str) -> None:
    with pytest.raises(ValidationError, match="is not the publishable key") as refused:
        settings(supabase_publishable_key=given)
    assert given not in str(refused.value.errors()[0]["msg"])


@pytest.mark.parametrize("given", ["sb_publishable_1", legacy("anon")])
def test_a_publishable_key_is_not_taken_for_the_secret_one(given: str) -> None:
    with pytest.raises(ValidationError, match="is not the secret key"):
        settings(supabase_secret_key=given)


def test_without_a_database_nothing_is_pooled() -> None:
    chosen = settings()
    assert not chosen.pooled_transactions
    assert chosen.session_url is None


def test_in_production_both_roads_are_encrypted() -> None:
    whole = {
        "supabase_publishable_key": "sb_publishable_1", "supabase_secret_key": "sb_secret_1", "redis_url": "redis://r.test",
        "greenroom_secret": "x" * 32, "smtp_url": "smtps://m.test", "database_url": POOLED,
        "greenroom_field_keys": "1:" + "QUFB" * 10 + "QUE=",
    }  # fmt: skip
    named = {
        "greenroom_env": "production", "supabase_url": "https://ref.supabase.test", "public_url": "https://g.test",
        "mail_from": "t@example.org",
    }  # fmt: skip

    def production(session: str) -> Settings:
        secrets = {name: SecretStr(value) for name, value in (whole | {"database_session_url": session}).items()}
        return Settings(_env_file=None, **secrets, **named)  # type: ignore[arg-type]

    with pytest.raises(ValidationError, match="sslmode in DATABASE_SESSION_URL"):
        production(SESSION.replace("?sslmode=require", ""))
    assert production(SESSION).pooled_transactions
