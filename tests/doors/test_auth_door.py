"""The sign-in door over the real identity server: accounts, sessions and the organisation each begins with."""

from __future__ import annotations

import itertools
from uuid import uuid4

import httpx
import pytest

from tests.builders import PASSWORD, Service

pytestmark = pytest.mark.asyncio(loop_scope="module")
_NUMBERS = itertools.count(1)


async def _sign_up(service: Service, **fields: str) -> tuple[str, httpx.Response]:
    email = f"ada-{next(_NUMBERS)}@example.org"
    body = {"email": email, "password": PASSWORD, "name": "Ada"} | fields
    return email, await service.stranger.post("/api/auth/signup", json=body)


async def test_signing_up_makes_an_account_with_an_organisation_and_signs_in(service: Service) -> None:
    wanted = {"organization": "Loud Nights", "timezone": "Europe/Berlin", "currency": "SEK", "locale": "de"}
    email, answer = await _sign_up(service, **wanted)
    session = answer.json()
    assert answer.status_code == 201
    assert session["token_type"] == "bearer"
    assert answer.headers["Cache-Control"] == "no-store"
    me = (await service.client(session["access_token"]).get("/api/auth/me")).json()
    assert me["user"] == {"id": session["user"]["id"], "email": email, "name": "Ada"}
    here = me["organization"]
    assert (here["name"], here["role"], here["currency"]) == ("Loud Nights", "owner", "SEK")
    assert (here["timezone"], here["locale"]) == ("Europe/Berlin", "de")
    assert me["organizations"] == [here]
    assert "events:write" in me["scopes"]


async def test_without_a_name_the_organisation_is_called_after_the_person(service: Service) -> None:
    _, answer = await _sign_up(service)
    me = (await service.client(answer.json()["access_token"]).get("/api/auth/me")).json()
    assert me["organization"]["name"] == "Ada's events"


async def test_signing_in_needs_the_password_and_says_no_more_than_that(service: Service) -> None:
    email, _ = await _sign_up(service)
    good = await service.stranger.post("/api/auth/login", json={"email": email, "password": PASSWORD})
    assert (good.status_code, set(good.json()) >= {"access_token", "refresh_token", "expires_at"}) == (200, True)
    wrong = await service.stranger.post("/api/auth/login", json={"email": email, "password": "wrong"})
    unknown = await service.stranger.post("/api/auth/login", json={"email": "no@example.org", "password": "wrong"})
    assert wrong.status_code == unknown.status_code == 401
    same = [{**answer.json(), "request_id": ""} for answer in (wrong, unknown)]
    assert same[0] == same[1]


async def test_an_address_that_is_taken_or_is_none_and_a_weak_password_are_refused(service: Service) -> None:
    email, _ = await _sign_up(service)
    _, taken = await _sign_up(service, email=email)
    assert (taken.status_code, taken.json()["code"]) == (409, "address_taken")
    _, no_address = await _sign_up(service, email="not an address")
    assert no_address.status_code == 422
    _, weak = await _sign_up(service, password="short")
    assert (weak.status_code, weak.json()["errors"][0]["pointer"]) == (422, "/password")
    for answer in (taken, no_address, weak):
        assert PASSWORD not in answer.text


async def test_a_refresh_token_is_good_for_one_exchange(service: Service) -> None:
    _, answer = await _sign_up(service)
    first = answer.json()
    second = await service.stranger.post("/api/auth/refresh", json={"refresh_token": first["refresh_token"]})
    assert second.status_code == 200
    assert second.json()["refresh_token"] != first["refresh_token"]
    assert (await service.client(second.json()["access_token"]).get("/api/auth/me")).status_code == 200
    junk = await service.stranger.post("/api/auth/refresh", json={"refresh_token": "junk"})
    assert junk.status_code == 401


async def test_signing_out_ends_the_session(service: Service) -> None:
    _, answer = await _sign_up(service)
    session = answer.json()
    out = await service.client(session["access_token"]).post("/api/auth/logout")
    assert (out.status_code, out.content) == (204, b"")
    again = await service.stranger.post("/api/auth/refresh", json={"refresh_token": session["refresh_token"]})
    assert again.status_code == 401
    assert (await service.stranger.post("/api/auth/logout")).status_code == 401


async def test_a_sign_up_that_was_cut_short_is_completed_by_signing_in(service: Service) -> None:
    email = f"cut-{next(_NUMBERS)}@example.org"
    await service.parts.identity.sign_up(email, PASSWORD, "Bea")
    session = (await service.stranger.post("/api/auth/login", json={"email": email, "password": PASSWORD})).json()
    me = (await service.client(session["access_token"]).get("/api/auth/me")).json()
    assert (me["organization"]["name"], me["organization"]["role"]) == ("Bea's events", "owner")


async def test_who_belongs_to_several_organisations_says_which_is_meant(service: Service) -> None:
    person = await service.make_person()
    second = str(uuid4())
    await service.sql("insert into public.organizations (id, name) values (%s, 'Second')", second)
    await service.sql(
        "insert into public.memberships (user_id, org_id, role) values (%s, %s, 'owner')", person.user_id, second
    )
    listed = (await person.client.get("/api/auth/me")).json()["organizations"]
    assert [each["id"] for each in listed] == [str(person.org_id), second]
    there = {"Greenroom-Organization": second}
    assert (await person.client.get("/api/auth/me")).json()["organization"]["id"] == str(person.org_id)
    assert (await person.client.get("/api/auth/me", headers=there)).json()["organization"]["id"] == second
    await person.client.post("/api/venues", json={"name": "Only there"}, headers=there)
    assert (await person.client.get("/api/venues")).json()["items"] == []
    assert len((await person.client.get("/api/venues", headers=there)).json()["items"]) == 1


async def test_what_somebody_may_do_is_what_their_role_says(service: Service) -> None:
    owner = await service.make_person()
    viewer = await service.make_person("viewer", owner.org_id)
    staff = await service.make_person("staff", owner.org_id)
    scopes = {}
    for name, person in (("viewer", viewer), ("staff", staff), ("owner", owner)):
        scopes[name] = set((await person.client.get("/api/auth/me")).json()["scopes"])
    assert "events:write" not in scopes["viewer"]
    assert scopes["viewer"] < scopes["staff"] < scopes["owner"]
