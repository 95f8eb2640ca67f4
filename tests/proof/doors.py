"""The routes that are no operation of the catalog: a good call of each, and what each persona is answered. Declared by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from api.mcp.routes import METADATA
from tests.proof.routes import Route
from tests.proof.wire import Asked
from tests.proof.world import Estate, Persona, World

Aim = Literal["own", "foreign", "elsewhere"]
"""Something of the organisation one stands in; something of the other; the same with the other's name in the header."""

NOTHING = str(UUID(int=7))
Told = Callable[[Persona, Aim], int]
Made = Callable[[Estate, Persona, Aim], Asked]


@dataclass(frozen=True)
class Row:
    made: Made
    told: Told


def everybody(status: int) -> Told:
    """Not even the sign-in is looked at."""
    return lambda _persona, _aim: status


def people(status: int) -> Told:
    """Whoever has a token; a key is no person."""
    return lambda persona, _aim: 401 if not persona.signed_in else 403 if persona.is_key else status


def with_key_of_its_own(status: int) -> Told:
    """Whoever has a token or a key; a key says of which organisation it is, and is refused with another's name."""
    return lambda persona, aim: (
        401 if not persona.signed_in else 403 if persona.is_key and not _member(persona, aim) else status
    )


def session(status: int) -> Told:
    """Whoever has a token; a key is none, and not even read here."""
    return lambda persona, _aim: status if persona.signed_in and not persona.is_key else 401


def who_is_named(status: int) -> Told:
    """A person or a key, who is somebody where they say they are, if they say so."""
    return lambda persona, aim: (
        401 if not persona.signed_in else 403 if aim == "elsewhere" and not _member(persona, aim) else status
    )


def keeper(own: int, foreign: int = 404) -> Told:
    """What is one person's alone: theirs, or there is no such thing, whoever else asks and wherever they stand."""

    def told(persona: Persona, aim: Aim) -> int:
        if not persona.signed_in or persona.is_key:
            return 403 if persona.is_key else 401
        return own if aim == "own" and "events:read" in persona.scopes_at(aim) else foreign

    return told


def member(own: int, foreign: int = 404) -> Told:
    """Who may read in the organisation, for what is theirs alone; who may not is told so first."""

    def told(persona: Persona, aim: Aim) -> int:
        if not persona.signed_in:
            return 401
        if persona.is_key or "events:read" not in persona.scopes_at(aim):
            return 403
        return own if aim == "own" else foreign

    return told


def leaving(persona: Persona, aim: Aim) -> int:
    """Whoever is in it, but its last owner."""
    if not persona.signed_in or persona.is_key:
        return 403 if persona.is_key else 401
    role = persona.roles.get(persona.place if aim == "own" else persona.elsewhere)
    return 404 if role is None else 409 if role == "owner" else 204


def link(good: int, bad: int = 404) -> Told:
    """Who has the link is let in, whoever they are; `foreign` is a link that was changed."""
    return lambda _persona, aim: good if aim == "own" else bad


def scoped(scope: str, own: int, foreign: int) -> Told:
    def told(persona: Persona, aim: Aim) -> int:
        if not persona.signed_in:
            return 401
        if not _member(persona, aim) or scope not in persona.scopes_at(aim):
            return 403
        return foreign if aim == "foreign" else own

    return told


def _member(persona: Persona, aim: Aim) -> bool:
    return (persona.elsewhere if aim == "elsewhere" else persona.place) in persona.roles


def plain(method: str, path: str, body: Any = None, **query: Any) -> Made:
    return lambda _estate, _persona, _aim: Asked(method, path, query, body)


def _thread(estate: Estate, persona: Persona, aim: Aim) -> str:
    """One's own conversation; aimed elsewhere, one of somebody else's there."""
    if aim == "own":
        return str(estate.threads.get(persona.name, NOTHING))
    return str(next(thread for name, thread in estate.threads.items() if not name.startswith("two ")))


def chat(method: str, path: str, body: dict[str, Any] | None = None) -> Made:
    def made(estate: Estate, persona: Persona, aim: Aim) -> Asked:
        thread = _thread(estate, persona, aim)
        named = {name: thread if value == "{thread}" else value for name, value in (body or {}).items()}
        return Asked(method, f"/api/copilotkit{path.replace('{thread}', thread)}", {}, named or None)

    return made


