"""The description of the API: OpenAPI 3.1 for the routes made outside the framework, and a page to read. Answers no call."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from pydantic import BaseModel, Field
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from api.problems import MalformedRequest, UnsupportedMediaType
from tools.errors import (
    AppError,
    Busy,
    Forbidden,
    IdempotencyMismatch,
    InvalidInput,
    NotFound,
    PreconditionFailed,
    PreconditionRequired,
    RateLimited,
    TooLarge,
    Unauthenticated,
)

SECURITY = {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}}
_REF = "#/components/schemas/{model}"
_NAMED_IN_PATH = re.compile(r"\{(\w+)\}")
_ANY_KEY: dict[str, Any] = {"pattern": "^[!-~]([ -~]*[!-~])?$", "minLength": 1, "maxLength": 255}
_ONE_TAG: dict[str, Any] = {"pattern": '^(\\*|"[0-9]{1,9}(-[0-9a-f]{16})?")$'}
_Schema = dict[str, Any]


class FieldError(BaseModel):
    pointer: str = Field(description="RFC 6901 pointer into what was sent")
    message: str


class Problem(BaseModel):
    """RFC 9457. `code` is stable; `remedy` is one sentence to follow."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    retryable: bool
    request_id: str
    errors: list[FieldError] | None = None
    remedy: str | None = None
    allowed_next_states: list[str] | None = None
    available: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One operation of the reference. `without` is the input field that the address fills.

    What is `secured` asks who calls, and where it is `placed` also in which organisation.
    """

    method: str
    path: str
    name: str
    tag: str
    description: str
    status: int = 200
    input: type[BaseModel] | None = None
    output: type[BaseModel] | None = None
    without: str | None = None
    in_query: bool = False
    needs_version: bool = False
    writes: bool = False
    secured: bool = True
    placed: bool = True
    errors: tuple[type[AppError], ...] = ()
    scope: str | None = None


def describe(document: _Schema, entries: Sequence[Entry]) -> _Schema:
    """Adds the entries to an OpenAPI document, which it changes and returns."""
    schemas, references = _schemas(entries)
    for entry in entries:
        document["paths"].setdefault(entry.path, {})[entry.method.lower()] = _operation(entry, schemas, references)
    components = document.setdefault("components", {})
    components["schemas"] = dict(sorted({**components.get("schemas", {}), **schemas}.items()))
    components.setdefault("securitySchemes", {}).update(SECURITY)
    return document


_References = dict[tuple[type[BaseModel], JsonSchemaMode], _Schema]


def _schemas(entries: Iterable[Entry]) -> tuple[dict[str, _Schema], _References]:
    models: dict[tuple[type[BaseModel], JsonSchemaMode], None] = {(Problem, "serialization"): None}
    for entry in entries:
        if entry.input:
            models[entry.input, "validation"] = None
        if entry.output:
            models[entry.output, "serialization"] = None
    references, definitions = models_json_schema(list(models), ref_template=_REF)
    known = {(model, mode): dict(references[model, mode]) for model, mode in models}
    return definitions.get("$defs", {}), known


def _operation(entry: Entry, schemas: dict[str, _Schema], references: _References) -> _Schema:
    described: _Schema = {
        "operationId": entry.name,
        "tags": [entry.tag],
        "summary": entry.description.split("\n", 1)[0],
        "description": entry.description + (f"\n\nNeeds the scope `{entry.scope}`." if entry.scope else ""),
        "parameters": _parameters(entry, schemas, references),
        "responses": _responses(entry, references),
    }
    if entry.secured:
        described["security"] = [{"bearer": []}]
    if entry.input and not entry.in_query:
        schema = _body(entry, schemas, references)
        described["requestBody"] = {
            "required": bool(_resolved(schema, schemas).get("required")),
            "content": {"application/json": {"schema": schema}},
        }
    return described


def _body(entry: Entry, schemas: dict[str, _Schema], references: _References) -> _Schema:
    """The input's schema; without the field that the address fills, under a name of its own."""
    assert entry.input is not None
    reference = references[entry.input, "validation"]
    if entry.without is None:
        return reference
    name = f"{entry.input.__name__}Body"
    whole = _resolved(reference, schemas)
    schemas[name] = whole | {
        "title": name,
        "properties": {key: value for key, value in whole["properties"].items() if key != entry.without},
        "required": [key for key in whole.get("required", []) if key != entry.without],
    }
    return {"$ref": _REF.format(model=name)}


def _parameters(entry: Entry, schemas: dict[str, _Schema], references: _References) -> list[_Schema]:
    found: list[_Schema] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in _NAMED_IN_PATH.findall(entry.path)
    ]
    if entry.input and entry.in_query:
        whole = _resolved(references[entry.input, "validation"], schemas)
        required = whole.get("required", [])
        found += [
            {"name": name, "in": "query", "required": name in required, "schema": schema}
            for name, schema in whole.get("properties", {}).items()
            if name != entry.without
        ]
    if entry.secured and entry.placed:
        found.append(
            _header("Greenroom-Organization", "The organisation meant, for who belongs to several", format="uuid")
        )
    if entry.secured and entry.writes:
        found.append(_header("Idempotency-Key", "The same key and body again has no further effect", **_ANY_KEY))
    if entry.needs_version:
        told = "The ETag that was read, or * for whatever is there"
        found.append(_header("If-Match", told, **_ONE_TAG) | {"required": True})
    if _has_tag(entry):
        found.append(_header("If-None-Match", "The ETag that was read"))
    return found


