"""What is kept for a time goes when it has passed, and what is sealed is sealed anew while others read it."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import replace
from uuid import UUID

import pytest

from tests.office import Office
from tests.postgres import ClonedDatabase
from tests.privacy.holdings import opened_places_of, places_of
from tests.tools.mails.posting import BoxOffice, open_box_office, plain_order
from tests.tools.privacy.test_erasing import a_chat
from tools.kit.sealing import FieldKey, Place, SealBroken, Sealer, UnknownFieldKey
from tools.privacy import repository
from tools.privacy.running import Retention, forget_old, reseal
from tools.store.addresses import BUYER

OLD, NEW = FieldKey(1, b"o" * 32), FieldKey(2, b"n" * 32)
BEFORE, BOTH, AFTER = Sealer([OLD]), Sealer([NEW, OLD]), Sealer([NEW])


def place_of(office: Office, order: UUID) -> Place:
    return Place("orders", "billing_address", office.org_id, order)


def many_orders(box: BoxOffice, how_many: int) -> None:
    """Orders with both their addresses sealed by the old key; every tenth as it was before fields were sealed."""
    template = plain_order(box, email="ann@example.org")
    box.office.sql(
        "insert into public.orders (id, org_id, event_id, number, buyer_name, status, currency, total_amount, paid_at)"
        " select gen_random_uuid(), org_id, event_id, 'M' || n, 'Ann', 'paid', 'EUR', 0, now()"
        " from public.orders, generate_series(1, %s) n where id = %s", how_many - 1, template,
    )  # fmt: skip
    ids = [order for (order,) in box.office.sql("select id from public.orders order by id")]
    org, old = box.office.org_id, [n for n in range(how_many) if n % 10]
    lanes, mails = [f"Lane {n}" for n in range(how_many)], [f"ann{n}@example.org" for n in range(how_many)]
    indexes: list[str | None] = [None] * how_many
    for n in old:
        lanes[n] = BEFORE.seal(place_of(box.office, ids[n]), lanes[n])
        indexes[n], mails[n] = BEFORE.address_index(org, mails[n]), BEFORE.seal(BUYER.place(org, ids[n]), mails[n])
    box.office.sql(
        "update public.orders o set billing_address = n.lane, buyer_email = n.mail, buyer_email_index = n.index"
        " from unnest(%s::uuid[], %s::text[], %s::text[], %s::text[]) n (id, lane, mail, index) where o.id = n.id",
        ids, lanes, mails, indexes,
    )  # fmt: skip


async def rotate(office: Office, how_many: int) -> None:
    """Rotates the keys of so many fields with readers at it all the while; each read opens."""
    many_orders(await open_box_office(office, size=10), how_many)
    rotating = replace(office.greenroom, database=office.greenroom.database.sealing_with(BOTH))
    reads, done = 0, asyncio.Event()

    async def read() -> None:
        nonlocal reads
        while not done.is_set():
            async with rotating.database.session(None) as tx:
                rows = await tx.fetch_dicts(
                    "select id, billing_address, buyer_email from public.orders tablesample system (20) limit 200"
                )
                address = f"ANN{secrets.randbelow(how_many)}@example.org"
                (found,) = await repository.orders_of(tx, office.org_id, address)
            assert found.buyer_email == address.lower()
            for row in rows:
                assert BOTH.open(place_of(office, row["id"]), row["billing_address"]).startswith("Lane ")
                assert BOTH.open(BUYER.place(office.org_id, row["id"]), row["buyer_email"]).startswith("ann")
                reads += 1
            await asyncio.sleep(0)

    readers = [asyncio.create_task(read()) for _ in range(3)]
    assert await reseal(rotating) == 2 * how_many
    done.set()
    await asyncio.gather(*readers)
    assert reads > 200, "control: they did read meanwhile"
    assert await reseal(rotating) == 0
    for order, lane, mail, index in office.sql(
        "select id, billing_address, buyer_email, buyer_email_index from public.orders"
    ):
        assert AFTER.open(place_of(office, order), lane).startswith("Lane ")
        assert BEFORE.address_index(office.org_id, AFTER.open(BUYER.place(office.org_id, order), mail)) == index
        with pytest.raises(UnknownFieldKey):
            BEFORE.open(place_of(office, order), lane)


async def test_keys_are_rotated_while_others_read(office: Office) -> None:
    await rotate(office, 1500)


@pytest.mark.long
async def test_ten_thousand_fields_are_rotated_while_others_read(office: Office) -> None:
    await rotate(office, 10_000)


async def test_documents_and_conversations_are_sealed_with_the_new_key_and_read_with_it_alone(
    office: Office, database: ClonedDatabase
) -> None:
    box = await open_box_office(office)
    old = replace(office, greenroom=replace(office.greenroom, database=office.greenroom.database.sealing_with(BEFORE)))
    wish = {
        "event": str(box.event),
        "ticket_type": str(box.ticket_type),
        "quantity": 1,
        "buyer": "Ann <ann@example.org>",
    }
    sold = await old.with_key("once").do("sell_tickets", **wish)
    proposal = await old.approve(await old.propose(("sell_tickets", wish)))
    refused = await old.propose(("sell_tickets", wish))
    await old.do("reject_proposal", proposal=str(refused.id), reason="ann@example.org called it off")
    await a_chat(old, database, "ann@example.org is ill", input='{"text": "ann@example.org is ill"}')

    rotating = replace(office.greenroom, database=office.greenroom.database.sealing_with(BOTH))
    assert await reseal(rotating) > 8
    assert await reseal(rotating) == 0
    assert places_of(database.admin_dsn, ["ann@example.org"]) == set(), "also what stood there in the clear"

    new = replace(office, greenroom=replace(office.greenroom, database=office.greenroom.database.sealing_with(AFTER)))
    assert await new.with_key("once").do("sell_tickets", **wish) == sold
    for each in (proposal, refused):
        shown = await new.do("get_proposal", proposal=str(each.id))
        assert shown.steps == each.steps
        assert shown.preview.steps[0].result["buyer_email"] == "ann@example.org"
    assert shown.failure == {"reason": "ann@example.org called it off"}
    assert opened_places_of(database.admin_dsn, AFTER, ["ann@example.org"]) >= {
        "runs.input", "proposals.steps", "idempotency_keys.response", "checkpoint_writes",
    }  # fmt: skip


async def test_a_letter_and_an_address_are_sealed_and_a_repeat_sends_the_same_letter(office: Office) -> None:
    box = await open_box_office(office)
    await box.sell("Ann Unlike <ann@example.org>", payment_method="card", billing_address="1 Canary Lane")
    first = await box.posted()
    ((mail, kind),) = office.sql("select id, kind from public.mails")
    shown = await office.do("get_mail", mail=str(mail))
    assert (kind, "Ann Unlike" in shown.body) == ("order_confirmed", True)
    assert places_of(office.admin_dsn, ["1 Canary Lane"]) == set()
    assert {place for place in places_of(office.admin_dsn, ["Ann Unlike"]) if ".mails." in place} == set()
    office.sql("update public.mails set status = 'queued', sent_at = null")
    again = await box.posted()
    assert [message.get_body(("plain",)).get_content() for message in first.messages + again.messages] == [
        first.messages[0].get_body(("plain",)).get_content()
    ] * 2


async def test_the_export_of_orders_has_the_address_in_words(office: Office) -> None:
    box = await open_box_office(office)
    await box.sell(billing_address="1 Canary Lane")
    listed = await office.do("export", kind="orders")
    assert "1 Canary Lane" in listed.preview[0]


async def test_old_conversations_and_letters_go_and_young_ones_stay(office: Office, database: ClonedDatabase) -> None:
    box = await open_box_office(office)
    await box.sell()
    await box.sell("Bob <bob@example.org>")
    await box.posted()
    old, young = await a_chat(office, database, "an old word"), await a_chat(office, database, "a young word")
    office.sql("alter table public.threads disable trigger touch")
    office.sql("update public.threads set updated_at = now() - interval '181 days' where id = %s", old)
    ((first, _), (_, _)) = office.sql("select id, recipient from public.mails order by created_at")
    office.sql("update public.mails set created_at = now() - interval '91 days' where id = %s", first)

    assert await forget_old(office.greenroom, Retention(conversations=180, letters=90)) == 2
    assert office.sql("select id from public.threads") == [(young,)]
    fields = office.greenroom.fields
    assert opened_places_of(database.admin_dsn, fields, ["an old word"]) == set()
    assert opened_places_of(database.admin_dsn, fields, ["a young word"]), "control: that is where it would be"
    assert office.sql("select id = %s from public.mails where body is null", first) == [(True,)]
    assert (await office.do("get_mail", mail=str(first))).subject is not None
    assert await forget_old(office.greenroom, Retention(conversations=180, letters=90)) == 0


async def test_a_conversation_with_a_turn_under_way_and_a_letter_that_waits_are_kept(
    office: Office, database: ClonedDatabase
) -> None:
    box = await open_box_office(office)
    await box.sell()
    await box.posted()
    thread = await a_chat(office, database, "still at it")
    office.sql("alter table public.threads disable trigger touch")
    office.sql("update public.threads set updated_at = now() - interval '181 days' where id = %s", thread)
    office.sql("update public.runs set status = 'running' where thread_id = %s", thread)
    office.sql("update public.mails set created_at = now() - interval '91 days', status = 'queued', sent_at = null")
    assert await forget_old(office.greenroom, Retention()) == 0


async def test_a_field_moved_to_another_row_is_refused_and_not_shown(office: Office) -> None:
    box = await open_box_office(office)
    first = await box.sell("Ann <ann@example.org>", billing_address="1 Canary Lane")
    second = await box.sell("Bob <bob@example.org>", billing_address="2 Canary Lane")
    ((stolen,),) = office.sql("select billing_address from public.orders where id = %s", first)
    office.sql("update public.orders set billing_address = %s where id = %s", stolen, second)
    with pytest.raises(SealBroken):
        await office.do("export_person", email="bob@example.org")
