"""A command per call of the client, made from its types: `greenroom events list --status published`."""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Callable, Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import typer

from api.client.calls import PARTS
from api.client.connection import Calls
from api.terminal.session import Misused, Session

LEFT_OUT = frozenset({"auth", "public"})
"""Signing in has commands of its own; what strangers may ask is for the shop."""
BY_HAND = frozenset({"import_attendees", "upload_file"})
_ASKED_FIRST = frozenset({"money", "external"})
_SIMPLE = (str, int, float, bool)

Option = inspect.Parameter


def add_commands(app: typer.Typer, groups: Mapping[str, typer.Typer]) -> None:
    """Adds a group per part of the API; `groups` are those that have commands written by hand already."""
    for part, calls in PARTS.items():
        if part in LEFT_OUT:
            continue
        group = groups.get(part) or typer.Typer(no_args_is_help=True)
        for method, name in names_of(part, calls).items():
            group.command(name, help=inspect.getdoc(getattr(calls, method)))(_command(part, calls, method))
        app.add_typer(group, name=part.replace("_", "-"), help=f"{part.replace('_', ' ').capitalize()}.")


def names_of(part: str, calls: type[Calls]) -> dict[str, str]:
    """Method -> command: without the noun that the group says already, unless two would be called the same."""
    known = {name for name, found in vars(calls).items() if inspect.isfunction(found) and not name.startswith("_")}
    # Where something can be changed in part, replacing all of it is for programs.
    methods = [
        name
        for name in vars(calls)
        if name in known - BY_HAND and name.replace("replace_", "update_", 1) not in known - {name}
    ]
    nouns = sorted({part, part.removesuffix("s")}, key=len, reverse=True)
    short = {
        method: next((name.removesuffix(f"_{noun}") for noun in nouns if name.endswith(f"_{noun}")), name)
        for method, name in ((method, operation_of(method)) for method in methods)
    }
    taken = list(short.values())
    return {
        name: (each if taken.count(each) == 1 else operation_of(name)).replace("_", "-") for name, each in short.items()
    }


def operation_of(method: str) -> str:
    return method.removeprefix("replace_")


def _command(part: str, calls: type[Calls], method: str) -> Callable[..., None]:
    function = getattr(calls, method)
    arguments, takes = _shape_of(function)
    writes = "idempotency_key" in inspect.signature(function).parameters

    def run(ctx: typer.Context, **given: Any) -> None:
        session: Session = ctx.obj
        session.as_json |= given.pop("as_json")
        sent = {name: given[name] for name in arguments}
        if writes:
            sent["idempotency_key"] = given.pop("idempotency_key")
            require_yes(session, operation_of(method), yes=given.pop("yes"))
        sent |= {
            name: _read(kind, given[name]) for name, (kind, _, _) in takes.items() if given[name] not in (None, [])
        }
        session.show(getattr(getattr(session.client, part), method)(**sent))

    parameters = [_parameter("ctx", typer.Context)]
    parameters += [_parameter(name, Annotated[str, typer.Argument(help="Id or number")]) for name in arguments]
    parameters += [_option(name, kind, told, required) for name, (kind, told, required) in takes.items()]
    parameters.append(
        _parameter("as_json", Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")], False)
    )
    if writes:
        parameters.append(_parameter("yes", Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")], False))
        told = "The same key and input again has no further effect."
        parameters.append(_parameter("idempotency_key", Annotated[str | None, typer.Option(help=told)], None))
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in parameters}
    return run


def require_yes(session: Session, operation: str, *, yes: bool) -> None:
    """Asks before money moves or something is told to the world. Raises Misused where there is nobody to ask."""
    if yes:
        return
    effect = session.effects.get(operation)
    if effect not in _ASKED_FIRST:
        return
    told = "moves money" if effect == "money" else "can not be unsaid"
    if not sys.stdin.isatty():
        raise Misused(f"{operation} {told}: say --yes where nobody can be asked.")
    if not typer.confirm(f"{operation} {told}. Do it?"):
        raise typer.Abort()


Takes = dict[str, tuple[Any, str | None, bool]]
"""Field -> its type, what it means, whether it must be given."""


def _shape_of(function: Callable[..., Any]) -> tuple[list[str], Takes]:
    """The places in the path, and the fields."""
    hints = get_type_hints(function, include_extras=True)
    named = inspect.signature(function).parameters
    places = [name for name, each in named.items() if each.kind is each.POSITIONAL_OR_KEYWORD and name != "self"]
    if "fields" not in hints:
        return places, {}
    shape = get_args(hints["fields"])[0]
    fields: Takes = {}
    for name, hint in get_type_hints(shape, include_extras=True).items():
        kind, told = _unwrapped(hint)
        fields[name] = (kind, told, name in shape.__required_keys__)
    return places, fields


def _unwrapped(hint: Any) -> tuple[Any, str | None]:
    """The type without what says that it may be left out or null, and its description."""
    told: str | None = None
    while True:
        if get_origin(hint) is Annotated:
            hint, told = get_args(hint)[:2]
        elif str(get_origin(hint)) == "typing.NotRequired":
            hint = get_args(hint)[0]
        elif get_origin(hint) in (Union, UnionType):
            kinds = [each for each in get_args(hint) if each is not NoneType]
            if len(kinds) > 1:
                return Any, told
            hint = kinds[0]
        else:
            return hint, told


def _is_simple(kind: Any) -> bool:
    if get_origin(kind) is Literal:
        return all(isinstance(value, str) for value in get_args(kind))
    return kind in _SIMPLE


def _option(name: str, kind: Any, told: str | None, required: bool) -> Option:
    simple = _is_simple(kind)
    many = get_origin(kind) is list and get_args(kind)[0] is str
    typed: Any = kind if simple or many else str
    told = told if simple or many else f"{told or ''} (JSON)".strip()
    option = typer.Option(help=told, rich_help_panel=None if required else "Optional")
    if required:
        return _parameter(name, Annotated[typed, option])
    return _parameter(name, Annotated[typed | None, option], None)


def _parameter(name: str, annotation: Any, default: Any = inspect.Parameter.empty) -> Option:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)


def _read(kind: Any, value: Any) -> Any:
    """An option's value as the service takes it. Raises Misused for what should be JSON and is not."""
    if _is_simple(kind) or not isinstance(value, str):
        return value
    return read_json(value)


def read_json(text: str) -> Any:
    """JSON as it was typed. Raises Misused."""
    try:
        return json.loads(text)
    except ValueError as fault:
        raise Misused(f"That is not JSON: {fault}.") from fault
