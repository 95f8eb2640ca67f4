"""Who asks to be forgotten is: in every table, in the chat, in what waits; and the books still balance."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import Any, cast
from uuid import UUID, uuid4

import pytest
from langchain_core.messages import AIMessage, HumanMessage
from langgraph.graph import START, StateGraph
from typing_extensions import TypedDict

from agent.checkpoints import open_saver
from agent.state import Messages
from tests.office import Office, found_organization
from tests.postgres import ClonedDatabase
from tests.privacy.holdings import opened_places_of, places_of
from tests.tools.mails.posting import BoxOffice, open_box_office
from tools.errors import Conflict, Forbidden, NotFound
from tools.kit.sealing import MARK, Sealer, UnknownFieldKey
from tools.privacy.running import finish_erasures
from tools.store.addresses import BUYER

EMAIL, NAME, STREET = "zenobia.quill@canary.example", "Zenobia O'Quill", "1 Canary Lane"
WORDS = (EMAIL, NAME, STREET)


class Talk(TypedDict, total=False):
    messages: Messages


async def a_chat(office: Office, database: ClonedDatabase, said: str, *, input: str = "{}") -> UUID:
    """A conversation in which this was said, as the copilot stores one."""
    thread = uuid4()
    office.sql(
        "insert into public.threads (id, org_id, user_id, name) values (%s, %s, %s, 'Chat')",
        thread, office.org_id, office.caller.user_id,
    )  # fmt: skip
    office.sql(
        "insert into public.runs (org_id, thread_id, user_id, input, status, holder, lease_until)"
        " values (%s, %s, %s, %s, 'finished', 'test', now())", office.org_id, thread, office.caller.user_id, input,
    )  # fmt: skip
    async with open_saver(database.dsn, pool_size=1, fields=office.greenroom.fields) as saver:
        graph: StateGraph[Any, Any, Any, Any] = StateGraph(Talk)
        graph.add_node("answer", cast(Any, lambda _: {"messages": [AIMessage("Done.", id="a")]}))
        graph.add_edge(START, "answer")
        compiled = graph.compile(checkpointer=saver)
        await compiled.ainvoke({"messages": [HumanMessage(said, id="h")]}, {"configurable": {"thread_id": str(thread)}})
    return thread


async def a_regular(office: Office, database: ClonedDatabase) -> BoxOffice:
    """A box office in which one person left traces wherever there is room for them, and another one beside them."""
    box = await open_box_office(office, size=20)
    do, event = office.do, str(box.event)
    buyer, sale = f"{NAME} <{EMAIL}>", {"event": event, "ticket_type": "Stalls", "quantity": 2}
    bought = await office.with_key("the-first-sale").do(
        "sell_tickets",
        **sale | {"ticket_type": str(box.ticket_type)},
        buyer=buyer,
        payment_method="card",
        billing_address=STREET,
    )
    other = await do("sell_tickets", **sale, buyer="Bob Berg <bob@example.org>", payment_method="cash")
    applied = await office.approve(
        await office.propose(("sell_tickets", sale | {"buyer": buyer, "billing_address": STREET}))
    )
    assert applied.status == "applied"
    await office.propose(("sell_tickets", sale | {"buyer": buyer}))
    ticket = await do("rename_attendee", ticket=str(other.tickets[0].id), name=NAME, email=EMAIL.upper())
    await do("transfer_ticket", ticket=str(bought.tickets[0].id), name="Carl Cole", email="carl@example.org")
    await do(
        "refund_tickets", order=str(bought.id), ticket_type="Stalls", quantity=1, reason=f"{NAME} is ill ({EMAIL})"
    )
    await do("hold_tickets", event=event, ticket_type="Stalls", quantity=1, label=f"For {NAME}, a regular")
    await do("open_waiting_list", event=event)
    await do("add_to_waiting_list", event=event, ticket_type="Stalls", email=EMAIL, name=NAME)
    door = await do("create_check_in_list", event=event, name="Door")
    await do("check_in", check_in_list=str(door.id), ticket=str(ticket.id), nonce="the-only-scan")
    await box.posted()
    await do("sell_tickets", **sale | {"quantity": 1}, buyer=buyer)
    await box.relayed()
    await a_chat(office, database, f'Refund {NAME}: {{"email": "{EMAIL}"}}', input=f'{{"text": "Refund {EMAIL}"}}')
    await a_chat(office, database, f"What did {NAME.upper()} buy?")
    await a_chat(office, database, "What did Bob Berg buy?")
    office.sql("update public.audit set at = at - interval '1 minute'")
    office.sql("select app.seal_audit()")
    return box


async def finished(office: Office) -> None:
    while await finish_erasures(office.greenroom):
        pass


def broken_links(office: Office) -> set[int]:
    """Audit entries whose seal is not what their content and the seal before them make."""
    link, broken = "", set()
    for number, seal, content in office.sql(
        "select a.id, a.seal, (to_jsonb(a) - 'seal')::text from public.audit a where a.org_id = %s and a.seal is not null"
        " order by a.id", office.org_id,
    ):  # fmt: skip
        # `seal` was still null when the entry was sealed, and is left out of both.
        if seal != sha256(f"{link}{content}".encode()).hexdigest():
            broken.add(number)
        link = seal
    return broken


async def test_after_an_erasure_nothing_names_the_person_and_the_books_are_as_they_were(
    office: Office, database: ClonedDatabase
) -> None:
    box = await a_regular(office, database)
    before = places_of(database.admin_dsn, WORDS)
    assert {place.split(".")[1] for place in before} >= {
        "orders", "tickets", "waiting_list_entries", "audit", "proposals", "proposal_changes", "idempotency_keys", "holds", "refunds",
    }, "control: the search finds them"  # fmt: skip
    fields = office.greenroom.fields
    assert opened_places_of(database.admin_dsn, fields, [EMAIL]) >= {
        "orders.buyer_email", "tickets.attendee_email", "waiting_list_entries.email", "mails.recipient", "idempotency_keys.response",
        "proposals.steps", "proposals.preview", "runs.input", "checkpoint_writes",
    }, "control: and what is sealed"  # fmt: skip
    books = office.sql("select number, total_amount, paid_amount, refunded_amount from public.orders order by number")
    assert broken_links(office) == set()

    erasure = await office.do("erase_person", email=EMAIL.title())
    assert (erasure.orders, erasure.tickets, erasure.waiting_list_entries) == (3, 6, 1)
    assert places_of(database.admin_dsn, WORDS), "control: the rest is gone through afterwards"
    await finished(office)

    assert places_of(database.admin_dsn, WORDS) == set()
    assert opened_places_of(database.admin_dsn, fields, WORDS) == set()
    (done,) = (await office.do("list_erasures")).items
    assert done.finished_at is not None
    assert done.conversations == 2
    assert done.mentions > 10
    assert (
        office.sql("select number, total_amount, paid_amount, refunded_amount from public.orders order by number")
        == books
    )
    assert (await office.do("check_ledger")).problems == []
    assert office.sql("select count(*) from public.threads") == [(1,)]
    assert places_of(database.admin_dsn, ["Bob Berg"]) >= {"public.orders.buyer_name", "public.tickets.attendee_name"}
    kept = await office.do("list_orders", event=str(box.event), buyer=done.pseudonym)
    assert len(kept.items) == 3
    redacted = {number for (number,) in office.sql("select audit_id from public.audit_redactions")}
    assert broken_links(office) <= redacted, "every other entry proves itself"
    with pytest.raises(NotFound):
        await office.do("export_person", email=EMAIL)


async def test_mails_that_wait_are_not_sent_to_who_was_erased(office: Office, database: ClonedDatabase) -> None:
    box = await a_regular(office, database)
    await office.do("erase_person", email=EMAIL)
    sent = await box.posted()
    assert [str(message["To"]) for message in sent.messages if "canary" in str(message["To"])] == []
    assert office.sql(
        "select count(*) from public.mails where status = 'skipped' and failure = 'the person was erased'"
    ) != [(0,)]


async def test_somebody_of_the_same_name_keeps_it_where_it_is_theirs(office: Office) -> None:
    box = await open_box_office(office)
    await box.sell("Anna Berg <anna@one.example>")
    await box.sell("Anna Berg <anna@two.example>")
    await box.sell("Anna <joanna@one.example>")
    await box.sell("Anna <anna@three.example>")
    await office.do("erase_person", email="anna@one.example")
    await office.do("erase_person", email="anna@three.example")
    await finished(office)
    left = office.sql(
        "select buyer_name, id, buyer_email from public.orders where buyer_email is not null order by created_at"
    )
    assert [(name, office.address(BUYER, order, stored)) for name, order, stored in left] == [
        ("Anna Berg", "anna@two.example"),
        ("Anna", "joanna@one.example"),
    ]
    told = [
        line for (line,) in office.sql("select summary from public.audit where operation = 'sell_tickets' order by id")
    ]
    assert ["Anna" in line for line in told] == [False, False, True, False]


async def test_another_organisation_keeps_what_it_holds(office: Office) -> None:
    rival = await found_organization(office.greenroom, office.admin_dsn, name="Red Note Events")
    for each in (office, rival):
        await (await open_box_office(each)).sell(f"{NAME} <{EMAIL}>")
    await office.do("erase_person", email=EMAIL)
    await finished(office)
    assert (await rival.do("export_person", email=EMAIL)).names == [NAME]
    assert (await rival.do("list_erasures")).items == []


async def test_a_conversation_with_a_turn_under_way_is_gone_through_again_later(
    office: Office, database: ClonedDatabase
) -> None:
    box = await open_box_office(office)
    await box.sell(f"{NAME} <{EMAIL}>")
    thread = await a_chat(office, database, f"Refund {NAME}")
    office.sql("update public.runs set status = 'running' where thread_id = %s", thread)
    await office.do("erase_person", email=EMAIL)
    assert await finish_erasures(office.greenroom) == 0
    assert office.sql("select count(*) from public.threads") == [(1,)]
    office.sql("update public.runs set status = 'finished' where thread_id = %s", thread)
    assert await finish_erasures(office.greenroom) == 1
    assert office.sql("select count(*) from public.threads") == [(0,)]


async def test_what_names_the_person_waits_sealed_and_only_the_service_reads_it(office: Office) -> None:
    box = await open_box_office(office)
    await box.sell(f"{NAME} <{EMAIL}>")
    await office.do("erase_person", email=EMAIL)
    ((terms,),) = office.sql("select terms from public.erasures")
    assert terms.startswith(MARK)
    other = Sealer.parse(f"7:{'A' * 43}=")
    with pytest.raises(UnknownFieldKey):
        await finish_erasures(replace(office.greenroom, database=office.greenroom.database.sealing_with(other)))
    async with office.greenroom.database.session(office.caller.user_id) as tx:
        with pytest.raises(Forbidden):
            await tx.fetch_value("select terms from public.erasures")


async def test_staff_may_neither_see_nor_erase_a_person(office: Office) -> None:
    box = await open_box_office(office)
    await box.sell(f"{NAME} <{EMAIL}>")
    staff = await office.colleague("staff")
    for name in ("export_person", "erase_person"):
        with pytest.raises(Forbidden):
            await staff.do(name, email=EMAIL)
    async with staff.greenroom.database.session(staff.caller.user_id) as tx:
        with pytest.raises(Forbidden):
            await tx.fetch_value(
                "select (app.erase_person(%(org)s, %(id)s, %(email)s, '{}', 'erased-000000000001', 'x', '')).id",
                {"org": office.org_id, "id": uuid4(), "email": EMAIL},
            )


async def test_a_repeat_under_the_same_key_is_the_same_erasure(office: Office) -> None:
    box = await open_box_office(office)
    await box.sell(f"{NAME} <{EMAIL}>")
    first = await office.with_key("once").do("erase_person", email=EMAIL)
    assert await office.with_key("once").do("erase_person", email=EMAIL) == first
    assert office.count("erasures") == 1
    assert places_of(office.admin_dsn, [EMAIL]) & {"public.idempotency_keys.response", "public.audit.summary"} == set()


async def test_a_decided_proposal_changes_for_an_erasure_and_for_nobody_who_only_says_so(office: Office) -> None:
    box = await open_box_office(office)
    sale = {"event": str(box.event), "ticket_type": "Stalls", "quantity": 1, "buyer": f"{NAME} <{EMAIL}>"}
    done = await office.approve(await office.propose(("sell_tickets", sale)))
    async with office.greenroom.database.session(office.caller.user_id) as tx:
        await tx.fetch_value("select set_config('app.erasing', 'on', true)")
        with pytest.raises(Conflict):
            await tx.execute("update public.proposals set steps = '[]' where id = %(id)s", {"id": done.id})