def _has_tag(entry: Entry) -> bool:
    """Whether the answer is one thing with a version."""
    return (
        entry.method == "GET" and entry.output is not None and "version" in entry.output.model_fields and entry.secured
    )


def _header(name: str, description: str, **rules: Any) -> _Schema:
    schema = {"type": "string", **rules}
    return {"name": name, "in": "header", "required": False, "description": description, "schema": schema}


def _responses(entry: Entry, references: _References) -> _Schema:
    answer: _Schema = {"description": "Done"}
    if entry.output and entry.status != 204:
        answer["content"] = {"application/json": {"schema": references[entry.output, "serialization"]}}
    responses = {str(entry.status): answer}
    if _has_tag(entry):
        responses["304"] = {"description": "It is as you read it"}
    problem = {"application/problem+json": {"schema": references[Problem, "serialization"]}}
    by_status: dict[int, list[type[AppError]]] = {}
    for error in dict.fromkeys((*_usual(entry), *entry.errors)):
        by_status.setdefault(error.status, []).append(error)
    for status, errors in sorted(by_status.items()):
        told = "; ".join(f"`{error.code}`: {error.title}" for error in errors)
        responses[str(status)] = {"description": told, "content": problem}
    return responses


def _usual(entry: Entry) -> list[type[AppError]]:
    errors: list[type[AppError]] = [RateLimited]
    if entry.secured:
        errors += [Unauthenticated, Forbidden]
    if entry.input:
        errors.append(InvalidInput)
    if entry.input or "{" in entry.path:
        # Whatever is named may not be there: in the address, the query or the body.
        errors.append(NotFound)
    if entry.input and not entry.in_query:
        errors += [MalformedRequest, UnsupportedMediaType, TooLarge]
    if entry.writes or entry.needs_version:
        # A header that can not be read.
        errors.append(MalformedRequest)
    if entry.writes:
        errors += [TooLarge, IdempotencyMismatch, Busy] if entry.secured else [TooLarge]
    if entry.needs_version:
        errors += [PreconditionFailed, PreconditionRequired]
    return errors


def _resolved(schema: _Schema, schemas: dict[str, _Schema]) -> _Schema:
    reference = schema.get("$ref")
    return schemas[reference.rsplit("/", 1)[1]] if reference else schema


def reference_page(document: _Schema) -> str:
    """The document as one page of plain HTML: readable without a script and without the network."""
    sections: dict[str, list[str]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            sections.setdefault(operation.get("tags", ["other"])[0], []).append(_section(path, method, operation))
    contents = " · ".join(f'<a href="#{escape(tag)}">{escape(tag)}</a>' for tag in sections)
    body = "".join(f'<h2 id="{escape(tag)}">{escape(tag)}</h2>{"".join(items)}' for tag, items in sections.items())
    info = document["info"]
    return _PAGE.format(title=escape(info["title"]), version=escape(info["version"]), contents=contents, body=body)


def _section(path: str, method: str, operation: _Schema) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(each['name'])}</code></td><td>{each['in']}</td>"
        f"<td>{'required' if each.get('required') else ''}</td><td>{escape(_told(each))}</td></tr>"
        for each in operation.get("parameters", [])
    )
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    takes = f"<p>Takes {_link(body)}.</p>" if body else ""
    answers = "".join(
        f"<li><code>{escape(status)}</code> {escape(answer.get('description', ''))} {_answer_link(answer)}</li>"
        for status, answer in operation.get("responses", {}).items()
    )
    return (
        f"<details><summary><b>{method.upper()}</b> <code>{escape(path)}</code> {escape(operation.get('summary', ''))}"
        f"</summary><p>{escape(operation.get('description', ''))}</p>"
        f"{f'<table>{rows}</table>' if rows else ''}{takes}<ul>{answers}</ul></details>"
    )


def _told(parameter: _Schema) -> str:
    return str(parameter.get("description") or parameter.get("schema", {}).get("description", ""))


def _answer_link(answer: _Schema) -> str:
    schema = answer.get("content", {}).get("application/json", {}).get("schema")
    return _link(schema) if schema else ""


def _link(schema: _Schema) -> str:
    name = str(schema.get("$ref", "")).rsplit("/", 1)[-1] or schema.get("title") or "an object"
    return f"<code>{escape(str(name))}</code>"


_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title} API</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color-scheme: light dark }}
details {{ border-bottom: 1px solid #8884; padding: .5rem 0 }} summary {{ cursor: pointer }}
td {{ padding: .1rem 1rem .1rem 0; vertical-align: top }} p {{ white-space: pre-line }}
</style></head>
<body><h1>{title} API</h1>
<p>Version {version}. The same in machine-readable form: <a href="/openapi.json">/openapi.json</a>.
Sign in at <code>POST /api/auth/login</code> and send <code>Authorization: Bearer</code> with the access token.</p>
<p>{contents}</p>{body}</body></html>
"""
