"""The watch over every refusal that these tests see: what it looks for, and that it bites."""

from __future__ import annotations

import pytest

from tests.builders import Person, Service
from tests.refusals import Refusals, leak
from tools.errors import NotFound

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOO_MUCH = (
    'relation "public.events" does not exist',
    "connection to server at host=10.0.0.5 failed",
    'File "/srv/api/rest.py", line 7',
    "'NoneType' object has no attribute 'id'",
    "postgresql://greenroom:hunter2@/",
)


@pytest.mark.parametrize("told", TOO_MUCH)
async def test_a_refusal_that_tells_of_the_machine_is_noticed_by_whatever_test_meets_it(
    owner: Person, refusals: Refusals, monkeypatch: pytest.MonkeyPatch, told: str
) -> None:
    monkeypatch.setattr(NotFound, "title", told)
    await owner.client.get("/api/nowhere")
    assert len(refusals.leaks) == refusals.seen == 1
    refusals.leaks.clear()


async def test_a_caller_is_given_back_their_own_words(owner: Person, refusals: Refusals) -> None:
    answer = await owner.client.get("/api/events/select%20a%20postgres%20socket")
    assert (answer.status_code, refusals.seen, refusals.leaks) == (404, 1, [])
    assert "postgres socket" in answer.json()["detail"]


async def test_a_refusal_without_its_requests_id_is_noticed(service: Service) -> None:
    problem = (await service.stranger.get("/api/events")).text
    assert leak({"content-type": "application/problem+json", "x-request-id": "another"}, problem, "")
