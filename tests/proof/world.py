"""Two organisations with one of everything, and whoever may knock: strangers, buyers, every role, and who is somebody elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from uuid import UUID, uuid4

from tests.builders import Service
from tests.proof.cases import OWN_CASES
from tests.proof.wire import Asked, ask
from tests.tools.cases import CASES
from tests.tools.shop import START, Shop, open_shop
from tools.attendees.links import PAGE
from tools.context import SCOPES, Role

Place = Literal["home", "away"]
ORGANIZATION = "Greenroom-Organization"

BESIDE = frozenset({"approve_order", "decline_order", "get_event_refund"})
"""Cases that change, by SQL, what the others work on: they are given an order and an event of their own."""


@dataclass(frozen=True)
class Persona:
    """Who knocks. `place` and `role` are where they stand in this call; a role of None stands nowhere."""

    name: str
    place: Place = "home"
    role: Role | None = None
    signed_in: bool = True
    roles: dict[Place, Role] = field(default_factory=dict)
    """Everywhere they are somebody."""
    is_key: bool = False
    """An API key, and no person."""

    @property
    def elsewhere(self) -> Place:
        return "away" if self.place == "home" else "home"

    def scopes_at(self, aim: str) -> frozenset[str]:
        """What they may do in the organisation that the call is about."""
        role = self.roles.get(self.elsewhere if aim == "elsewhere" else self.place)
        return SCOPES[role] if role else frozenset()


PERSONAS: tuple[Persona, ...] = (
    Persona("anon", signed_in=False),
    Persona("buyer", signed_in=False),
    Persona("homeless"),
    Persona("viewer", "home", "viewer", roles={"home": "viewer"}),
    Persona("staff", "home", "staff", roles={"home": "staff"}),
    Persona("admin", "home", "admin", roles={"home": "admin"}),
    Persona("owner", "home", "owner", roles={"home": "owner"}),
    Persona("rival", "away", "owner", roles={"away": "owner"}),
    Persona("door", "home", "door", roles={"home": "door"}),
    Persona("reading key", "home", "viewer", roles={"home": "viewer"}, is_key=True),
    Persona("staff key", "home", "staff", roles={"home": "staff"}, is_key=True),
    Persona("two at home", "home", "staff", roles={"home": "staff", "away": "viewer"}),
    Persona("two away", "away", "viewer", roles={"home": "staff", "away": "viewer"}),
)


@dataclass(frozen=True)
class Estate:
    """What one organisation has: a shop, proposals, conversations by persona, and its buyers' link."""

    place: Place
    shop: Shop
    pending: Any
    applied: Any
    link: str
    threads: dict[str, UUID]
    open_event: UUID
    """Published, for the public shop; so is its ticket type, of which somebody holds one."""
    wish: dict[str, Any]
    public_hold: UUID
    inputs: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Operation -> the input of its good call here."""

    @property
    def org_id(self) -> UUID:
        return self.shop.office.org_id

    @property
    def ticket(self) -> str:
        return str(self.shop.paid_order.tickets[0].id)


@dataclass(frozen=True)
class World:
    service: Service
    estates: dict[Place, Estate]
    tokens: dict[str, str]

    def headers(self, persona: Persona, place: Place | None = None) -> dict[str, str]:
        """Those of a call as this persona; `place` names another organisation than the one they stand in."""
        token = self.tokens.get(persona.name)
        sent = {"Authorization": f"Bearer {token}"} if token else {}
        if place is None and len(persona.roles) < 2:
            return sent
        return sent | {ORGANIZATION: str(self.estates[place or persona.place].org_id)}


async def build_world(service: Service) -> World:
    shops = {place: await open_shop(service.parts.greenroom, service.database.admin_dsn) for place in ("home", "away")}
    tokens: dict[str, str] = {}
    people: dict[str, UUID] = {}
    for persona in PERSONAS:
        if persona.is_key:
            home = shops[persona.place]
            tokens[persona.name] = (await home.do("create_api_key", name=persona.name, role=persona.role)).key
        elif persona.signed_in:
            people[persona.name] = await _move_in(service, persona, shops, people)
            tokens[persona.name] = service.token(people[persona.name], f"{persona.name.replace(' ', '-')}@example.org")
    estates: dict[Place, Estate] = {
        "home": await _estate(service, "home", shops["home"], people),
        "away": await _estate(service, "away", shops["away"], people),
    }
    tokens["buyer"] = estates["home"].link.rsplit("/", 1)[1]
    return World(service, estates, tokens)


async def _move_in(service: Service, persona: Persona, shops: dict[str, Shop], people: dict[str, UUID]) -> UUID:
    """The persona as a row: owners are those who founded the shops, the two halves of `two` are one person."""
    for known, user_id in people.items():
        if known.startswith("two ") and persona.name.startswith("two "):
            return user_id
    if persona.role == "owner":
        return shops[persona.place].office.caller.user_id
    user_id = uuid4()
    email = f"{persona.name.replace(' ', '-')}@example.org"
    await service.sql(
        "insert into auth.users (id, email, aud, role) values (%s, %s, 'authenticated', 'authenticated')",
        user_id,
        email,
    )
    await service.sql("insert into public.users (id, email) values (%s, %s)", user_id, email)
    for place, role in persona.roles.items():
        await service.sql(
            "insert into public.memberships (user_id, org_id, role) values (%s, %s, %s)",
            user_id, shops[place].office.org_id, role,
        )  # fmt: skip
        if role == "door":
            await service.sql(
                "insert into public.door_staff (org_id, event_id, user_id) values (%s, %s, %s)",
                shops[place].office.org_id, shops[place].event.id, user_id,
            )  # fmt: skip
    return user_id


async def _estate(service: Service, place: Place, shop: Shop, people: dict[str, UUID]) -> Estate:
    applied = await shop.office.propose(("create_venue", {"name": "Loft"}))
    applied = await shop.office.approve(applied)
    pending = await shop.office.propose(("create_venue", {"name": "Attic"}))
    link = (await shop.do("get_order_link", order=str(shop.paid_order.id))).link
    threads = {}
    for persona in PERSONAS:
        if place in persona.roles and not persona.is_key:
            threads[persona.name] = uuid4()
            await service.sql(
                "insert into public.threads (id, org_id, user_id) values (%s, %s, %s)",
                threads[persona.name], shop.office.org_id, people[persona.name],
            )  # fmt: skip
    estate = Estate(
        place, shop, pending, applied, PAGE + link.rsplit("/", 1)[1], threads, **await _open_shop(service, shop)
    )
    estate.inputs.update(await _inputs(estate))
    await _store_poster(service, shop)
    return estate


async def _store_poster(service: Service, shop: Shop) -> None:
    """The content of the shop's file, of which so far only the row is there."""
    ((path,),) = await service.sql("select path from public.files where id = %s", shop.file.id)
    files = service.parts.greenroom.files
    assert files is not None
    await files.put(path, b"\x89PNG", "image/png")


