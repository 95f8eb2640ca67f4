"""Accounts in the hands of who holds the secret key, and nobody else."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from supabase_auth.errors import AuthApiError

from tests.embedded.auth.serving import PASSWORD, URL, RunningAuth, fresh_address


async def test_an_administrator_makes_finds_changes_and_deletes_an_account(auth: RunningAuth) -> None:
    admin = (await auth.admin()).auth.admin
    email = fresh_address("staff")
    made = await admin.create_user(
        {"email": email, "password": PASSWORD, "email_confirm": True, "app_metadata": {"plan": "venue"}}
    )
    assert made.user.app_metadata == {"provider": "email", "providers": ["email"], "plan": "venue"}
    assert (await admin.get_user_by_id(made.user.id)).user.email == email
    changed = await admin.update_user_by_id(
        made.user.id, {"user_metadata": {"name": "Bo"}, "app_metadata": {"plan": None}}
    )
    assert changed.user.user_metadata == {"name": "Bo"}
    assert "plan" not in changed.user.app_metadata
    assert made.user.id in {user.id for user in await admin.list_users()}
    await admin.delete_user(made.user.id)
    with pytest.raises(AuthApiError) as refusal:
        await admin.get_user_by_id(made.user.id)
    assert (refusal.value.status, refusal.value.code) == (404, "user_not_found")


async def test_an_account_may_be_made_with_a_chosen_id(auth: RunningAuth) -> None:
    admin = (await auth.admin()).auth.admin
    chosen = uuid4()
    made = await admin.create_user({"email": fresh_address(), "id": str(chosen)})
    assert UUID(made.user.id) == chosen
    with pytest.raises(AuthApiError) as refusal:
        await admin.create_user({"email": fresh_address(), "id": str(chosen)})
    assert refusal.value.code == "email_exists"


async def test_an_unconfirmed_account_waits_for_its_confirmation(auth: RunningAuth) -> None:
    admin = (await auth.admin()).auth.admin
    credentials = {"email": fresh_address(), "password": PASSWORD}
    made = await admin.create_user({"email": credentials["email"], "password": credentials["password"]})
    answer = await auth.post("/token?grant_type=password", json=credentials)
    assert answer.json()["error_code"] == "email_not_confirmed"
    await admin.update_user_by_id(made.user.id, {"email_confirm": True})
    assert (await auth.post("/token?grant_type=password", json=credentials)).status_code == 200


async def test_users_come_in_pages(auth: RunningAuth) -> None:
    admin = (await auth.admin()).auth.admin
    for _ in range(3):
        await admin.create_user({"email": fresh_address()})
    first, second = await admin.list_users(page=1, per_page=2), await admin.list_users(page=2, per_page=2)
    assert len(first) == 2
    assert len(second) >= 1
    assert {user.id for user in first}.isdisjoint({user.id for user in second})


async def test_a_ban_ends_sessions_and_can_be_lifted(auth: RunningAuth) -> None:
    admin = (await auth.admin()).auth.admin
    credentials = {"email": fresh_address(), "password": PASSWORD}
    session = (await auth.post("/signup", json=credentials)).json()
    await admin.update_user_by_id(session["user"]["id"], {"ban_duration": "24h"})
    grant = {"refresh_token": session["refresh_token"]}
    assert (await auth.post("/token?grant_type=refresh_token", json=grant)).status_code == 400
    assert (await auth.post("/token?grant_type=password", json=credentials)).json()["error_code"] == "user_banned"
    await admin.update_user_by_id(session["user"]["id"], {"ban_duration": "none"})
    assert (await auth.post("/token?grant_type=password", json=credentials)).status_code == 200


@pytest.mark.parametrize("duration", ["", "soon", "1d", "-1h", "99999999h"])
async def test_a_ban_of_no_known_length_is_refused(auth: RunningAuth, duration: str) -> None:
    admin = (await auth.admin()).auth.admin
    with pytest.raises(AuthApiError) as refusal:
        await admin.create_user({"email": fresh_address(), "ban_duration": duration})
    assert refusal.value.code == "validation_failed"


async def test_deleting_softly_keeps_the_row_and_nothing_personal(auth: RunningAuth) -> None:
    admin = (await auth.admin()).auth.admin
    credentials = {"email": fresh_address(), "password": PASSWORD}
    session = (await auth.post("/signup", json=credentials | {"data": {"name": "Cy"}})).json()
    await admin.delete_user(session["user"]["id"], should_soft_delete=True)
    rows = await auth.sql(
        "select email, encrypted_password, raw_user_meta_data, deleted_at is not null,"
        " (select count(*) from auth.sessions s where s.user_id = u.id) from auth.users u where id = %s",
        session["user"]["id"],
    )
    assert rows == [(None, None, {}, True, 0)]
    assert (await auth.post("/signup", json=credentials)).status_code == 200


async def test_an_account_that_records_refer_to_is_not_deleted(auth: RunningAuth) -> None:
    admin = (await auth.admin()).auth.admin
    made = await admin.create_user({"email": fresh_address()})
    await auth.sql("create table if not exists kept (owner uuid not null references auth.users (id))")
    await auth.sql("insert into kept values (%s)", made.user.id)
    with pytest.raises(AuthApiError) as refusal:
        await admin.delete_user(made.user.id)
    assert (refusal.value.status, refusal.value.code) == (409, "conflict")
    await auth.sql("drop table kept")
    await admin.delete_user(made.user.id)


async def test_administration_needs_the_secret_key(auth: RunningAuth) -> None:
    session = (await auth.post("/signup", json={"email": fresh_address(), "password": PASSWORD})).json()
    publishable, secret = auth.keyring.publishable_key, auth.keyring.secret_key
    person = f"Bearer {session['access_token']}"
    service = "Bearer " + auth.keyring.sign(
        {"iss": f"{URL}/auth/v1", "sub": str(uuid4()), "role": "service_role", "iat": 0, "exp": 9_999_999_999}
    )
    for headers, status in [
        ({"apikey": secret}, 200),
        ({"apikey": secret, "Authorization": f"Bearer {secret}"}, 200),
        ({"apikey": publishable, "Authorization": service}, 200),
        ({"apikey": publishable}, 401),
        ({"apikey": publishable, "Authorization": f"Bearer {publishable}"}, 403),
        ({"apikey": publishable, "Authorization": f"Bearer {secret}"}, 403),
        ({"apikey": publishable, "Authorization": person}, 403),
        # A person's token outweighs the key it travels with.
        ({"apikey": secret, "Authorization": person}, 403),
        ({"apikey": secret, "Authorization": "Basic eDp5"}, 401),
    ]:
        answer = await auth.http.get(f"{URL}/auth/v1/admin/users", headers=headers)
        assert answer.status_code == status, (headers, answer.text)
