"""Many who saw the same version change it at once: one change is made, the others are told."""

from __future__ import annotations

from collections import Counter
from types import ModuleType
from typing import Any

import pytest

from tests.office import open_greenroom
from tests.postgres import ClonedDatabase
from tests.races.crowd import outcomes, persistently
from tests.tools.cases import CASES, VERSIONED
from tests.tools.shop import Shop, open_shop
from tools.catalog import CATALOG
from tools.errors import PreconditionFailed
from tools.events import repository as events
from tools.organizations import repository as organizations
from tools.sponsors import repository as sponsors
from tools.tickets import repository as tickets
from tools.venues import repository as venues

GONE = {
    "delete_event": "not_found", "delete_venue": "not_found", "delete_ticket_type": "not_found", "remove_sponsor": "not_found",
    "delete_quota": "not_found", "delete_promo_code": "no_such_promo_code", "delete_check_in_list": "not_found",
    "delete_webhook": "not_found", "delete_file": "not_found",
}  # fmt: skip
"""Whoever comes second finds nothing any more, and hears this."""


async def all_at_once(shop: Shop, name: str, callers: int) -> Counter[str]:
    """`callers` make the same change on the version there is now."""
    data = CASES[name].data(shop)
    with pytest.raises(PreconditionFailed) as present:
        await shop.seen_as(10_000).do(name, **data)
    office = shop.seen_as(present.value.details["version"])
    return await outcomes(persistently(office, name, **data) for _ in range(callers))


async def test_of_a_hundred_updates_of_one_version_one_is_made(database: ClonedDatabase) -> None:
    async with open_greenroom(database, pool_size=20) as greenroom:
        heard = await all_at_once(await open_shop(greenroom, database.admin_dsn), "update_event", 100)
    print(f"100 updates of one version: {dict(heard)}")
    assert heard == {"done": 1, "version_mismatch": 99}


@pytest.mark.parametrize("name", VERSIONED)
async def test_of_ten_changes_of_one_version_one_is_made(database: ClonedDatabase, name: str) -> None:
    async with open_greenroom(database, pool_size=10) as greenroom:
        heard = await all_at_once(await open_shop(greenroom, database.admin_dsn), name, 10)
    assert heard == {"done": 1, GONE.get(name, "version_mismatch"): 9}


@pytest.mark.parametrize(
    ("name", "repository"),
    [
        ("update_event", events),
        ("update_venue", venues),
        ("update_booking", events),
        ("update_ticket_type", tickets),
        ("update_sponsor", sponsors),
        ("update_organization", organizations),
    ],
)
async def test_without_the_lock_a_change_is_lost(
    database: ClonedDatabase, monkeypatch: pytest.MonkeyPatch, name: str, repository: ModuleType
) -> None:
    async def unlocked(*_: Any) -> None:
        return None

    monkeypatch.setattr(repository, "lock", unlocked)
    assert name in CATALOG
    async with open_greenroom(database, pool_size=10) as greenroom:
        made = 0
        for _ in range(5):
            made = max(made, (await all_at_once(await open_shop(greenroom, database.admin_dsn), name, 10))["done"])
    assert made > 1
