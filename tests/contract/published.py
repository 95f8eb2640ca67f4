"""Answers held against the description Supabase publishes of its identity server, where a copy is at hand."""

from __future__ import annotations

import copy
import os
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft4Validator, FormatChecker, ValidationError

from tests.contract.targets import Answer

SPECIFICATION = "SUPABASE_AUTH_OPENAPI"
# Read when the tests are collected: each of them runs without the developer's settings.
_PATH = os.environ.get(SPECIFICATION, "")
# The server says 303 where its description says 302; and the key set is not described at all.
_STATUS = {("/verify", "get", 303): 302}
_NOT_DESCRIBED = ("/.well-known/jwks.json",)
# Clients say GET, the description says POST; making an account, which is not described, answers like changing one.
_INSTEAD = {
    ("/reauthenticate", "get"): ("/reauthenticate", "post"),
    ("/admin/users", "post"): ("/admin/users/{userId}", "put"),
}
_FORMATS = FormatChecker(["email", "ipv4"])


@_FORMATS.checks("date-time", raises=ValueError)
def _is_instant(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


@_FORMATS.checks("uuid")
def _is_uuid(value: object) -> bool:
    return not isinstance(value, str) or bool(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", value))


class Published:
    """The description, made strict: a member it does not name is a fault, not an extra."""

    def __init__(self, content: dict[str, Any]) -> None:
        self._paths: dict[str, Any] = content["paths"]
        self._components = copy.deepcopy(content["components"])
        schemas = self._components["schemas"]
        for schema in schemas.values():
            if "properties" in schema:
                schema.setdefault("additionalProperties", False)
        # The server's own answers have it.
        schemas["UserSchema"]["properties"]["invited_at"] = {"type": "string", "format": "date-time"}

    @classmethod
    def at_hand(cls) -> Published | None:
        if not _PATH or not Path(_PATH).is_file():
            return None
        return cls(yaml.safe_load(Path(_PATH).read_text("utf-8")))

    def faults(self, answer: Answer) -> list[str]:
        """What in the answer is not as published; nothing for one that is not described."""
        if answer.path in _NOT_DESCRIBED or (answer.status == 401 and b"error_code" not in answer.body):
            # Without a good API key it is the gateway in front that answers, which has no description.
            return []
        if answer.path == "/verify" and answer.status == 200 and answer.json.keys() == {"code", "msg"}:
            # One of two addresses has confirmed: clients know the answer, the description does not.
            return []
        try:
            described = self._described(answer)
        except KeyError as error:
            return [f"{answer.method} {answer.path} {answer.status}: {error} is not described"]
        if described is None:
            return [] if not answer.body else [f"{answer.method} {answer.path}: a body where none is described"]
        found = Draft4Validator(described, format_checker=_FORMATS).iter_errors(_in_first_dialect(answer))
        return [f"{answer.method} {answer.path} {answer.status}: {_told(error)}" for error in found]

    def _described(self, answer: Answer) -> dict[str, Any] | None:
        """The schema of the answer's body, None where it has none. Raises KeyError for what is not described."""
        path = next((path for path in self._paths if _fits(path, answer.path)), answer.path)
        path, method = _INSTEAD.get((path, answer.method.lower()), (path, answer.method.lower()))
        responses = self._paths[path][method]["responses"]
        status = _STATUS.get((path, method, answer.status), answer.status)
        if status not in responses and status >= 400:
            # Not every refusal is listed; each has the one shape of refusals.
            return {"$ref": "#/components/schemas/ErrorSchema", "components": self._components}
        response = responses[status]
        if reference := response.get("$ref"):
            response = self._components["responses"][reference.rsplit("/", 1)[1]]
        if "content" not in response:
            return None
        schema: dict[str, Any] = response["content"]["application/json"]["schema"]
        return schema | {"components": self._components}


def _fits(template: str, path: str) -> bool:
    return re.fullmatch(re.sub(r"\\\{[^}]+\\\}", "[^/]+", re.escape(template)), path) is not None


def _in_first_dialect(answer: Answer) -> Any:
    """The description knows refusals as they were before clients could ask for codes in words."""
    body = answer.json
    if answer.status < 400 or "x-supabase-api-version" not in answer.headers:
        return body
    renamed = {"error_code": body.get("code"), "msg": body.get("message"), "code": answer.status}
    return renamed | {name: member for name, member in body.items() if name not in ("code", "message")}


def _told(error: ValidationError) -> str:
    where = "/".join(str(part) for part in error.absolute_path) or "the answer"
    return f"{where}: {error.message[:300]}"
