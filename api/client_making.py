"""Makes the client's typed half of the description of the API: `python -m api openapi | python -m api.client_making`.

Writes `shapes/` (what goes over the wire, as TypedDicts) and `calls/` (a method per address), one file per part of the API.
Knows nothing of the service but that description.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

HERE = Path(__file__).parent / "client"
SHARED = "shared"
_LEFT_OUT = frozenset({"health", "actions"})
"""Parts without typed calls: what a monitor asks, and calls by name, which are written by hand."""
_MADE = '"""{told} Made by api/client_making.py of the API\'s description; not edited by hand."""\n'
_METHODS = ("get", "post", "put", "patch", "delete")
_SIMPLE = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
_WIDTH = 116

_Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One method of the client."""

    name: str
    part: str
    method: str
    path: str
    told: str
    in_path: tuple[str, ...]
    takes: str | None
    answers: str | None
    keyed: bool
    versioned: bool
    content: bool
    """Its fields stand in the address, and what is sent is a file."""


def files_of(document: _Schema) -> dict[str, str]:
    """Every file of the made half by its path below this folder, not yet formatted."""
    shapes = dict(_shapes(document))
    calls = list(_calls(document, shapes))
    homes = _homes(calls, shapes)
    sent = _reached([call.takes for call in calls if call.takes], shapes)
    # An answer has every field; what may be left out of it is what somebody sends.
    shapes = {name: shape if name in sent else _complete(shape) for name, shape in shapes.items()}
    files = {"shapes/__init__.py": _MADE.format(told="What goes over the wire, a module per part of the API.")}
    for part in sorted(set(homes.values())):
        files[f"shapes/{part}.py"] = _shape_file(part, shapes, homes)
    by_part: dict[str, list[Call]] = defaultdict(list)
    for call in calls:
        by_part[call.part].append(call)
    for part in sorted(by_part):
        files[f"calls/{part}.py"] = _call_file(part, by_part[part], homes)
    files["calls/__init__.py"] = _index_file(sorted(by_part))
    return files


def _shapes(document: _Schema) -> Iterator[tuple[str, _Schema]]:
    """The named schemas, and one of the query of each read that takes one."""
    for name, schema in document["components"]["schemas"].items():
        yield _camel(name), schema
    for _, _, operation in _operations(document):
        asked = [each for each in operation.get("parameters", ()) if each["in"] == "query"]
        if asked:
            yield (
                _query_name(operation),
                {
                    "type": "object",
                    "properties": {
                        each["name"]: {"description": each.get("description"), **each["schema"]} for each in asked
                    },
                    "required": [each["name"] for each in asked if each.get("required")],
                },
            )


def _operations(document: _Schema) -> Iterator[tuple[str, str, _Schema]]:
    for path, methods in document["paths"].items():
        for method in _METHODS:
            if method in methods and _part(methods[method]) not in _LEFT_OUT:
                yield path, method, methods[method]


def _calls(document: _Schema, shapes: Mapping[str, _Schema]) -> Iterator[Call]:
    for path, method, operation in _operations(document):
        done = next(code for code in operation["responses"] if code.startswith("2"))
        answer = operation["responses"][done].get("content", {}).get("application/json", {}).get("schema")
        if answer is None and done == "200":
            continue  # A file, which Connection.download streams.
        body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
        named = _camel(body["$ref"].rsplit("/", 1)[1]) if body else _query_name(operation)
        takes = named if named in shapes else None
        headers = {each["name"] for each in operation.get("parameters", ()) if each["in"] == "header"}
        yield Call(
            name=operation["operationId"],
            part=_part(operation),
            method=method.upper(),
            path=path,
            told=operation["description"],
            in_path=tuple(re.findall(r"{(\w+)}", path)),
            takes=takes,
            answers=_python(answer) if answer else None,
            keyed="Idempotency-Key" in headers,
            versioned="If-Match" in headers,
            content=method in ("post", "put") and body is None and takes is not None,
        )


def _part(operation: _Schema) -> str:
    return str(operation.get("tags", ["other"])[0]).replace("-", "_")


def _query_name(operation: _Schema) -> str:
    return _camel(f"{operation['operationId']}_query")


def _homes(calls: Sequence[Call], shapes: Mapping[str, _Schema]) -> dict[str, str]:
    """Shape -> the part it is kept in: its own when only one part speaks of it."""
    parts: dict[str, set[str]] = defaultdict(set)
    for call in calls:
        for name in _reached([name for name in (call.takes, call.answers) if name in shapes], shapes):
            parts[name].add(call.part)
    return {name: next(iter(found)) if len(found) == 1 else SHARED for name, found in parts.items()}


def _reached(names: Iterable[str | None], shapes: Mapping[str, _Schema]) -> set[str]:
    """These shapes and all that they are made of."""
    pending, seen = [name for name in names if name], set[str]()
    while pending:
        name = pending.pop()
        if name not in seen:
            seen.add(name)
            pending += _mentioned(shapes[name])
    return seen


def _complete(shape: _Schema) -> _Schema:
    return {**shape, "required": list(shape.get("properties", ()))}


def _mentioned(schema: Any) -> list[str]:
    """The shapes that a schema speaks of directly."""
    if isinstance(schema, Mapping):
        own = [_camel(schema["$ref"].rsplit("/", 1)[1])] if isinstance(schema.get("$ref"), str) else []
        return own + [name for value in schema.values() for name in _mentioned(value)]
    if isinstance(schema, list):
        return [name for value in schema for name in _mentioned(value)]
    return []


def _shape_file(part: str, shapes: Mapping[str, _Schema], homes: Mapping[str, str]) -> str:
    own = [name for name, home in homes.items() if home == part]
    ordered: list[str] = []

    def place(name: str) -> None:
        # What a shape speaks of stands above it: nothing is a string, so required keys are known at run time.
        if name not in ordered:
            for inner in _mentioned(shapes[name]):
                if homes[inner] == part and inner != name:
                    place(inner)
            ordered.append(name)

    for name in sorted(own):
        place(name)
    elsewhere = sorted(
        {inner for name in own for inner in _mentioned(shapes[name]) if homes[inner] != part}, key=str.casefold
    )
    body = "\n\n".join(_shape(name, shapes[name]) for name in ordered)
    imports = [
        f"from typing import {', '.join(names)}"
        for names in [[each for each in _TYPING if re.search(rf"\b{each}\b", body)]]
        if names
    ]
    if elsewhere:
        imports += ["", f"from api.client.shapes.{SHARED} import {', '.join(elsewhere)}"]
    return "\n".join([_MADE.format(told=f"Shapes of {part}."), *imports, "\n", body, ""])


_TYPING = ("Annotated", "Any", "Literal", "NotRequired", "TypedDict")


def _shape(name: str, schema: _Schema) -> str:
    if "enum" in schema:
        return f"{name} = {_python(schema)}\n"
    required = schema.get("required", ())
    fields = [f"    {key}: {_field(inner, key in required)}" for key, inner in schema.get("properties", {}).items()]
    return "\n".join([f"class {name}(TypedDict):", *(fields or ["    pass"]), ""])


def _field(schema: _Schema, required: bool) -> str:
    kind = _python(schema)
    if told := schema.get("description") or next(
        (c["description"] for c in schema.get("anyOf", ()) if "description" in c), None
    ):
        kind = f"Annotated[{kind}, {json.dumps(' '.join(told.split()), ensure_ascii=False)}]"
    return kind if required else f"NotRequired[{kind}]"


def _python(schema: _Schema) -> str:
    """The Python type of a schema's values."""
    if "$ref" in schema:
        return _camel(schema["$ref"].rsplit("/", 1)[1])
    if "const" in schema or "enum" in schema:
        values = schema.get("enum", [schema.get("const")])
        return f"Literal[{', '.join(json.dumps(value) for value in values)}]"
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return " | ".join(dict.fromkeys(_python(each) for each in schema[several]))
    kind = schema.get("type")
    if kind == "array":
        return f"list[{_python(schema.get('items', {}))}]"
    if kind == "object":
        inner = schema.get("additionalProperties")
        return f"dict[str, {_python(inner) if isinstance(inner, Mapping) else 'Any'}]"
    return _SIMPLE.get(str(kind), "Any")


