"""Many people, each with an address that stands nowhere else, through all that is done with buyers. Holds no test."""

from __future__ import annotations

import asyncio
import base64
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from embedded.postgres import find_binaries
from tests.agent.scripted import Reply, ScriptedModel
from tests.builders import Person, Service, key, make_event, make_ticket_type
from tests.doors.copilot.visitor import open_door, visit
from tests.office import Office
from tests.postgres import ClonedDatabase
from tests.tools.mails.posting import Outbox
from tools.context import Caller
from tools.mails.relaying import relay
from tools.mails.sending import Post, send_mail

ABREAST = 4


def singers(how_many: int) -> list[str]:
    return [f"canary-{number:04}-of-the-choir@Canaries.example" for number in range(how_many)]


@dataclass(frozen=True)
class Stage:
    """An event on sale in a service; each `part` is one way an address comes in, with what follows from it."""

    service: Service
    owner: Person
    event: str
    kind: str

    async def do(self, name: str, /, *, status: tuple[int, ...] = (200, 201), **data: Any) -> Any:
        once = key()
        while True:
            answer = await self.owner.client.post(f"/api/actions/{name}", json=data, headers=once)
            if answer.status_code in status:
                return answer.json()
            assert answer.json()["retryable"], answer.text

    async def sold(self, buyer: str, **more: Any) -> Any:
        wish = {"event": self.event, "ticket_type": self.kind, "quantity": 1, "buyer": buyer, "payment_method": "card"}
        return await self.do("sell_tickets", **wish | more)

    async def buys_at_the_desk_and_is_refunded(self, address: str, number: int) -> None:
        order = await self.sold(f"Ann <{address}>", billing_address=f"1 Canary Lane, {address}")
        await self.do("refund_order", order=order["id"])

    async def buys_by_name_and_comes(self, address: str, number: int) -> None:
        order = await self.sold(address, ticket_type="Stalls", quantity=2)
        doors = await self.do("create_check_in_list", event=self.event, name=f"Door {number}")
        await self.do(
            "check_in", check_in_list=doors["id"], ticket=order["tickets"][0]["id"], nonce=f"the-scan-of-{number}"
        )
        await self.do("search_attendees_at_door", check_in_list=doors["id"], query=address)

    async def buys_at_the_shop(self, address: str, number: int) -> None:
        stranger = self.service.client(peer=f"198.51.{number // 250}.{number % 250}")
        wish = {"event": self.event, "items": [{"ticket_type": self.kind, "quantity": 1}]}
        hold = await stranger.post("/api/public/holds", json=wish)
        assert hold.status_code == 201, hold.text
        bought = {
            "name": "Bo",
            "email": address,
            "payment": "transfer",
            "attendees": [{"name": "Cy", "email": address}],
        }
        done = await stranger.post(f"/api/public/holds/{hold.json()['id']}/checkout", json=bought)
        assert done.status_code == 201, done.text

    async def waits(self, address: str, number: int) -> None:
        wish = {"event": self.event, "ticket_type": self.kind, "quantity": 1, "email": address, "name": "Di"}
        entry = await self.do("add_to_waiting_list", **wish)
        assert entry["email"] == address
        if self.round_of(number) % 2:
            await self.do("remove_from_waiting_list", entry=entry["id"])

    async def is_given_a_ticket(self, address: str, number: int) -> None:
        order = await self.sold("Ed <ed@example.org>", quantity=2)
        first, second = (ticket["id"] for ticket in order["tickets"])
        await self.do("rename_attendee", ticket=first, name="Flo", email=address)
        given = await self.do("transfer_ticket", ticket=second, name="Gil", email=address)
        assert given["attendee_email"] == address

    async def is_imported(self, address: str, number: int) -> None:
        csv = f"name,e-mail\nHal {number},{address}\n"
        told = await self.do("import_attendees", event=self.event, csv=csv, ticket_type="Stalls", dry_run=False)
        assert told["made"] == 1, told

    async def is_proposed_about(self, address: str, number: int) -> None:
        wish = {"event": self.event, "ticket_type": "Stalls", "quantity": 1, "buyer": f"Ida <{address}>"}
        steps = [
            {"operation": "sell_tickets", "input": wish},
            {
                "operation": "add_to_waiting_list",
                "input": {"event": self.event, "ticket_type": "Stalls", "email": address},
            },
        ]
        shown = await self.do("propose", steps=steps, title=f"For {address}")
        assert address in str(shown["preview"]["steps"][0]["result"]), "who decides sees it"
        turn = self.round_of(number) % 3
        if turn == 1:
            await self.do("reject_proposal", proposal=shown["id"], reason=f"{address} called it off")
            return
        done = await self.do("approve_proposal", proposal=shown["id"], digest=shown["digest"])
        assert done["status"] == "applied"
        if turn == 0:
            undo = await self.do("undo_proposal", proposal=shown["id"])
            undone = await self.do("approve_proposal", proposal=undo["id"], digest=undo["digest"])
            assert undone["status"] == "applied", undone

    async def is_looked_up(self, address: str, number: int) -> None:
        order = await self.sold(f"Jo <{address}>")
        changed = await self.do("change_order", order=order["id"], add=[{"ticket_type": "Stalls", "quantity": 1}])
        assert changed["buyer_email"] == address
        await self.do("send_tickets", order=order["id"], status=(200, 409))
        for name, asked in (("list_orders", "buyer"), ("list_attendees", "query"), ("list_mails", "recipient")):
            await self.do(
                name, **{asked: address.upper()} | ({"event": self.event} if name == "list_attendees" else {})
            )
        found = await self.do("list_orders", buyer=address.upper())
        assert [each["id"] for each in found["items"]] == [order["id"]]
        held = await self.do("export_person", email=address)
        assert held["orders"][0]["buyer_email"] == address

    async def is_forgotten(self, address: str, number: int) -> None:
        await self.sold(f"Kim <{address}>")
        assert (await self.do("erase_person", email=address))["orders"] == 1

    @property
    def parts(self) -> Sequence[Any]:
        return (
            self.buys_at_the_desk_and_is_refunded, self.buys_by_name_and_comes, self.buys_at_the_shop, self.waits,
            self.is_given_a_ticket, self.is_imported, self.is_proposed_about, self.is_looked_up, self.is_forgotten,
        )  # fmt: skip

    def round_of(self, number: int) -> int:
        return number // len(self.parts)

    async def letters(self) -> int:
        """All mails made and sent. Answers how many."""
        greenroom = self.service.parts.greenroom
        while await relay(greenroom):
            pass
        waiting = await self.service.sql("select id from public.mails where status = 'queued'")
        outbox = Outbox()
        for (mail,) in waiting:
            await send_mail(greenroom, Post(outbox, "tickets@example.net"), mail)
        return len(outbox.messages)

    async def talk(self, database: ClonedDatabase, addresses: Iterable[str]) -> None:
        """The copilot is told of them, and says them back."""
        caller = Caller(user_id=self.owner.user_id, email=self.owner.email)
        office = Office(self.service.parts.greenroom, caller, self.owner.org_id, database.admin_dsn)

        def answer(messages: list[Any]) -> Reply:
            return Reply(f"I heard: {messages[-1].content}.")

        async with open_door(office, database, ScriptedModel(answer)) as door, visit(door, office) as [visitor]:
            for address in addresses:
                await visitor.say(f"{address} wants her money back")


