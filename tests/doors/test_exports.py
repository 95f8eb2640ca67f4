"""Downloads over the wire: the file, its name, and a problem instead of half a file."""

from __future__ import annotations

import asyncio
import csv
import io
from zipfile import ZipFile

import pytest

import api.exports
from tests.builders import Person, Service, make_event

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_list_is_downloaded_as_csv_under_a_name_that_tells_what_it_is(owner: Person) -> None:
    event = await make_event(owner)
    answer = await owner.client.get("/api/exports/orders.csv", params={"event": event["id"], "bom": "true"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert answer.headers["content-disposition"].startswith('attachment; filename="orders-')
    assert answer.headers["cache-control"] == "private, no-store"
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert answer.content.startswith(b"\xef\xbb\xbfnumber,event,")
    assert list(csv.DictReader(io.StringIO(answer.text))) == []


async def test_a_list_is_downloaded_as_a_sheet(owner: Person) -> None:
    answer = await owner.client.get("/api/exports/ledger.xlsx")
    assert answer.status_code == 200
    assert b"transaction_id" in ZipFile(io.BytesIO(answer.content)).read("xl/worksheets/sheet1.xml")


async def test_the_path_the_operation_tells_is_one_that_answers(owner: Person) -> None:
    event = await make_event(owner)
    offered = (await owner.client.get("/api/exports", params={"kind": "sales", "event": event["id"]})).json()
    answer = await owner.client.get(offered["path"])
    assert answer.text.strip() == ",".join(offered["columns"])


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/exports/secrets.csv", 404),
        ("/api/exports/orders.pdf", 404),
        ("/api/exports/orders.csv?event=Nowhere", 404),
        ("/api/exports/orders.csv?kind=ledger", 422),
        ("/api/exports/orders.csv?rows=1", 422),
        ("/api/exports/orders.csv?bom=perhaps", 422),
        ("/api/exports/orders.csv?from_date=yesterday", 422),
        ("/api/exports/payouts.csv?event=Nowhere", 422),
    ],
)
async def test_what_is_no_list_is_a_problem(owner: Person, path: str, status: int) -> None:
    answer = await owner.client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


async def test_rights_are_those_of_the_caller(service: Service, owner: Person) -> None:
    viewer = await service.make_person("viewer", owner.org_id)
    assert (await service.stranger.get("/api/exports/orders.csv")).status_code == 401
    assert (await viewer.client.get("/api/exports/orders.csv")).status_code == 200
    assert (await viewer.client.get("/api/exports/payouts.csv")).status_code == 403
    assert (await viewer.client.get("/api/exports/ledger.xlsx")).status_code == 403
    rival = await service.make_person()
    event = await make_event(owner)
    assert (await rival.client.get("/api/exports/orders.csv", params={"event": event["id"]})).status_code == 404


async def test_only_so_many_files_are_made_at_once(owner: Person) -> None:
    answers = await asyncio.gather(
        *(owner.client.get("/api/exports/orders.xlsx") for _ in range(api.exports.AT_ONCE + 4))
    )
    told = [answer.status_code for answer in answers]
    assert set(told) <= {200, 409}
    assert told.count(200) >= api.exports.AT_ONCE
    assert all(answer.headers["retry-after"] == "5" for answer in answers if answer.status_code == 409)
    assert (await owner.client.get("/api/exports/orders.xlsx")).status_code == 200
