"""The copilot over a real OpenAI-compatible wire: what a person sees when the endpoint answers, and when it fails."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from agent.model import build_model
from tests.agent.endpoint import Endpoint, call, garbage, refuses, settings_for, streams, text
from tests.doors.copilot.visitor import Visitor, history, kinds, open_door, results, said, serve, visit
from tests.office import Office
from tests.postgres import ClonedDatabase
from tools.kit.settings import Settings


@asynccontextmanager
async def talking_to(
    office: Office, database: ClonedDatabase, endpoint: Endpoint, timeout_seconds: float = 5
) -> AsyncIterator[Visitor]:
    async with serve(endpoint.app) as address:
        model = build_model(settings_for(address, timeout_seconds))
        assert model is not None
        async with (
            open_door(office, database, model, timeout_seconds=timeout_seconds) as door,
            visit(door, office) as [visitor],
        ):
            yield visitor


def test_without_a_key_there_is_no_endpoint() -> None:
    assert build_model(Settings(openai_api_key=None, greenroom_model=None)) is None


async def test_a_stream_is_spoken_and_its_tokens_are_counted(office: Office, database: ClonedDatabase) -> None:
    endpoint = Endpoint(
        streams(call("find_venues", '{"city":'), call("", ' "Amsterdam"}')), streams(text("The "), text("Blue Room."))
    )
    async with talking_to(office, database, endpoint) as visitor:
        events = await visitor.say("venues in Amsterdam?")
    assert said(events) == "The Blue Room."
    assert results(events)[0]["items"][0]["name"] == "Blue Room"
    assert office.sql("select input_tokens, output_tokens, model from public.runs") == [(22, 14, "test-model")]
    offered = {tool["function"]["name"] for tool in endpoint.requests[0]["tools"]}
    assert {"create_event", "find_venues", "undo_proposal"} <= offered
    assert not offered & {"approve_proposal", "propose", "restore_step"}


async def test_an_overloaded_endpoint_is_tried_again(office: Office, database: ClonedDatabase) -> None:
    endpoint = Endpoint(refuses(429), streams(text("Here I am.")))
    async with talking_to(office, database, endpoint) as visitor:
        assert said(await visitor.say("hello")) == "Here I am."


FAILURES: dict[str, Any] = {
    "overloaded for good": refuses(429),
    "broken": refuses(500),
    "refusing": refuses(400),
    "without a right key": refuses(401),
    "cut off": streams(text("Half an answer"), cut=True),
    "talking nonsense": garbage(),
    "saying nothing": streams(),
}


@pytest.mark.parametrize("failure", FAILURES)
async def test_a_failing_endpoint_is_said_and_the_thread_is_free(
    office: Office, database: ClonedDatabase, failure: str
) -> None:
    endpoint = Endpoint(FAILURES[failure])
    async with talking_to(office, database, endpoint) as visitor:
        events = await visitor.say("hello")
        assert kinds(events)[-1] == "RUN_FINISHED"
        assert "language model" in said(events)
        assert "canary" not in json.dumps(events)
        kept = history(await visitor.connect())
        assert [message["role"] for message in kept] == ["user", "assistant"]
        again = await visitor.say("and now?")
        assert kinds(again)[-1] == "RUN_FINISHED"


async def test_a_stalled_endpoint_ends_at_the_time_limit(office: Office, database: ClonedDatabase) -> None:
    endpoint = Endpoint(streams(text("One moment"), stall=True))
    async with talking_to(office, database, endpoint, timeout_seconds=0.5) as visitor:
        started = time.monotonic()
        events = await visitor.say("hello")
    assert time.monotonic() - started < 5
    assert "too long" in said(events)


async def test_arguments_that_are_no_json_go_back_to_the_model(office: Office, database: ClonedDatabase) -> None:
    endpoint = Endpoint(streams(call("find_venues", '{"city": Amsterdam')), streams(text("Sorry, once more.")))
    async with talking_to(office, database, endpoint) as visitor:
        events = await visitor.say("venues?")
    assert results(events)[0]["error"]["code"] == "invalid_input"
    assert said(events) == "Sorry, once more."
    sent = endpoint.requests[1]["messages"]
    assert sent[-1]["role"] == "tool"
    assert json.loads(sent[-2]["tool_calls"][0]["function"]["arguments"]) == {}


async def test_a_failure_is_not_shown_to_the_model_later(office: Office, database: ClonedDatabase) -> None:
    endpoint = Endpoint(refuses(400), streams(text("Fine.")))
    async with talking_to(office, database, endpoint) as visitor:
        await visitor.say("hello")
        await visitor.say("again")
    assert [message["role"] for message in endpoint.requests[1]["messages"]] == ["system", "user", "user"]