def _call_file(part: str, calls: Sequence[Call], homes: Mapping[str, str]) -> str:
    named: dict[str, set[str]] = defaultdict(set)
    for call in calls:
        for name in (call.takes, call.answers):
            if name is not None and name in homes:
                named[homes[name]].add(name)
    typing = ["Unpack"] if any(call.takes for call in calls) else []
    typing += ["cast"] if any(call.answers for call in calls) else []
    ours = ["Calls", "segment"] if any(call.in_path for call in calls) else ["Calls"]
    imports = ["from collections.abc import Iterable"] if any(call.content for call in calls) else []
    imports += [f"from typing import {', '.join(typing)}", ""] if typing else []
    imports += [f"from api.client.connection import {', '.join(ours)}"]
    imports += [
        f"from api.client.shapes.{home} import {', '.join(sorted(names, key=str.casefold))}"
        for home, names in sorted(named.items())
    ]
    methods = "\n\n".join(_method(call) for call in calls)
    return "\n".join(
        [
            _MADE.format(told=f"Calls of {part}."),
            "from __future__ import annotations",
            "",
            *imports,
            "\n",
            f"class {_class(part)}(Calls):",
            f'    """What `{part}` offers."""',
            "",
            methods,
            "",
        ]
    )


def _method(call: Call) -> str:
    named = [
        *(['if_match: str = "*"'] if call.versioned else []),
        *(["idempotency_key: str | None = None"] if call.keyed else []),
    ]
    content = ["content: bytes | Iterable[bytes]"] if call.content else []
    taken = ["self", *(f"{name}: str" for name in call.in_path), *content, *(["*", *named] if named else [])]
    taken += [f"**fields: Unpack[{call.takes}]"] if call.takes else []
    path = re.sub(r"{(\w+)}", r"{segment(\1)}", call.path)
    given = [f'"{call.method}"', f'{"f" if call.in_path else ""}"{path}"']
    in_address = call.content or call.method in ("GET", "DELETE")
    given += (["query=fields"] if in_address else ["body=fields"]) if call.takes else []
    given += ["content=content"] if call.content else []
    given += ["if_match=if_match"] if call.versioned else []
    given += ["keyed=True", "key=idempotency_key"] if call.keyed else []
    sent = f"self._ask({', '.join(given)})"
    does = f"return cast({json.dumps(call.answers)}, {sent})" if call.answers else sent
    return "\n".join(
        [
            f"    def {call.name}({', '.join(taken)}) -> {call.answers or 'None'}:",
            textwrap.indent(_docstring(call.told), " " * 8),
            f"        {does}",
            "",
        ]
    )