def page(method: str, path: str, **form: Any) -> Made:
    """The page of an order. A form is sent as browsers send it."""

    def made(estate: Estate, _: Persona, aim: Aim) -> Asked:
        good = estate.link
        turned = "A" if good[-9] != "A" else "B"
        address = good if aim == "own" else good[:-9] + turned + good[-8:]
        fields = "&".join(f"{name}={estate.ticket if value == '{ticket}' else value}" for name, value in form.items())
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        return Asked(method, address + path, {}, fields.encode() if form else None, kind)

    return made


def shop(method: str, path: str, body: Callable[[Estate], Any] | None = None) -> Made:
    """The public shop: what is published, and for `foreign` what is not."""

    def made(estate: Estate, _: Persona, aim: Aim) -> Asked:
        own = {
            "{event}": str(estate.open_event),
            "{hold}": str(estate.public_hold),
            "{token}": estate.link.rsplit("/", 1)[1],
        }
        other = {"{event}": str(estate.shop.spare_event.id), "{hold}": NOTHING, "{token}": "A" * 38}
        address = path
        for name, value in (own if aim == "own" else other).items():
            address = address.replace(name, value)
        sent = body(estate) if body else None
        if sent and aim != "own" and "event" in sent:
            sent = sent | {"event": other["{event}"]}
        return Asked(method, f"/api/public{address}", {}, sent)

    return made


def export(file: str, **query: Any) -> Made:
    """A list as a file; payouts belong to no event."""

    def made(estate: Estate, _persona: Persona, _aim: Aim) -> Asked:
        event = {} if file.startswith("payouts") else {"event": str(estate.shop.event.id)}
        return Asked("GET", f"/api/exports/{file}", event | query)

    return made


def _stop(what: str, body: Any) -> Made:
    return lambda estate, _persona, _aim: Asked("POST", f"/api/platform/organizations/{estate.org_id}/{what}", {}, body)


def _upload(estate: Estate, _persona: Persona, _aim: Aim) -> Asked:
    query = {"kind": "event_poster", "name": "poster.png", "event": str(estate.shop.event.id)}
    return Asked("POST", "/api/uploads", query, b"no picture", {"Content-Type": "image/png"})


def _tools(_estate: Estate, _persona: Persona, _aim: Aim) -> Asked:
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    headers = {"Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2025-06-18"}
    return Asked("POST", "/mcp", {}, call, headers)


NO_TURN = {"threadId": "{thread}"}
"""A turn in which nothing is said: refused once it is known who calls."""
_CHAT = "/api/copilotkit"
_AUTH = "/api/auth"
_TICKET = {"ticket": "{ticket}", "name": "Cleo"}
_EXPORT: Route = ("GET", "/api/exports/{kind}.{format}")
_PAGE: Route = ("*", "")

