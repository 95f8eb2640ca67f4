"""The typed client is what the description of the API makes of it, and nothing of the description is left out."""

from __future__ import annotations

from typing import Any

from api.app import openapi_document
from api.client.calls import PARTS
from api.client_making import HERE, files_of, formatted

_LEFT_OUT = {"health", "actions"}


def document(**paths: Any) -> dict[str, Any]:
    note = {
        "type": "object",
        "properties": {
            "id": {"type": "string"},
            "text": {"type": "string", "description": "What it says"},
            "state": {"enum": ["new", "old"], "type": "string"},
            "parent": {"anyOf": [{"$ref": "#/components/schemas/Part"}, {"type": "null"}]},
        },
        "required": ["id"],
    }
    part = {"type": "object", "properties": {"weight": {"type": "integer"}}, "required": []}
    tags = {"type": "array", "items": {"type": "string"}}
    write = {"type": "object", "properties": {"text": {"type": "string"}, "tags": tags}, "required": ["text"]}
    return {"paths": paths, "components": {"schemas": {"Note": note, "Part": part, "WriteNote": write}}}


def answering(name: str, **more: Any) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Note"}
    done = {"200": {"content": {"application/json": {"schema": schema}}}}
    return {"operationId": name, "tags": ["notes"], "description": f"{name}.", "responses": done, **more}


def test_what_is_committed_is_what_the_description_makes() -> None:
    made = formatted(files_of(openapi_document()))
    kept = {
        str(path.relative_to(HERE)): path.read_text()
        for folder in ("shapes", "calls")
        for path in (HERE / folder).glob("*.py")
    }
    stale = sorted(path for path in made.keys() | kept.keys() if made.get(path) != kept.get(path))
    assert stale == [], "make client"


def test_every_call_that_answers_json_is_a_method() -> None:
    described = {
        operation["operationId"]
        for methods in openapi_document()["paths"].values()
        for operation in methods.values()
        if operation["tags"][0] not in _LEFT_OUT
        # A file is streamed by Connection.download.
        and (
            "200" not in operation["responses"]
            or "application/json" in operation["responses"]["200"].get("content", {})
        )
    }
    assert described == {name for calls in PARTS.values() for name in vars(calls) if not name.startswith("_")}


def test_a_path_a_query_a_body_and_a_version_become_what_a_method_takes() -> None:
    body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/WriteNote"}}}}
    headers = [{"name": name, "in": "header"} for name in ("Idempotency-Key", "If-Match")]
    query = [{"name": "state", "in": "query", "schema": {"type": "string"}}]
    files = files_of(
        document(
            **{
                "/notes": {"get": answering("list_notes", parameters=query)},
                "/notes/{id}": {"patch": answering("update_note", parameters=headers, requestBody=body)},
            }
        )
    )
    calls, shapes = files["calls/notes.py"], files["shapes/notes.py"]
    assert "def list_notes(self, **fields: Unpack[ListNotesQuery]) -> Note:" in calls
    keyword = 'if_match: str = "*", idempotency_key: str | None = None, **fields: Unpack[WriteNote]'
    assert f"def update_note(self, id: str, *, {keyword}) -> Note:" in calls
    assert 'f"/notes/{segment(id)}"' in calls
    assert "tags: NotRequired[list[str]]" in shapes
    assert 'text: Annotated[str, "What it says"]' in shapes, "an answer has every field"
    assert "parent: Part | None" in shapes
    assert shapes.index("class Part") < shapes.index("class Note"), "what a shape speaks of stands above it"
    compile(shapes, "shapes", "exec")
    compile(calls, "calls", "exec")


def test_words_of_a_description_can_not_leave_their_string() -> None:
    hostile = 'Ends """\nimport os\nr"""\\'
    files = files_of(document(**{"/notes": {"get": answering("list_notes") | {"description": hostile}}}))
    compile(files["calls/notes.py"], "calls", "exec")
    assert "\nimport os" not in files["calls/notes.py"]
