"""Organisations: founded by whoever signs in, and nobody else's business."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.office import found_organization, make_user
from tests.tools.shop import Shop
from tools.context import Caller
from tools.errors import Forbidden, InvalidInput
from tools.organizations.models import CreateOrganization
from tools.organizations.operations import create_organization, list_organizations

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_who_founds_one_owns_it_and_stands_in_it(shop: Shop) -> None:
    own = await list_organizations(shop.office.greenroom, shop.office.caller)
    assert [(organization.name, organization.role) for organization in own] == [("Blue Note Events", "owner")]


async def test_somebody_new_belongs_nowhere(shop: Shop) -> None:
    stranger = replace(shop.office, caller=Caller(make_user(shop.office.admin_dsn), "new@example.org"))
    assert await list_organizations(stranger.greenroom, stranger.caller) == []
    with pytest.raises(Forbidden) as refused:
        await stranger.do("list_events")
    assert refused.value.details == {"reason": "no_organization"}


async def test_a_person_of_two_stands_where_they_say_and_first_in_the_older(shop: Shop) -> None:
    caller = shop.office.caller
    second = await create_organization(shop.office.greenroom, caller, CreateOrganization(name="Green Note"))
    assert (await shop.do("get_organization")).name == "Blue Note Events"
    there = replace(shop.office, caller=replace(caller, organization=str(second.id)))
    assert (await there.do("list_events")).items == []
    for elsewhere in (str(shop.rival.org_id), "nowhere"):
        astray = replace(shop.office, caller=replace(caller, organization=elsewhere))
        with pytest.raises(Forbidden):
            await astray.do("list_events")


async def test_settings_change_for_this_organisation_only(shop: Shop) -> None:
    await shop.do("update_organization", currency="JPY", timezone="Asia/Tokyo", auto_apply=True)
    event = await shop.do("create_event", name="Hanami", start_date="2031-04-01T10:00:00Z")
    assert (event.currency, event.timezone) == ("JPY", "Asia/Tokyo")
    assert (await shop.rival.do("get_organization")).currency == "EUR"


async def test_one_nobody_signed_in_for_is_not_founded(shop: Shop) -> None:
    greenroom = shop.office.greenroom
    async with greenroom.database.session(None) as tx:
        with pytest.raises(Forbidden):
            await tx.fetch_value("select app.create_organization(gen_random_uuid(), 'X', 'UTC', 'EUR', 'en', '', '')")


async def test_a_zone_the_database_does_not_know_founds_nothing(shop: Shop) -> None:
    count = shop.office.count("organizations")
    wrong = CreateOrganization.model_construct(name="X", timezone="Mars/Olympus", currency="EUR", locale="en")
    with pytest.raises(InvalidInput):
        await create_organization(shop.office.greenroom, shop.office.caller, wrong)
    assert shop.office.count("organizations") == count
    assert await found_organization(shop.office.greenroom, shop.office.admin_dsn, name="Y")
