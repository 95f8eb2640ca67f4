"""The demo login and its organisation, made once."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from embedded.seed.world import seed_world
from tools.context import Caller, Greenroom
from tools.organizations.models import CreateOrganization
from tools.organizations.operations import create_organization, list_organizations
from tools.store.identity import AddressTaken, IdentityGateway

DEMO_EMAIL = "organiser@example.com"
DEMO_PASSWORD = "greenroom"  # noqa: S105 - printed at every start; only ever made on embedded parts
_DEMO_USER = uuid5(NAMESPACE_URL, "urn:greenroom:demo-organiser")


async def seed_demo(greenroom: Greenroom, identity: IdentityGateway, today: date, marker: Path) -> None:
    """Makes the demo login, its organisation and its world, unless `marker` says that it was done.

    A start that was cut off in the middle goes on where it stopped; what the organiser changed later is never made again.
    """
    if marker.exists():
        return
    with suppress(AddressTaken):
        await identity.admin_create_user(DEMO_EMAIL, DEMO_PASSWORD, name="Robin", user_id=_DEMO_USER)
    caller = Caller(user_id=_DEMO_USER, email=DEMO_EMAIL, request_id="seed")
    if not await list_organizations(greenroom, caller):
        wanted = CreateOrganization(name="Quayside Events", timezone="Europe/Amsterdam", currency="EUR")
        await create_organization(greenroom, caller, wanted, name="Robin")
    await seed_world(greenroom, caller, today)
    marker.touch()