async def _open_shop(service: Service, shop: Shop) -> dict[str, Any]:
    event = await shop.do("create_event", name="Open Air", start_date=START, capacity=50)
    kind = await shop.do("create_ticket_type", event=str(event.id), price_amount=100, quantity=50)
    await shop.do("publish_event", event=str(event.id))
    wish = {"event": str(event.id), "items": [{"ticket_type": str(kind.id), "quantity": 1}]}
    held = await ask(service.app, Asked("POST", "/api/public/holds", {}, wish))
    assert held.status == 201, held.text
    return {"open_event": event.id, "wish": wish, "public_hold": held.json()["id"]}


async def _inputs(estate: Estate) -> dict[str, dict[str, Any]]:
    shop = estate.shop
    event = await shop.do("create_event", name="Beside", start_date=START, capacity=10)
    kind = await shop.do("create_ticket_type", event=str(event.id), price_amount=100, quantity=10)
    order = await shop.do("sell_tickets", event=str(event.id), ticket_type=str(kind.id), quantity=1, buyer="Dan")
    beside = replace(shop, event=event, open_order=order)
    own: dict[str, Callable[[Estate], dict[str, Any]]] = {name: case.data for name, case in OWN_CASES.items()}
    return {
        **{name: case.data(beside if name in BESIDE else shop) for name, case in CASES.items()},
        **{name: data(estate) for name, data in own.items()},
    }
