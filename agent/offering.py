"""What a hosted model is offered of the catalog, in which words, and which of its answers' fields outsiders wrote. Runs nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

MOST_CHARACTERS = 66_000
"""Of all schemas together, which travel with every call: about 15,000 tokens. Who adds a tool beyond it withholds another."""

_DECIDES = "Conversations and proposals have their own ways in; a model gets none of them but undo_proposal."
_AT_THE_DOOR = "The page at the door and its devices do this, scan by scan; the chat tells the counts."
_FILE = "A file does not go through a model, which would have to write every line of it again: the page takes it."
_ATTACHED = "Files are looked at on the page: an address that shows one must not stay in a conversation."
_BUYERS_LINK = "A buyer's own link opens their order to whoever has it: the page copies it, no model sees it."
_NEWS = "Where news goes outside is decided by a person on the page, never by what a model read."
_PERSONAL = "All that is held about a person goes to an admin and into no conversation, which would hold it once more."
_BELONGS = "Who belongs to the organisation, and which keys it has, is seen and decided on the page."
_BOOKS = "Line by line and check by check is for the page and the export; the chat has the ledger's report."

WITHHELD: Mapping[str, str] = {
    "export_person": _PERSONAL,
    "erase_person": _PERSONAL,
    "list_erasures": _PERSONAL,
    "get_proposal": _DECIDES,
    "list_proposals": _DECIDES,
    "restore_step": _DECIDES,
    "list_audit": _DECIDES,
    "check_in": _AT_THE_DOOR,
    "check_in_order": _AT_THE_DOOR,
    "undo_check_in": _AT_THE_DOOR,
    "search_attendees_at_door": _AT_THE_DOOR,
    "download_check_in_list": _AT_THE_DOOR,
    "import_attendees": _FILE,
    "get_file": _ATTACHED,
    "list_files": _ATTACHED,
    "get_order_link": _BUYERS_LINK,
    "renew_order_link": _BUYERS_LINK,
    "get_webhook": _NEWS,
    "list_webhooks": _NEWS,
    "list_webhook_deliveries": _NEWS,
    "list_members": _BELONGS,
    "list_invitations": _BELONGS,
    "list_api_keys": _BELONGS,
    "list_ledger": _BOOKS,
    "check_ledger": _BOOKS,
}
"""Operation -> why the chat does not have it. Everything else that reads or can be a step of a proposal is offered."""

OUTSIDERS_FIELDS = frozenset(
    {
        "description",
        "buyer_name",
        "buyer_email",
        "sponsor_name",
        "label",
        "reason",
        "cancel_reason",
        "note",
        "notes",
        "address",
        "website",
        "attendee_name",
        "attendee_email",
        "billing_address",
        "email",
        "recipient",
        "subject",
        "text",
        "body",
        "failure",
        "reference",
        "sent_to",
        "preview",
        "ignored_columns",
    }
)
"""Who wrote these is not the person in the chat: buyers, attendees, sponsors, banks, whoever filled an import. Titles and names of
the organiser's own events and venues are looked up and compared, never followed, and are not listed."""
PERSONS_ROW = "email"
"""A row with this field is a person's: its `name` was typed by them too."""

# What a model does not read, or reads in the message that a wrong value earns it.
_UNREAD = frozenset(
    {"title", "default", "minLength", "maxLength", "pattern", "additionalProperties", "minItems", "maxItems"}
)
_BOUNDS = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"})


def plain_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The input's schema in few words: no titles, no `null` for what may be left out, no limits that a refusal tells."""
    schema = model.model_json_schema()
    schema.pop("description", None)
    plain: dict[str, Any] = _plain(schema)
    return plain


def _plain(part: Any) -> Any:
    if isinstance(part, list):
        return [_plain(one) for one in part]
    if not isinstance(part, dict):
        return part
    choices = [one for one in part.get("anyOf", ()) if one != {"type": "null"}]
    if len(choices) == 1:
        part = {**choices[0], **{key: value for key, value in part.items() if key != "anyOf"}}
    kept = {}
    for key, value in part.items():
        if key in ("properties", "$defs"):
            kept[key] = {name: _plain(inner) for name, inner in value.items()}
        elif key == "default" and value not in (None, "", [], 0, False):
            kept[key] = value
        elif key not in _UNREAD and key not in _BOUNDS:
            kept[key] = _plain(value)
    return kept
