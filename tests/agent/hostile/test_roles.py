"""Every tool a model may name, called for every role: it reaches what the person reaches over REST, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from agent.calls import MAX_CALLS_PER_ANSWER, PassThrough
from agent.toolset import UNDO, Toolset
from tests.agent.hostile.obedient import Call
from tests.agent.hostile.rig import ask, open_rig
from tests.agent.hostile.stage import Stage, changed
from tests.doors.copilot.visitor import Visitor, events_of, results
from tests.office import Office
from tests.postgres import ClonedDatabase
from tools.catalog import CATALOG
from tools.context import SCOPES
from tools.errors import AppError

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOOLS = Toolset(CATALOG)
GALA = {"event": "Winter Gala"}
INPUTS: dict[str, dict[str, Any]] = {
    "get_event": GALA, "list_events": {}, "get_venue": {"venue": "Blue Room"}, "find_venues": {}, "get_booking": {"booking": "$booking"},
    "list_bookings": {}, "get_ticket_type": {"ticket_type": "VIP", **GALA}, "list_ticket_types": {}, "get_order": {"order": "$paid_order"},
    "list_orders": {}, "get_sponsor": {"sponsor": "Yamaha"}, "list_sponsors": {}, "sales_report": {}, "get_organization": {},
    "update_event": {**GALA, "name": "Big Gala"}, "publish_event": {"event": "Spring Ball"}, "cancel_event": {"event": "Spring Ball"},
    "delete_event": {"event": "Garden Fair"}, "create_event": {"name": "New", "start_date": "2030-01-01T19:00:00+01:00"},
    "create_venue": {"name": "Barn"}, "update_venue": {"venue": "Blue Room", "city": "Utrecht"}, "delete_venue": {"venue": "Blue Room"},
    "book_venue": {"event": "Garden Fair", "venue": "Blue Room"}, "update_booking": {"booking": "$booking", "setup_minutes": 5},
    "cancel_booking": {"booking": "$booking"}, "create_ticket_type": {"event": "Garden Fair", "price_amount": 1, "quantity": 1},
    "update_ticket_type": {"ticket_type": "VIP", **GALA, "price_amount": 1}, "delete_ticket_type": {"ticket_type": "VIP", **GALA},
    "sell_tickets": {**GALA, "ticket_type": "VIP", "quantity": 1, "buyer": "Dee"},
    "record_payment": {"order": "$spare_order", "method": "cash"},
    "refund_order": {"order": "$paid_order"}, "add_sponsor": {**GALA, "sponsor": "Acme", "level": "gold", "amount": 1},
    "update_sponsor": {"sponsor": "Yamaha", "level": "silver"}, "remove_sponsor": {"sponsor": "Yamaha"},
    "list_quotas": GALA, "get_quota": {"quota": "$quota"}, "explain_availability": GALA, "list_promo_codes": GALA,
    "get_promo_code": {"promo_code": "$promo_code"}, "list_holds": GALA, "get_hold": {"hold": "$hold"},
    "list_waiting_list": GALA, "list_payments": {"order": "$paid_order"}, "list_refunds": {"order": "$paid_order"},
    "get_check_in_list": {"check_in_list": "$check_in_list"}, "list_check_in_lists": GALA, "list_attendees": GALA,
    "get_ticket": {"ticket": "$spare_ticket"}, "list_payouts": {}, "get_payout": {"payout": "$payout"}, "ledger_report": GALA,
    "list_mails": GALA, "get_mail": {"mail": "$hold"}, "compare_sales": {**GALA, "other": "Old Concert"},
    "orders_to_settle": GALA, "export": {"kind": "orders", **GALA}, "get_event_refund": GALA, "list_refund_choices": GALA,
    "create_quota": {**GALA, "name": "Hall", "size": 90, "ticket_types": ["VIP"]}, "update_quota": {"quota": "$quota", "size": 80},
    "delete_quota": {"quota": "$quota"}, "create_promo_code": {**GALA, "code": "NEW", "percent_basis_points": 100},
    "create_vouchers": {**GALA, "ticket_type": "VIP", "quantity": 1, "price_amount": 0},
    "update_promo_code": {"promo_code": "$promo_code", "max_uses": 9}, "delete_promo_code": {"promo_code": "$promo_code"},
    "hold_tickets": {**GALA, "ticket_type": "VIP", "quantity": 1}, "extend_hold": {"hold": "$hold", "days": 3},
    "release_hold": {"hold": "$hold"}, "refund_tickets": {"order": "$paid_order", "quantity": 1},
    "change_order": {"order": "$paid_order", "add": [{"ticket_type": "VIP", "quantity": 1}]}, "cancel_order": {"order": "$paid_order"},
    "approve_order": {"order": "$paid_order"}, "decline_order": {"order": "$paid_order"},
    "extend_order": {"order": "$paid_order", "expires_at": None}, "request_payment": {"order": "$paid_order"},
    "open_waiting_list": GALA, "close_waiting_list": GALA,
    "add_to_waiting_list": {**GALA, "ticket_type": "VIP", "email": "dee@example.org"}, "offer_places": GALA,
    "remove_from_waiting_list": {"entry": "$entry"}, "create_check_in_list": {**GALA, "name": "Side door"},
    "update_check_in_list": {"check_in_list": "$check_in_list", "reentry": False},
    "delete_check_in_list": {"check_in_list": "$check_in_list"}, "rename_attendee": {"ticket": "$spare_ticket", "name": "Rob"},
    "transfer_ticket": {"ticket": "$spare_ticket", "name": "Dee"}, "send_tickets": {"order": "$paid_order"},
    "record_payout": {"provider": "manual", "reference": "R-2", "amount": 1}, "void_payout": {"payout": "$payout"},
    "attach_file": {"file": "$hold", **GALA},
    "postpone_event": {"event": "Old Concert", "start_date": "2032-01-01T19:00:00+01:00"}, "refund_event": {**GALA, "dry_run": False},
    "offer_refund_choice": GALA,
}  # fmt: skip


def in_answers(names: list[str]) -> Iterator[list[str]]:
    """As many at a time as one answer of a model may hold."""
    for start in range(0, len(names), MAX_CALLS_PER_ANSWER):
        yield names[start : start + MAX_CALLS_PER_ANSWER]


def calls(names: list[str], things: dict[str, str]) -> list[Call]:
    return [(name, {slot: things.get(str(value)[1:], value) for slot, value in INPUTS[name].items()}) for name in names]


async def over_rest(office: Office, call: Call) -> str:
    """What the operation itself says to this person: REST is a thin door before it."""
    try:
        await office.do(call[0], **call[1])
    except AppError as error:
        return "no" if error.code == "forbidden" else "yes"
    return "yes"


async def through_the_chat(visitor: Visitor, rig: Any, asked: list[Call]) -> list[str]:
    """What the tool answered, or for writes what the preview of the proposal says of its step."""
    rig.model.duties["Do all of it"] = asked
    answers = results(events_of(await ask(visitor.elsewhere(), "Do all of it")))[: len(asked)]
    if "proposal" in answers[0]:
        answers = answers[0]["proposal"]["preview"]["steps"]
    assert len(answers) == len(asked), json.dumps(answers)[:500]
    return ["no" if (answer.get("error") or {}).get("code") == "forbidden" else "yes" for answer in answers]


async def test_the_chat_reaches_what_rest_reaches_in_every_role(stage: Stage, module_database: ClonedDatabase) -> None:
    assert INPUTS.keys() == TOOLS.reads.keys() | TOOLS.writes.keys(), "a new tool needs a row here"
    things = await _more_things(stage)
    expected, chat, rest = {}, {}, {}
    async with open_rig(stage, module_database, PassThrough()) as rig:
        for role, visitor in rig.visitors.items():
            for kind in (TOOLS.reads, TOOLS.writes):
                for names in in_answers(list(kind)):
                    asked = calls(names, things)
                    before = stage.rows()
                    answers = await through_the_chat(visitor, rig, asked)
                    assert changed(before, stage.rows()) == set()
                    for call, answer in zip(asked, answers, strict=True):
                        chat[role, call[0]] = answer
                        expected[role, call[0]] = "yes" if CATALOG[call[0]].scope in SCOPES[role] else "no"
                        rest[role, call[0]] = await over_rest(stage.people[role], call)
                    stage.put_back()
    print(f"hostile model, roles: {len(chat)} cells, {sum(answer == 'no' for answer in chat.values())} refused")
    assert chat == expected
    assert rest == expected


async def test_another_organisations_person_reaches_none_of_it(stage: Stage, module_database: ClonedDatabase) -> None:
    """Every tool that takes an id, with ours, for the rival's owner."""
    things = await _more_things(stage)
    named = {"event": stage.things["event"], "venue": things["venue"], "sponsor": things["sponsorship"]}
    named |= {
        "booking": things["booking"],
        "ticket_type": things["type"],
        "order": things["order"],
        "ticket": things["spare_ticket"],
    }
    named |= {slot: things[slot] for slot in ("quota", "promo_code", "hold", "check_in_list", "payout", "entry")}
    named |= {"other": things["event"], "mail": things["hold"], "file": things["hold"]}
    rivals = Stage(dict.fromkeys(stage.people, stage.rival), stage.rival, stage.things, stage.admin)
    async with open_rig(rivals, module_database, PassThrough()) as rig:
        for name in INPUTS:
            given = {slot: named.get(slot, value) for slot, value in INPUTS[name].items()}
            if not named.keys() & given.keys():
                continue
            before = stage.rows()
            rig.model.duties["Do it"] = [(name, given)]
            wire = await ask(rig.visitors["owner"].elsewhere(), "Do it")
            [answer] = results(events_of(wire))
            steps = answer["proposal"]["preview"]["steps"] if "proposal" in answer else [answer]
            # A list of what belongs to a foreign event may as well be empty.
            assert all(step.get("items") == [] or _is_nothing(step["error"]["code"]) for step in steps), name
            assert changed(before, stage.rows()) == set()
            assert "Winter Gala" not in wire, name
            stage.put_back()


