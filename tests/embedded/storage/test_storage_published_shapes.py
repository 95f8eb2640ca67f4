"""Answers held against the schemas Supabase publishes for its file server, where a copy is at hand."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from jsonschema import Draft4Validator

from tests.embedded.storage.serving import RunningStorage

SPECIFICATION = "SUPABASE_STORAGE_OPENAPI"


@pytest.fixture(scope="module")
def specification() -> dict[str, Any]:
    path = os.environ.get(SPECIFICATION, "")
    if not path or not Path(path).is_file():
        pytest.skip(f"{SPECIFICATION} names no file: put the OpenAPI file of supabase/storage there to compare with it")
    content: dict[str, Any] = _plain(json.loads(Path(path).read_text("utf-8")))
    return content


def _plain(part: Any) -> Any:
    """OpenAPI 3.0's `nullable` in JSON schema's own words."""
    if isinstance(part, list):
        return [_plain(one) for one in part]
    if not isinstance(part, dict):
        return part
    plain = {name: _plain(value) for name, value in part.items()}
    if plain.pop("nullable", False) is True and isinstance(plain.get("type"), str):
        plain["type"] = [plain["type"], "null"]
    return plain


async def test_answers_have_the_published_shapes(storage: RunningStorage, specification: dict[str, Any]) -> None:
    name = f"shapes-{uuid4()}"
    checked: list[str] = []

    async def call(method: str, path: str, published: str, **request: Any) -> Any:
        answer = await storage.call(method, path, **request)
        body = answer.json()
        described = specification["paths"][published][method.lower()]["responses"]
        schema = described["200" if answer.status_code == 200 else "4XX"]["content"]["application/json"]["schema"]
        Draft4Validator(schema | {"components": specification["components"]}).validate(body)
        assert set(body if isinstance(body, dict) else {}) <= set(_members(schema, specification))
        checked.append(f"{method} {published} {answer.status_code}")
        return body

    bucket, objects = "/bucket/{bucketId}", "/object/{bucketName}/{*}"
    await call("POST", "/bucket/", "/bucket/", json={"name": name, "allowed_mime_types": ["text/plain"]})
    await call("POST", "/bucket/", "/bucket/", json={"name": name})
    await call("GET", "/bucket/", "/bucket/")
    await call("GET", f"/bucket/{name}", bucket)
    await call("GET", "/bucket/nowhere", bucket)
    await call("PUT", f"/bucket/{name}", bucket, json={"public": False, "file_size_limit": "1MB"})
    text = {"content": b"one", "headers": {"content-type": "text/plain"}}
    for method in ("POST", "POST", "PUT"):
        await call(method, f"/object/{name}/a/one.txt", objects, **text)
    await call("POST", f"/object/{name}/../x", objects, **text)
    sign = "/object/sign/{bucketName}"
    await call("POST", f"/object/sign/{name}/a/one.txt", f"{sign}/{{*}}", json={"expiresIn": 60})
    await call("POST", f"/object/sign/{name}", sign, json={"expiresIn": 60, "paths": ["a/one.txt", "b"]})
    upload = "/object/upload/sign/{bucketName}/{*}"
    drop = await call("POST", f"/object/upload/sign/{name}/a/two.txt", upload)
    await call("PUT", drop["url"], upload, **text)
    await call("POST", f"/object/list/{name}", "/object/list/{bucketName}", json={"prefix": ""})
    await call("POST", f"/object/list/{name}", "/object/list/{bucketName}", json={"prefix": "a"})
    there = {"bucketId": name, "sourceKey": "a/one.txt"}
    await call("POST", "/object/copy", "/object/copy", json={**there, "destinationKey": "a/three.txt"})
    await call("POST", "/object/move", "/object/move", json={**there, "destinationKey": "a/four.txt"})
    await call("POST", "/object/move", "/object/move", json={**there, "destinationKey": "a/four.txt"})
    await call("GET", f"/object/{name}/a/nothing.txt", objects) if "4XX" in specification["paths"][objects]["get"][
        "responses"
    ] else None
    await call("DELETE", f"/object/{name}/a/two.txt", objects)
    await call("DELETE", f"/object/{name}", "/object/{bucketName}", json={"prefixes": ["a/three.txt", "nothing"]})
    await call("DELETE", f"/bucket/{name}", bucket)
    await call("POST", f"/bucket/{name}/empty", "/bucket/{bucketId}/empty")
    await call("DELETE", f"/bucket/{name}", bucket)
    assert len(checked) >= 24


def _members(schema: dict[str, Any], specification: dict[str, Any]) -> dict[str, Any]:
    """The members a schema names, its reference followed."""
    if reference := schema.get("$ref"):
        schema = specification["components"]["schemas"][reference.rsplit("/", 1)[1]]
    members: dict[str, Any] = schema.get("properties", {})
    return members