ROWS: dict[Route, Row] = {
    _PAGE: Row(plain("GET", "/"), everybody(200)),
    ("GET", "/healthz"): Row(plain("GET", "/healthz"), everybody(200)),
    ("GET", "/readyz"): Row(plain("GET", "/readyz"), everybody(200)),
    ("GET", "/metrics"): Row(plain("GET", "/metrics"), everybody(200)),
    ("GET", "/docs"): Row(plain("GET", "/docs"), everybody(200)),
    ("GET", "/openapi.json"): Row(plain("GET", "/openapi.json"), everybody(200)),
    ("GET", "/api/actions"): Row(plain("GET", "/api/actions"), everybody(200)),
    ("POST", "/api/actions/{operation}"): Row(
        plain("POST", "/api/actions/no_such_thing", {}), with_key_of_its_own(404)
    ),
    _EXPORT: Row(export("attendees.csv"), scoped("orders:read", 200, 404)),
    ("POST", "/api/hooks/payments/{provider}"): Row(
        plain("POST", "/api/hooks/payments/sandbox", {"type": "paid"}), everybody(400)
    ),
    # Signing in: bad values, since a good one makes an account.
    ("POST", "/api/auth/signup"): Row(plain("POST", "/api/auth/signup", {"email": "x"}), everybody(422)),
    ("POST", "/api/auth/login"): Row(plain("POST", "/api/auth/login", {"email": "nobody@example.org"}), everybody(422)),
    ("POST", "/api/auth/refresh"): Row(plain("POST", "/api/auth/refresh", {"refresh_token": "x"}), everybody(401)),
    ("POST", "/api/auth/recover"): Row(plain("POST", "/api/auth/recover", {"email": "x"}), everybody(422)),
    ("POST", "/api/auth/confirm"): Row(plain("POST", "/api/auth/confirm", {"email": "x"}), everybody(422)),
    ("POST", "/api/auth/verify"): Row(plain("POST", "/api/auth/verify", {"type": "signup"}), everybody(422)),
    ("POST", "/api/auth/password"): Row(plain("POST", "/api/auth/password", {"password": ""}), session(422)),
    ("POST", "/api/auth/logout"): Row(plain("POST", "/api/auth/logout"), session(204)),
    ("GET", "/api/auth/me"): Row(plain("GET", "/api/auth/me"), who_is_named(200)),
    ("GET", f"{_AUTH}/invitations/{{token}}"): Row(plain("GET", f"{_AUTH}/invitations/{NOTHING}"), everybody(404)),
    ("POST", f"{_AUTH}/invitations/{{token}}"): Row(plain("POST", f"{_AUTH}/invitations/{NOTHING}"), people(404)),
    # A bad value, since a good one founds an organisation.
    ("POST", f"{_AUTH}/organizations"): Row(plain("POST", f"{_AUTH}/organizations", {"name": ""}), people(422)),
    ("POST", f"{_AUTH}/organizations/{{id}}/leave"): Row(
        lambda estate, _persona, _aim: Asked("POST", f"{_AUTH}/organizations/{estate.org_id}/leave"), leaving
    ),
    # Nobody here runs the platform.
    ("GET", "/api/platform/organizations"): Row(plain("GET", "/api/platform/organizations"), people(403)),
    ("POST", "/api/platform/organizations/{id}/suspend"): Row(_stop("suspend", {"reason": "Fraud"}), people(403)),
    ("POST", "/api/platform/organizations/{id}/resume"): Row(_stop("resume", None), people(403)),
    # Files: what is no picture is refused once it is known whose event it is of.
    ("POST", "/api/uploads"): Row(_upload, scoped("files:write", 422, 404)),
    ("GET", "/api/public/events/{id}/poster"): Row(shop("GET", "/events/{event}/poster"), everybody(404)),
    ("POST", "/api/people/export.zip"): Row(
        plain("POST", "/api/people/export.zip", {"email": "bob@example.org"}), scoped("people:manage", 200, 200)
    ),
    ("*", "/mcp"): Row(_tools, with_key_of_its_own(200)),
    ("GET", METADATA): Row(plain("GET", METADATA), everybody(200)),
    ("GET", f"{METADATA}/mcp"): Row(plain("GET", f"{METADATA}/mcp"), everybody(200)),
    # The chat.
    ("GET", f"{_CHAT}/info"): Row(chat("GET", "/info"), people(200)),
    ("POST", f"{_CHAT}/agent/{{agent}}/run"): Row(chat("POST", "/agent/default/run", NO_TURN), people(422)),
    ("POST", f"{_CHAT}/agent/{{agent}}/connect"): Row(
        chat("POST", "/agent/default/connect", {"threadId": "{thread}", "runId": "r"}), people(200)
    ),
    ("POST", f"{_CHAT}/agent/{{agent}}/stop/{{thread}}"): Row(
        chat("POST", "/agent/default/stop/{thread}", {}), keeper(200)
    ),
    ("POST", f"{_CHAT}/agent/{{agent}}/suggest"): Row(
        chat("POST", "/agent/default/suggest", {"threadId": "{thread}", "runId": "r"}), member(200, 200)
    ),
    ("GET", f"{_CHAT}/threads"): Row(chat("GET", "/threads"), member(200, 200)),
    ("PATCH", f"{_CHAT}/threads/{{thread}}"): Row(chat("PATCH", "/threads/{thread}", {"name": "X"}), member(200)),
    ("DELETE", f"{_CHAT}/threads/{{thread}}"): Row(chat("DELETE", "/threads/{thread}"), member(200)),
    ("POST", f"{_CHAT}/threads/{{thread}}/archive"): Row(chat("POST", "/threads/{thread}/archive", {}), member(200)),
    ("GET", f"{_CHAT}/threads/{{thread}}/messages"): Row(chat("GET", "/threads/{thread}/messages"), keeper(200)),
    # The shop: for everybody, and only what is published.
    ("GET", "/api/public/events"): Row(plain("GET", "/api/public/events"), everybody(200)),
    ("GET", "/api/public/events/{id}"): Row(shop("GET", "/events/{event}"), link(200)),
    ("GET", "/api/public/events/{id}/availability"): Row(shop("GET", "/events/{event}/availability"), link(200)),
    ("POST", "/api/public/holds"): Row(shop("POST", "/holds", lambda estate: estate.wish), link(201)),
    ("GET", "/api/public/holds/{id}"): Row(shop("GET", "/holds/{hold}"), link(200)),
    ("POST", "/api/public/holds/{id}/extend"): Row(shop("POST", "/holds/{hold}/extend", lambda _: {}), link(200)),
    ("DELETE", "/api/public/holds/{id}"): Row(shop("DELETE", "/holds/{hold}"), link(200)),
    ("POST", "/api/public/holds/{id}/checkout"): Row(
        # At another price than it has: a good one goes on after its commit.
        shop(
            "POST", "/holds/{hold}/checkout", lambda _: {"name": "Kim", "email": "kim@example.org", "expected_total": 1}
        ),
        link(409),
    ),
    ("GET", "/api/public/orders/{token}"): Row(shop("GET", "/orders/{token}"), link(200)),
    # The buyer's own page.
    ("GET", "/o/{token}"): Row(page("GET", ""), link(200)),
    # Drawn at once: where nothing is kept, no link leads to it.
    ("GET", "/o/{token}/tickets.pdf"): Row(page("GET", "/tickets.pdf"), link(200)),
    ("GET", "/o/{token}/event.ics"): Row(page("GET", "/event.ics"), link(200)),
    ("POST", "/o/{token}/name"): Row(page("POST", "/name", **_TICKET), link(303)),
    ("POST", "/o/{token}/transfer"): Row(page("POST", "/transfer", **_TICKET, email="cleo%40example.org"), link(303)),
    ("POST", "/o/{token}/choice"): Row(page("POST", "/choice", choice="refund"), link(404)),
    ("POST", "/o/{token}/pay"): Row(page("POST", "/pay"), link(409)),
}

