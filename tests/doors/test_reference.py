"""The description of the API: whole, sound, and readable without the network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from api.app import openapi_document
from tests.builders import Person, Service, make_event
from tools.catalog import CATALOG

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return openapi_document()


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for member in value.values():
            yield from _references(member)
    elif isinstance(value, list):
        for member in value:
            yield from _references(member)


async def test_it_is_served_as_it_is_printed(service: Service, document: dict[str, Any]) -> None:
    assert (await service.stranger.get("/openapi.json")).json() == document
    assert service.app.title == document["info"]["title"]


async def test_every_catalogued_route_is_described_with_its_words(document: dict[str, Any]) -> None:
    for operation in CATALOG.values():
        for http in operation.http:
            described = document["paths"]["/api" + http.path][http.method.lower()]
            assert described["summary"] == operation.summary
            assert described["security"] == [{"bearer": []}]
            names = {each["name"] for each in described["parameters"]}
            assert ("If-Match" in names) == http.needs_version
            assert ("Idempotency-Key" in names) == (http.method != "GET")
            if http.target:
                assert http.target not in str(described.get("requestBody", {}))
            for error in operation.errors:
                assert f"`{error.code}`" in described["responses"][str(error.status)]["description"]


async def test_every_name_in_it_is_defined_and_every_operation_has_a_name_of_its_own(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    assert {reference.rsplit("/", 1)[1] for reference in _references(document)} <= schemas.keys()
    assert all(reference.startswith("#/components/schemas/") for reference in _references(document))
    names = [each["operationId"] for methods in document["paths"].values() for each in methods.values()]
    assert len(names) == len(set(names))
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)


async def test_answers_are_as_described(owner: Person, document: dict[str, Any]) -> None:
    event = await make_event(owner)
    for path, place, status in (
        (f"/api/events/{event['id']}", "/api/events/{id}", "200"),
        ("/api/events", "/api/events", "200"),
        ("/api/auth/me", "/api/auth/me", "200"),
        ("/healthz", "/healthz", "200"),
        ("/api/events/Nowhere", "/api/events/{id}", "404"),
    ):
        answer = await owner.client.get(path)
        assert str(answer.status_code) == status
        content = document["paths"][place]["get"]["responses"][status]["content"]
        schema = next(iter(content.values()))["schema"]
        Draft202012Validator({**schema, "components": document["components"]}).validate(answer.json())


async def test_the_page_to_read_needs_no_script_and_no_other_site(service: Service) -> None:
    page = (await service.stranger.get("/docs")).text
    assert "/api/events/{id}" in page
    assert "<script" not in page
    assert not re.search(r'(?:src|href)="https?:', page)
