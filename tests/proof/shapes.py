"""What an answer may hold: its description, read as closed, and the words a secret goes by. Holds no test."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError

Schema = dict[str, Any]


SECRETS: dict[str, set[str]] = {
    # A key that opens something -> the only operations that tell one.
    "key": {"create_api_key"},
    "secret": {"create_webhook", "rotate_webhook_secret"},
    "link": {"get_order_link", "renew_order_link", "invite_member", "resend_invitation", "list_invitations"},
    "url": {"get_file", "create_webhook", "get_webhook", "list_webhooks", "update_webhook", "delete_webhook", "rotate_webhook_secret"},
    "code_hash": {"download_check_in_list"},
}  # fmt: skip
NEVER = {
    "password", "encrypted_password", "token", "access_token", "refresh_token", "dsn", "request_hash", "response",
    "recovery_token", "confirmation_token", "sealed", "terms",
}  # fmt: skip
"""Names no answer has."""

AT_THE_DOOR = {
    "accepted", "attendee_name", "barred", "by_type", "changed", "check_in", "check_in_id", "check_in_list_id",
    "check_in_list_name", "check_ins", "code_hash", "conflict", "conflicts", "created_at", "cursor", "device",
    "email_hint", "entered", "entered_at", "event_id", "event_name", "every_type", "expected", "forced", "fresh",
    "id", "inside", "items", "kind", "message", "more", "name", "nonce", "number", "on_list", "order_number",
    "outcome", "previous_at", "previous_device", "reason", "reentry", "refused", "repeated", "scanned_at", "scans",
    "ticket_id", "ticket_type", "ticket_type_id", "ticket_types", "undone_at", "version",
}  # fmt: skip
"""All that somebody who only scans is ever told: names and what the scan says, no address and no money."""


def let_in(model: type[BaseModel], good: dict[str, Any], names: set[str]) -> list[str]:
    """The names that an input takes although it does not know them; `venue_id` is how a reference may be written."""
    known = {spelled for field in model.model_fields for spelled in (field, f"{field}_id")}
    return [name for name in sorted(names - known) if _accepts(model, {**good, name: "1"})]


def _accepts(model: type[BaseModel], sent: dict[str, Any]) -> bool:
    try:
        model.model_validate(sent)
    except ValidationError:
        return False
    return True


def open_objects(model: type[BaseModel]) -> list[str]:
    """The objects within an input that take members they do not name."""
    whole = model.model_json_schema()
    found = {"": whole, **whole.get("$defs", {})}
    return [
        name or model.__name__
        for name, schema in found.items()
        if "properties" in schema and schema.get("additionalProperties") is not False
    ]


@cache
def _described(model: type[BaseModel]) -> Schema:
    return model.model_json_schema(mode="serialization")


def extra_keys(model: type[BaseModel], answer: Any) -> list[str]:
    """Paths in an answer that its description does not have."""
    whole = _described(model)
    return list(_extra(whole, answer, whole.get("$defs", {}), ""))


def _extra(schema: Schema, value: Any, named: Schema, path: str) -> Iterator[str]:
    schema = _followed(schema, named)
    if "anyOf" in schema:
        found = [list(_extra(each, value, named, path)) for each in schema["anyOf"] if _fits(each, value, named)]
        yield from min(found, key=len, default=[path])
    elif isinstance(value, list):
        for each in value:
            yield from _extra(schema.get("items", {}), each, named, f"{path}[]")
    elif isinstance(value, dict):
        members = schema.get("properties", {})
        others = schema.get("additionalProperties", "properties" not in schema)
        for name, member in value.items():
            if name in members:
                yield from _extra(members[name], member, named, f"{path}.{name}")
            elif isinstance(others, dict):
                yield from _extra(others, member, named, f"{path}.{name}")
            elif not others:
                yield f"{path}.{name}"


def _fits(schema: Schema, value: Any, named: Schema) -> bool:
    """Whether a branch is of the value's kind."""
    kind = _followed(schema, named).get("type")
    if isinstance(value, dict):
        return kind in ("object", None)
    return not isinstance(value, list) or kind in ("array", None)


def _followed(schema: Schema, named: Schema) -> Schema:
    while "$ref" in schema:
        schema = named[schema["$ref"].rsplit("/", 1)[1]]
    return schema


def too_much(operation: str, role: str | None, answer: Any) -> list[str]:
    """Names in an answer that this operation tells nobody, or nobody of this role, described or not."""
    keys = keys_of(answer)
    secret = {name for name in keys & SECRETS.keys() if operation not in SECRETS[name]}
    return sorted(secret | keys & NEVER | (keys - AT_THE_DOOR if role == "door" else set()))


def keys_of(answer: Any) -> set[str]:
    """Every name in an answer that has a value."""
    if isinstance(answer, dict):
        named = {name for name, value in answer.items() if value is not None}
        return named.union(*(keys_of(value) for value in answer.values()))
    return set().union(*(keys_of(each) for each in answer)) if isinstance(answer, list) else set()