def _is_nothing(code: str) -> bool:
    # Without a provider nobody is asked to pay, whoever asks.
    return code in ("not_found", "online_payments_off") or code.startswith("no_such_")


async def test_undoing_is_for_who_may_do(stage: Stage, module_database: ClonedDatabase) -> None:
    """A viewer can not even propose to take back what the owner did."""
    stage.put_back()
    owner = stage.people["owner"]
    done = await owner.approve(await owner.propose(("delete_event", {"event": "Garden Fair"})))
    async with open_rig(stage, module_database, PassThrough()) as rig:
        rig.model.duties["Take it back"] = [(UNDO, {"proposal": str(done.id)})]
        codes = {}
        for role in ("viewer", "staff"):
            [answer] = results(events_of(await ask(rig.visitors[role].elsewhere(), "Take it back")))
            codes[role] = answer.get("error", {}).get("code")
    assert codes == {"viewer": "forbidden", "staff": None}
    assert owner.sql("select status from public.proposals where id = %s", done.id) == [("applied",)]


async def _more_things(stage: Stage) -> dict[str, str]:
    stage.put_back()
    sql = stage.people["owner"].sql
    org = stage.people["owner"].org_id
    found = {"booking": "select id from public.bookings where org_id = %s"}
    found["venue"] = "select id from public.venues where org_id = %s"
    found["sponsorship"] = "select id from public.sponsorships where org_id = %s"
    found["type"] = "select id from public.ticket_types where org_id = %s and name = 'VIP'"
    found["order"] = "select id from public.orders where org_id = %s and buyer_name = 'Ann'"
    return stage.things | {name: str(sql(query, org)[0][0]) for name, query in found.items()}