def _docstring(told: str) -> str:
    paragraphs = [textwrap.fill(" ".join(each.split()), _WIDTH - 12) for each in told.split("\n\n")]
    text = "\n\n".join(paragraphs).replace("\\", "\\\\").replace('"""', "'''")
    ends = "\n" if "\n" in text else " " if text.endswith('"') else ""
    return f'"""{text}{ends}"""'


def _index_file(parts: Sequence[str]) -> str:
    imports = "\n".join(f"from api.client.calls.{part} import {_class(part)}" for part in parts)
    listed = "\n".join(f'    "{part}": {_class(part)},' for part in parts)
    members = "\n".join(f"        self.{part} = {_class(part)}(connection)" for part in parts)
    return "\n".join(
        [
            _MADE.format(told="Every part of the API."),
            "from __future__ import annotations",
            "",
            "from collections.abc import Mapping",
            "",
            imports,
            "from api.client.connection import Calls, Connection",
            "",
            "PARTS: Mapping[str, type[Calls]] = {",
            listed,
            "}",
            "\n",
            "class Parts:",
            '    """The parts of the API over one connection."""',
            "",
            "    def __init__(self, connection: Connection) -> None:",
            members,
            "",
        ]
    )


def _class(part: str) -> str:
    return f"{_camel(part)}Calls"


def _camel(name: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in re.split(r"[^A-Za-z0-9]+", name))


def formatted(files: Mapping[str, str]) -> dict[str, str]:
    """The files as the house formats its own. Needs ruff, which stands among the tools of development."""
    ruff, settings = Path(sys.executable).with_name("ruff"), HERE.parents[1] / "pyproject.toml"
    with TemporaryDirectory() as folder:
        for path, text in files.items():
            (Path(folder) / path).parent.mkdir(exist_ok=True)
            (Path(folder) / path).write_text(text)
        subprocess.run([ruff, "format", "-q", "--config", settings, folder], check=True)  # noqa: S603 - our own tool
        return {path: (Path(folder) / path).read_text() for path in files}


def main() -> int:
    """Reads the description from standard input and replaces what was made before."""
    files = formatted(files_of(json.load(sys.stdin)))
    for folder in ("shapes", "calls"):
        (HERE / folder).mkdir(exist_ok=True)
        for old in (HERE / folder).glob("*.py"):
            if str(old.relative_to(HERE)) not in files:
                old.unlink()
    for path, text in files.items():
        (HERE / path).write_text(text)
    sys.stdout.write(f"{len(files)} files\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
