"""When a delivery is tried again, when it has failed, which secrets sign, and that all that happens is told or kept for a reason."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import get_args
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.composition import MIGRATIONS
from tools.catalog import CATALOG
from tools.kit.settings import Settings
from tools.kit.signing import Signer
from tools.webhooks.models import WebhookKind
from tools.webhooks.rules import LONGEST_QUIET, TOLD, TRIED_FOR, Verdict, asked_for, numbers_signing, verdict
from tools.webhooks.signing import secret_of

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)

UNTOLD = {
    "offer_refund_choice": "each order it asks is told of",
    "offer_places": "each place it offers is told of",
    "request_payment": "what comes of it is told",
    "settle_payment": "what comes of it is told",
    "give_up_payment": "nothing was paid",
    "send_tickets": "a mail",
    "renew_order_link": "a secret of the buyer's",
}
"""Operations that write and that no webhook is told of, and why."""
UNTOLD_NOUNS = {
    "proposals": "what comes of them is told",
    "webhooks": "news about news has no end",
    "members": "who works there is nobody's outside",
    "api_keys": "who may come in is nobody's outside",
    "files": "they hang on what is told of",
    "privacy": "who asked to be forgotten is nobody's outside",
}
"""Nouns of which nothing is told, and why."""


def tries(chance: float) -> list[float]:
    """The waits of a delivery that is never taken."""
    waits: list[float] = []
    at = NOW
    while (wait := verdict(500, len(waits) + 1, NOW, at, chance).wait) is not None:
        waits.append(wait)
        at += timedelta(seconds=wait)
    return waits


@given(st.floats(0, 1))
def test_waits_grow_to_hours_and_end_within_three_days(chance: float) -> None:
    waits = tries(chance)
    assert 10 <= len(waits) <= 20
    assert timedelta(hours=60) < timedelta(seconds=sum(waits)) <= TRIED_FOR
    assert waits == sorted(waits)
    assert 8 <= waits[0] < 12.1


def test_what_failed_together_does_not_come_back_together() -> None:
    assert tries(0.0)[5] * 1.2 < tries(1.0)[5]


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_two_hundred_and_a_bit_is_delivered(status: int) -> None:
    assert verdict(status, 9, NOW - TRIED_FOR, NOW, 0.5) == Verdict("delivered")


@pytest.mark.parametrize("status", [100, 199, 300, 301, 307, 400, 401, 404, 409, 429, 500, 503, 599, None])
def test_anything_else_but_gone_is_tried_again(status: int | None) -> None:
    assert verdict(status, 1, NOW, NOW, 0.5).end == "waiting"


def test_gone_is_gone_at_once() -> None:
    assert verdict(410, 1, NOW, NOW, 0.5) == Verdict("given_up", disable="gone")


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_receiver_may_ask_for_later_but_not_for_sooner_and_not_for_ever(status: int) -> None:
    assert verdict(status, 1, NOW, NOW, 0.5, 120.0) == Verdict("waiting", wait=120.0, quiet=120.0)
    assert verdict(status, 1, NOW, NOW, 0.5, 0.0) == Verdict("waiting", wait=10.0, quiet=0.0)
    assert verdict(status, 1, NOW, NOW, 0.5, 10.0**8) == Verdict("waiting", wait=LONGEST_QUIET, quiet=LONGEST_QUIET)
    # Asking again and again does not prolong the three days.
    assert verdict(status, 30, NOW - TRIED_FOR, NOW, 0.5, 3600.0).end == "given_up"


@pytest.mark.parametrize("status", [200, 404, 410, 500, None])
def test_others_ask_in_vain(status: int | None) -> None:
    assert verdict(status, 1, NOW, NOW, 0.5, 3600.0) == verdict(status, 1, NOW, NOW, 0.5)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("9" * 400, 999_999_999.0),
        ("Mon, 23 Nov 2026 12:02:00 GMT", 120.0),
        ("Mon, 23 Nov 2026 11:59:00 GMT", -60.0),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("Mon, 99 Nov 2026 12:02:00 GMT", None),
        ("Mon, 23 Nov 99999999999999 12:02:00 GMT", None),
        ("\u0661\u0662", None),
        ("", None),
        (None, None),
    ],
)
def test_both_forms_of_asking_are_read_and_nothing_else(header: str | None, seconds: float | None) -> None:
    assert asked_for(header, NOW) == seconds


@given(st.text(max_size=60))
def test_whatever_a_receiver_says_is_read_without_trouble(said: str) -> None:
    asked_for(said, NOW)


def test_the_old_secret_signs_for_a_day() -> None:
    assert numbers_signing(1, None, NOW) == (1,)
    assert numbers_signing(3, NOW - timedelta(hours=23, minutes=59), NOW) == (3, 2)
    assert numbers_signing(3, NOW - timedelta(hours=24), NOW) == (3,)


def test_each_webhook_and_each_number_has_a_secret_of_its_own() -> None:
    signer, other, one, two = Signer("x" * 32), Signer("y" * 32), uuid4(), uuid4()
    secrets = {secret_of(key, hook, number) for key in (signer, other) for hook in (one, two) for number in (1, 2)}
    assert len(secrets) == 8
    assert all(re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=", secret) for secret in secrets)


def test_what_is_told_happens_and_every_word_of_it_is_used() -> None:
    sql = "".join(path.read_text(encoding="utf-8") for path in MIGRATIONS.glob("*.sql"))
    made = {"payment_", "refund_", "waiting_list_"}
    for kind in TOLD.keys() - CATALOG.keys() - {"checkout"}:
        assert f"'{kind}'" in sql or any(kind.startswith(start) and f"'{start}' ||" in sql for start in made), kind
    assert set(TOLD.values()) == set(get_args(WebhookKind))


def test_the_page_for_receivers_names_every_kind() -> None:
    page = (MIGRATIONS.parents[1] / "docs" / "webhooks.md").read_text(encoding="utf-8")
    assert [kind for kind in get_args(WebhookKind) if f"`{kind}`" not in page] == []


def test_every_operation_that_writes_is_told_or_not_for_a_reason() -> None:
    writes = {
        name
        for name, operation in CATALOG.items()
        if operation.effect != "read" and operation.run.__module__.split(".")[1] not in UNTOLD_NOUNS
    }
    assert writes == (TOLD.keys() & CATALOG.keys()) | UNTOLD.keys()
    assert not TOLD.keys() & UNTOLD.keys()


def test_leading_to_this_machine_is_for_development_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GREENROOM_LOOPBACK_WEBHOOKS", "true")
    assert Settings(_env_file=None).greenroom_loopback_webhooks
    with pytest.raises(ValueError, match="GREENROOM_LOOPBACK_WEBHOOKS is for development"):
        Settings(_env_file=None, greenroom_env="staging")
