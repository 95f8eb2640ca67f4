"""The ticket office: refunds of tickets and events, transfers, changes, waiting lists, figures, files. Reads whole messages."""

from __future__ import annotations

import re
from collections.abc import Callable

from embedded.planner.clauses import Clause, Fill, Step
from embedded.planner.intents import codes
from embedded.planner.intents.terms import count_of, given_of, lines_of, take_kept, take_one_type, take_order
from embedded.planner.memory import Memory
from embedded.planner.slots import NAME, take_buyer, take_event, take_method
from embedded.planner.utterance import TOKEN


def refund_tickets(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("refund_tickets")
    take_order(clause, step)
    take_kept(clause, step)
    take_which(clause, step)
    return [step]


def take_which(clause: Clause, step: Step) -> None:
    """Which tickets of an order: whose, of which type, how many."""
    owner = clause.search(rf"\b(?P<who>{NAME})'s\s*(?:(?:[\w'-]+\s+)?ticket\b|$)")
    if owner:
        who = re.sub(r"^(?:Refund|Reimburse|Return)\s+", "", owner["who"])
        step.slots["which"] = given_of(step)["attendee"] = who
    take_one_type(clause, step)
    if "ticket_type" in step.slots:
        step.slots["which"] = step.slots["ticket_type"]
    if count := count_of(clause, r"(?P<n>NUM)\s+(?:[\w'-]+\s+){0,3}<ticket>"):
        step.slots["which"] = step.slots["quantity"] = count
    elif clause.has(r"\b(?:one|an?)\s+(?:[\w'-]+\s+)?ticket\b") and "which" in step.slots:
        step.slots["quantity"] = 1


def refund_event(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("refund_event")
    take_event(clause, memory, step)
    take_kept(clause, step)
    given_of(step)["dry_run"] = False
    return [step]


_CHOOSE = r"\b(?:choos\w*|choice|decide)\b"
_WHY = r"\b(?:because(?:\s+of)?|due\s+to|since|as)\s+(?P<why>[^;,.]+?)\s*(?=;|,|\.|$)"


def cancel(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("cancel_event")
    take_event(clause, memory, step)
    step.doubts = [doubt for doubt in step.doubts if not doubt.startswith("I know no event")]
    given_of(step)["buyers"] = "let_choose" if clause.has(_CHOOSE) else "refund_all"
    take_kept(clause, step)
    if why := clause.search(_WHY):
        step.slots["reason"] = clause.shown(why["why"]).strip()
    return [step]


def postpone(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("postpone_event")
    take_event(clause, memory, step)
    step.doubts = [doubt for doubt in step.doubts if not doubt.startswith("I know no event")]
    mention = clause.take("WHEN")
    known = memory.event(step.slots.get("event"))
    if mention and mention.value.day:
        own = known.start.time() if known and known.start else None
        start = mention.value.at(memory.world.zone, None, own)
        if start:
            step.slots["start"] = True
            given_of(step)["start_date"] = start.isoformat()
    for length in clause.mentions("LENGTH"):
        length.used = True
        if length.value.days:
            given_of(step)["refund_days"] = length.value.days
    take_kept(clause, step)
    return [step]


def transfer(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("transfer_ticket")
    owner = clause.search(
        rf"^(?:(?:give|transfer|pass|hand|move)\s+)?(?P<who>{NAME})(?='s\s|\s+(?:can't|cannot|can\s+not|is|won't|has|isn't)\b)"
    ) or clause.search(rf"\bticket\s+of\s+(?P<who>{NAME})")
    if owner:
        step.slots["ticket"] = re.sub(r"^(?:Give|Transfer|Pass|Hand|Move)\s+", "", owner["who"])
    whom = clause.search(rf"\bto\s+(?P<who>{NAME})\s*(?:[,(<]?\s*(?P<mail>EMAIL))?\s*[)>]?(?=[\s.,!]*$)")
    if whom and not TOKEN.search(whom["who"]):
        step.slots["name"] = whom["who"]
        if whom["mail"]:
            given_of(step)["email"] = str(clause.at(whom["mail"]).value)
    take_event(clause, memory, step)
    step.doubts = [doubt for doubt in step.doubts if not doubt.startswith("I know no event")]
    return [step]


def open_list(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("open_waiting_list")
    take_event(clause, memory, step)
    if clause.has(r"\bauto\w*\b|\bby\s+(?:itself|themselves)\b"):
        given_of(step)["auto_offer"] = True
    for free in clause.mentions("MONEY"):
        free.used = free.used or free.value.amount == 0
    return [step]


def add_to_list(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("add_to_waiting_list")
    if mail := clause.take("EMAIL"):
        step.slots["email"] = str(mail.value)
    if count := count_of(clause, r"\bfor\s+(?P<n>NUM)\b"):
        step.slots["quantity"] = count
    take_one_type(clause, step)
    take_event(clause, memory, step)
    return [step]


def offer(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("offer_places")
    take_event(clause, memory, step)
    step.doubts.clear()
    if count := count_of(clause, r"\boffer\s+(?:the\s+)?(?P<n>NUM)"):
        given_of(step)["places"] = count
    for length in clause.mentions("LENGTH"):
        length.used = True
        minutes = length.value.minutes + length.value.days * 1440
        if minutes and minutes % 60 == 0:
            given_of(step)["hours"] = minutes // 60
    return [step]


_REASONS = {
    "refund_failed": r"\brefunds?\b",
    "payment_unknown": r"\b(?:don't\s+know|do\s+not\s+know|unknown|unaccounted|unclear)\b",
    "overpaid": r"\b(?:too\s+much|overpa\w+|twice|double)\b(?!.*\bnot\s+at\s+all\b)",
}


def settle(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("orders_to_settle")
    take_event(clause, memory, step)
    step.doubts.clear()
    reason = next((name for name, cue in _REASONS.items() if clause.has(cue)), None)
    if reason:
        given_of(step)["reason"] = reason
    return [step]


def sales(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("sales_report")
    take_event(clause, memory, step)
    step.doubts.clear()
    said = clause.search(r"\b(?:by|per)\s+(?P<by>day|channel|(?:promo(?:tion)?\s*)?code)\b")
    if said:
        given_of(step)["group_by"] = said["by"].lower() if said["by"].lower() in ("day", "channel") else "promo_code"
    return [step]


def compare(clause: Clause, memory: Memory) -> list[Step]:
    """`Are we ahead of A with B` and `B compared to A`: the one behind `of`, `to` or `against` is the other."""
    step = Step("compare_sales")
    named = clause.mentions("EVENT")
    for mention in named:
        mention.used = True
    names = [mention.value[0] for mention in named if len(mention.value) == 1]
    if clause.has(
        r"\b(?:ahead\s+of|behind|compared?\s+(?:to|with)|against)\s+(?:the\s+|our\s+)?EVENT\b.*\b(?:with|for)\s+(?:the\s+|our\s+)?EVENT"
    ):
        names.reverse()
    if names:
        step.slots["event"] = names[0]
    if len(names) > 1:
        step.slots["other"] = names[1]
    return [step]


_KINDS = (("attendees", r"\b(?:attendees?|guests?)\b"), ("check_ins", r"\bcheck-?ins?\b"), ("orders", r"\borders?\b"),
          ("payouts", r"\bpayouts?\b"), ("ledger", r"\b(?:ledger|books)\b"), ("sales", r"\bsales\b"))  # fmt: skip


def file_kind(clause: Clause) -> str | None:
    """What should be in the file."""
    return next((name for name, cue in _KINDS if clause.has(cue)), None)


def export(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("export")
    take_event(clause, memory, step)
    step.doubts.clear()
    if kind := file_kind(clause):
        step.slots["kind"] = kind
    if clause.has(r"\b(?:excel|xlsx|spreadsheet)\b"):
        given_of(step)["format"] = "xlsx"
    return [step]


def change(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("change_order")
    take_order(clause, step)
    lines = lines_of(clause)
    if len(lines) == 2:
        step.slots["lines"] = True
        given_of(step)["remove"], given_of(step)["add"] = (
            [{"ticket_type": name, "quantity": number}] for name, number, _ in lines
        )
    if clause.has(r"\b<givesback>\b"):
        given_of(step)["refund_difference"] = True
    return [step]


def sell(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("sell_tickets")
    lines = lines_of(clause)
    if lines:
        step.slots["ticket_type"], step.slots["quantity"], _ = lines[0]
        given_of(step)["also"] = [{"ticket_type": name, "quantity": number} for name, number, _ in lines[1:]]
    if method := take_method(clause):
        step.slots["payment_method"] = method
    if buyer := take_buyer(clause, memory):
        step.slots["buyer"] = buyer
    take_event(clause, memory, step)
    return [step]


def _of_order(operation: str) -> Fill:
    def fill(clause: Clause, memory: Memory) -> list[Step]:
        step = Step(operation)
        take_order(clause, step)
        return [step]

    return fill


def _of_event(operation: str, more: Callable[[Clause, Step], None] | None = None) -> Fill:
    def fill(clause: Clause, memory: Memory) -> list[Step]:
        step = Step(operation)
        take_event(clause, memory, step)
        step.doubts.clear()
        if more:
            more(clause, step)
        return [step]

    return fill


FILLS: dict[str, Fill] = {
    **codes.FILLS,
    "list_promo_codes": _of_event("list_promo_codes"),
    "explain_availability": _of_event("explain_availability", lambda clause, step: take_one_type(clause, step)),
    "list_holds": _of_event("list_holds"),
    "refund_tickets": refund_tickets,
    "refund_event": refund_event,
    "cancel_event": cancel,
    "postpone_event": postpone,
    "transfer_ticket": transfer,
    "open_waiting_list": open_list,
    "close_waiting_list": _of_event("close_waiting_list"),
    "add_to_waiting_list": add_to_list,
    "list_waiting_list": _of_event("list_waiting_list"),
    "offer_places": offer,
    "orders_to_settle": settle,
    "sales_report": sales,
    "compare_sales": compare,
    "export": export,
    "list_check_in_lists": _of_event("list_check_in_lists"),
    "change_order": change,
    "send_tickets": _of_order("send_tickets"),
    "sell_tickets": sell,
}