ALSO: tuple[tuple[Route, Row], ...] = (
    # Each list has a right of its own.
    (_EXPORT, Row(export("orders.csv"), scoped("orders:read", 200, 404))),
    (_EXPORT, Row(export("check_ins.csv"), scoped("reports:read", 200, 404))),
    (_EXPORT, Row(export("sales.xlsx"), scoped("reports:read", 200, 404))),
    (_EXPORT, Row(export("ledger.csv"), scoped("finance:read", 200, 404))),
    (_EXPORT, Row(export("payouts.csv"), scoped("finance:read", 200, 200))),
    (_EXPORT, Row(export("secrets.csv"), with_key_of_its_own(404))),
    # The pages: the same for everybody, whatever is behind them asks for itself.
    (_PAGE, Row(plain("GET", "/e/{event}"), everybody(200))),
    (_PAGE, Row(plain("GET", "/checkin"), everybody(200))),
    (_PAGE, Row(plain("GET", "/api/nowhere"), everybody(404))),
    (_PAGE, Row(plain("GET", "/identity.json"), everybody(404))),
)
"""Other calls of a route, where one does not tell what it does."""

OF_ANY_NAME = {"/o/order.": "tests/doors/test_orders_page.py"}
"""Addresses with a fingerprint in them, and where they are tested: the stylesheet of the buyers' page."""


def made_for(row: Row, world: World, persona: Persona, aim: Aim) -> Asked:
    place = persona.place if aim == "own" else persona.elsewhere
    asked = row.made(world.estates[place], persona, aim)
    headers = world.headers(persona, place if aim == "elsewhere" else None)
    return Asked(asked.method, asked.path, asked.query, asked.body, {**headers, **asked.headers})
