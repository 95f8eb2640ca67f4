"""Ticket PDFs with the file server: drawn once, behind links of five minutes, gone as soon as a ticket is another one."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
import pytest_asyncio

from tests.builders import Person, Service
from tests.doors.test_files import folder
from tests.doors.test_orders_page import Bought, buy
from tools.attendees import papers
from tools.attendees.papers import drop_old_papers
from tools.errors import Upstream
from tools.files.uploading import sweep
from tools.store.files import FileGateway

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module")
async def bought(service: Service, owner: Person) -> Bought:
    await sweep(service.parts.greenroom)
    return await buy(service, owner)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many tickets were drawn, time by time."""
    counted: list[int] = []
    draw = papers._drawn

    def counting(of: Any, tickets: list[Any]) -> bytes:
        counted.append(len(tickets))
        return draw(of, tickets)

    monkeypatch.setattr(papers, "_drawn", counting)
    return counted


async def kept(bought: Bought) -> int:
    return len(await bought.service.sql("select 1 from public.ticket_papers where order_id = %s", bought.order["id"]))


async def test_tickets_are_drawn_once_and_each_visit_gets_a_link_of_its_own(bought: Bought, drawn: list[int]) -> None:
    before = folder(bought.service)
    first, second = await bought.saved(), await bought.saved()
    assert first.content == second.content
    assert drawn == [2]
    assert folder(bought.service) == before + 1
    link = (await bought.get("/tickets.pdf")).headers["location"]
    ((path,),) = await bought.service.sql(
        "select path from public.ticket_papers where order_id = %s", bought.order["id"]
    )
    async with bought.service.stranger as stranger:
        assert (await stranger.get(f"/storage/v1/object/greenroom/{path}")).status_code == 400
        assert (await stranger.get(f"/storage/v1/object/public/greenroom/{path}")).status_code == 400
        assert (await stranger.get(link.partition("?")[0])).status_code == 400


@pytest.mark.parametrize(
    "change",
    ["transfer", "erase", *(pytest.param(rarer, marks=pytest.mark.long) for rarer in ("name", "refund", "code"))],
)
async def test_a_ticket_that_is_another_one_stands_on_no_kept_paper(bought: Bought, change: str) -> None:
    before = folder(bought.service)
    await bought.saved()
    link = (await bought.get("/tickets.pdf")).headers["location"]
    if change == "name":
        await bought.post("name", ticket=bought.ticket, name="Bo Day")
    elif change == "transfer":
        await bought.post("transfer", ticket=bought.ticket, name="Bo Day", email="bo@example.org")
    elif change == "refund":
        answer = await bought.owner.client.post(f"/api/orders/{bought.order['id']}/refund", json={})
        assert answer.status_code == 200, answer.text
    elif change == "erase":
        answer = await bought.owner.client.post("/api/people/erase", json={"email": "ann@example.org"})
        assert answer.status_code in (200, 201), answer.text
    else:
        await bought.service.sql(
            "update public.tickets set code = upper(replace(gen_random_uuid()::text, '-', '')) where id = %s",
            bought.ticket,
        )
    assert await kept(bought) == 0
    await sweep(bought.service.parts.greenroom)
    assert folder(bought.service) == before
    assert (await bought.service.stranger.get(link)).status_code == 400


async def test_what_is_not_printed_changes_nothing_and_what_is_gets_a_new_paper(
    bought: Bought, drawn: list[int]
) -> None:
    await bought.saved()
    await bought.service.sql("update public.tickets set status = 'checked_in' where id = %s", bought.ticket)
    await bought.saved()
    assert drawn == [2]
    before = folder(bought.service)
    await bought.service.sql("update public.events set name = 'Summer Gala' where id = %s", bought.order["event_id"])
    await bought.saved()
    assert drawn == [2, 2]
    await sweep(bought.service.parts.greenroom)
    assert (folder(bought.service), await kept(bought)) == (before, 1)


async def test_who_come_at_once_get_the_same(bought: Bought) -> None:
    before = folder(bought.service)
    contents = {answer.content for answer in await asyncio.gather(*(bought.saved() for _ in range(6)))}
    assert {content[:5] for content in contents} == {b"%PDF-"}
    assert (folder(bought.service), await kept(bought)) == (before + 1, 1)


async def test_a_ticket_that_changes_hands_while_it_is_drawn_leaves_nothing_behind(
    bought: Bought, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = FileGateway.put

    async def late(self: FileGateway, path: str, content: bytes, media_type: str, *, replace: bool) -> None:
        await bought.service.sql("update public.tickets set attendee_name = 'Bo' where id = %s", bought.ticket)
        await sweep(bought.service.parts.greenroom)
        await put(self, path, content, media_type, replace=replace)

    before = folder(bought.service)
    monkeypatch.setattr(FileGateway, "put", late)
    answer = await bought.get("/tickets.pdf")
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert (folder(bought.service), await kept(bought)) == (before, 0)


async def test_without_that_last_look_it_would_stay(bought: Bought, monkeypatch: pytest.MonkeyPatch) -> None:
    async def there(*_: object) -> bool:
        return True

    monkeypatch.setattr(papers.repository, "is_paper", there)
    before = folder(bought.service)
    put = FileGateway.put

    async def late(self: FileGateway, path: str, content: bytes, media_type: str, *, replace: bool) -> None:
        await bought.service.sql("update public.tickets set attendee_name = 'Bo' where id = %s", bought.ticket)
        await sweep(bought.service.parts.greenroom)
        await put(self, path, content, media_type, replace=replace)

    monkeypatch.setattr(FileGateway, "put", late)
    await bought.get("/tickets.pdf")
    await sweep(bought.service.parts.greenroom)
    assert (folder(bought.service), await kept(bought)) == (before + 1, 0)


async def test_tickets_come_whether_or_not_the_file_server_is_well(
    bought: Bought, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object, **__: object) -> str:
        raise Upstream("The file server did not answer.")

    monkeypatch.setattr(FileGateway, "signed_url", away)
    answer = await bought.get("/tickets.pdf")
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert answer.headers["content-disposition"] == f'attachment; filename="tickets-{bought.order["number"]}.pdf"'


async def test_papers_nobody_came_back_for_go_after_a_month(bought: Bought) -> None:
    before = folder(bought.service)
    await bought.saved()
    await drop_old_papers(bought.service.parts.greenroom)
    assert await kept(bought) == 1
    await bought.service.sql(
        "update public.ticket_papers set created_at = now() - interval '31 days' where order_id = %s",
        bought.order["id"],
    )
    await drop_old_papers(bought.service.parts.greenroom)
    await sweep(bought.service.parts.greenroom)
    assert (folder(bought.service), await kept(bought)) == (before, 0)
