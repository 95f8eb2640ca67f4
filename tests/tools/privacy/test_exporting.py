"""Who asks what is held about them is told all of it, and nothing about anybody else."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest

from tests.office import Office
from tests.tools.mails.posting import open_box_office
from tools.errors import NotFound
from tools.privacy.bundle import bundle
from tools.privacy.models import PersonExport

EMAIL = "zenobia.quill@canary.example"


async def test_all_that_is_held_is_handed_out_with_sealed_fields_opened(office: Office) -> None:
    box = await open_box_office(office)
    await office.do("open_waiting_list", event=str(box.event))
    await box.sell(f"Zenobia Quill <{EMAIL}>", payment_method="card", billing_address="1 Canary Lane", quantity=2)
    other = await box.sell("Bob Berg <bob@example.org>")
    (ticket,) = (await office.do("get_order", order=str(other))).tickets
    await office.do("rename_attendee", ticket=str(ticket.id), name="Zen Quill", email=EMAIL)
    await office.do("add_to_waiting_list", event=str(box.event), ticket_type="Stalls", email=EMAIL, name="Z. Quill")
    await box.posted()

    held = await office.do("export_person", email=EMAIL.upper())
    assert held.names == ["Z. Quill", "Zen Quill", "Zenobia Quill"]
    assert [order.billing_address for order in held.orders] == ["1 Canary Lane"]
    assert len(held.tickets) == 3
    assert [(payment.method, payment.amount) for payment in held.payments] == [("card", 5000)]
    assert [place.name for place in held.waiting_list] == ["Z. Quill"]
    assert any("Zenobia Quill" in (mail.body or "") for mail in held.mails)
    assert {note.operation for note in held.audit} >= {"sell_tickets", "rename_attendee"}
    assert "bob" not in held.model_dump_json(exclude={"audit"}).lower()
    with zipfile.ZipFile(io.BytesIO(bundle(held))) as packed:
        assert PersonExport.model_validate_json(packed.read("person.json")) == held
        assert {*packed.namelist()} >= {"orders.csv", "tickets.csv", "payments.csv", "mails.csv", "audit.csv"}
        (order,) = csv.DictReader(io.StringIO(packed.read("orders.csv").decode()))
    assert order["billing_address"] == "1 Canary Lane"


async def test_who_handed_it_out_stands_in_the_audit_and_whose_it_was_does_not(office: Office) -> None:
    box = await open_box_office(office)
    await box.sell(f"Zenobia Quill <{EMAIL}>")
    await office.do("export_person", email=EMAIL)
    ((actor, line),) = office.sql("select actor_id, summary from public.audit where operation = 'export_person'")
    assert actor == office.caller.user_id
    assert "1 orders" in line
    assert "ill" not in line


async def test_nothing_is_held_about_a_stranger(office: Office) -> None:
    with pytest.raises(NotFound):
        await office.do("export_person", email="nobody@example.org")


async def test_an_erasure_is_found_again_by_the_address_alone(office: Office) -> None:
    box = await open_box_office(office)
    await box.sell(f"Zenobia Quill <{EMAIL}>")
    await box.sell("Bob Berg <bob@example.org>")
    done = await office.do("erase_person", email=EMAIL)
    await office.do("erase_person", email="bob@example.org")
    assert [each.id for each in (await office.do("list_erasures", email=EMAIL.upper())).items] == [done.id]
    assert (await office.do("list_erasures", email="nobody@example.org")).items == []
    assert len((await office.do("list_erasures")).items) == 2