async def set_up(service: Service) -> Stage:
    owner = await service.make_person("owner")
    event = await make_event(owner)
    kind = await make_ticket_type(owner, event, name="Stalls", quantity=20_000)
    stage = Stage(service, owner, event["id"], kind["id"])
    await stage.do("publish_event", event=stage.event)
    await stage.do("open_waiting_list", event=stage.event)
    return stage


async def sing(service: Service, database: ClonedDatabase, addresses: list[str]) -> None:
    """Each address by one of the parts, many at once; then everybody is written to, spoken of, and handed out as a list."""
    stage = await set_up(service)
    waiting = list(enumerate(addresses))

    async def line() -> None:
        while waiting:
            number, address = waiting.pop()
            await stage.parts[number % len(stage.parts)](address, number)

    async with asyncio.TaskGroup() as together:
        for _ in range(ABREAST):
            together.create_task(line())
    assert await stage.letters() >= len(addresses) // 2
    await stage.talk(database, addresses[::50] or addresses[:1])
    for kind in ("orders", "attendees"):
        listed = await stage.owner.client.get(f"/api/exports/{kind}.csv", params={"event": stage.event})
        assert "canaries.example" in listed.text.lower()
        await stage.do("export", kind=kind, event=stage.event)
    for sweep in service.parts.sweeps:
        await sweep()


def dump_of(admin_dsn: str) -> bytes:
    """All of the database, as a backup has it."""
    tool = find_binaries().folder / "pg_dump"
    return subprocess.run([tool, "--dbname", admin_dsn, "--no-owner"], check=True, capture_output=True).stdout


def told(dump: bytes, addresses: Iterable[str]) -> list[str]:
    """The addresses that stand in it, in the clear or as hexadecimal or base64 of a text they are part of."""
    whole = dump.lower()
    return [address for address in addresses if _plainly(address, whole) or _encoded(address, dump)]


def _plainly(address: str, whole: bytes) -> bool:
    forms = {
        form for said in (address, address.lower()) for form in (said.encode().lower(), said.encode().hex().encode())
    }
    return any(form in whole for form in forms)


def _encoded(address: str, dump: bytes) -> bool:
    return any(form in dump for said in (address, address.lower()) for form in _as_base64(said.encode()))


def _as_base64(raw: bytes) -> list[bytes]:
    """The letters that do not depend on what stands around it, for each of the three ways it may lie."""
    found = []
    for before in range(3):
        encoded = base64.b64encode(bytes(before) + raw)
        found.append(encoded[4 if before else 0 : (before + len(raw)) // 3 * 4])
    return found
