"""Reading over REST: entity tags, lists, cursors and queries."""

from __future__ import annotations

import pytest

from tests.builders import Person, Service, make_event, make_ticket_type, make_venue

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_what_was_made_can_be_read_where_the_answer_says(owner: Person) -> None:
    made = await owner.client.post("/api/venues", json={"name": "Blue Room"})
    assert made.status_code == 201
    assert made.headers["ETag"] == '"1"'
    read = await owner.client.get(made.headers["Location"])
    assert read.json() == made.json()


async def test_who_has_the_present_answer_already_is_told_so(owner: Person) -> None:
    event = await make_event(owner)
    tag = (await owner.client.get(f"/api/events/{event['id']}")).headers["ETag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = await owner.client.get(f"/api/events/{event['id']}", headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == tag
    other = await owner.client.get(f"/api/events/{event['id']}", headers={"If-None-Match": '"1"'})
    assert other.status_code == 200


async def test_the_entity_tag_changes_when_something_that_shows_changes_although_the_row_does_not(
    owner: Person,
) -> None:
    event = await make_event(owner)
    before = await owner.client.get(f"/api/events/{event['id']}")
    await make_ticket_type(owner, event)
    after = await owner.client.get(f"/api/events/{event['id']}", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.json()["version"] == before.json()["version"]


async def test_a_list_is_read_to_its_end_page_by_page(owner: Person) -> None:
    names = [(await make_venue(owner))["name"] for _ in range(5)]
    read: list[str] = []
    query = {"limit": "2"}
    while True:
        page = (await owner.client.get("/api/venues", params=query)).json()
        read += [venue["name"] for venue in page["items"]]
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]
    assert sorted(read) == sorted(names)


async def test_a_cursor_changed_by_hand_or_of_another_list_is_refused(owner: Person) -> None:
    for _ in range(2):
        await make_venue(owner)
        await make_event(owner)
    cursor = (await owner.client.get("/api/venues", params={"limit": 1})).json()["next_cursor"]
    tampered = cursor[:-3] + ("AAA" if cursor[-3:] != "AAA" else "BBB")
    bad = [("/api/venues", tampered), ("/api/venues", "x"), ("/api/venues", "é"), ("/api/venues", cursor[:10])]
    for path, sent in [*bad, ("/api/events", cursor)]:
        answer = await owner.client.get(path, params={"cursor": sent})
        assert answer.status_code == 422, sent
    assert (await owner.client.get("/api/venues", params={"cursor": cursor})).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "limit=0", "limit=-1", "limit=101", "limit=ten", "limit=" + "9" * 400, "limit=1&limit=2", "unknown=1",
        "from_date=2030-13-01", "status=nonsense", "query=%00", "query=", "cursor=x", "event=x",
    ],
)  # fmt: skip
async def test_a_query_that_makes_no_sense_is_refused_with_the_place_of_the_fault(owner: Person, query: str) -> None:
    answer = await owner.client.get(f"/api/events?{query}")
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "invalid_input"


async def test_head_answers_as_get(owner: Person) -> None:
    event = await make_event(owner)
    answer = await owner.client.head(f"/api/events/{event['id']}")
    assert answer.status_code == 200
    assert answer.headers["ETag"].startswith('"1-')


async def test_an_address_that_takes_another_method_says_which(owner: Person) -> None:
    answer = await owner.client.put("/api/events", json={})
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert answer.headers["Allow"] == "GET, HEAD, POST"


async def test_an_unknown_address_is_a_problem_too(service: Service) -> None:
    answer = await service.stranger.get("/api/nothing")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert answer.json()["request_id"] == answer.headers["X-Request-Id"]


async def test_what_is_read_is_never_kept_for_somebody_else(owner: Person) -> None:
    answer = await owner.client.get("/api/events")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "Authorization" in answer.headers["Vary"]


async def test_a_name_in_the_address_is_understood_like_an_id(owner: Person) -> None:
    event = await make_event(owner, name="Finale é")
    named = await owner.client.get("/api/events/Finale%20%C3%A9")
    assert (named.status_code, named.json()["id"]) == (200, event["id"])


async def test_a_yes_or_no_is_asked_for_in_the_words_of_a_query(owner: Person) -> None:
    for said in ("true", "false"):
        answer = await owner.client.get("/api/orders", params={"needs_approval": said})
        assert answer.status_code == 200
    refused = await owner.client.get("/api/orders", params={"needs_approval": "perhaps"})
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_input")
