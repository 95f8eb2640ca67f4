"""Ticket types: their names, prices and numbers; selling is in `orders`."""

from __future__ import annotations

from embedded.planner.clauses import Clause, Fill, Step
from embedded.planner.memory import Memory
from embedded.planner.slots import as_money, take_count, take_event, take_price, take_type, type_name
from embedded.planner.utterance import whole


def create(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("create_ticket_type")
    announced = clause.search(r"\b(?P<n>NUM\s+)?(?:new\s+|different\s+|kinds?\s+of\s+)?(?:<types>)\b")
    price = take_price(clause, memory)
    if announced and announced["n"] and not price:
        clause.at(announced["n"].strip())
    name = take_type(clause)
    take_event(clause, memory, step)
    if name and name.lower() not in ("general", "ticket", "tickets", "type", "types"):
        step.slots["name"] = name
    elif name and name.lower() == "general":
        step.slots["name"] = "General"
    if price is not None:
        step.slots["price"] = price
    counts = [m for m in clause.mentions("NUM") if not m.used]
    counted = clause.search(
        r"(?P<n>NUM)\s+(?:[\w'-]+\s+){0,4}?(?:<ticket>|pieces|pcs|available|of\s+them|in\s+total|stuks)\b"
    )
    chosen = clause.at(counted["n"]) if counted and len(counts) > 1 else counts[0] if counts else None
    quantity = whole(chosen.value) if chosen is not None else None
    if chosen is not None and quantity:
        chosen.used = True
        step.slots["quantity"] = quantity
    step.header = "price" not in step.slots and "quantity" not in step.slots
    return [step]


def update(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("update_ticket_type")
    name = take_type(clause)
    take_event(clause, memory, step)
    if name is None and memory.last_type and clause.has(r"\b(?:it|them|they|that|those|the\s+price|price)\b"):
        name = memory.last_type
    if name:
        step.slots["ticket_type"] = name
    renamed = clause.search(r"\brenam(?:e|ing)\b.*<ticket>?.*?\s+(?:to|into|as)\s+(?P<n>QUOTE|[\w' -]+)$")
    if renamed:
        said = renamed["n"].strip()
        step.slots["name"] = (
            str(clause.at(said).value)
            if said.startswith("QUOTE_")
            else type_name(clause.shown(said).removesuffix(" tickets").removesuffix(" ticket"))
        )
        return [step]
    amounts = [m for m in clause.mentions("MONEY") if not m.used]
    about_price = clause.has(r"\b(?:price|priced|cost|costs|costing|charge|cheaper|expensive|worth)\b")
    if len(amounts) > 1 or (amounts and clause.has(r"\bby\s+MONEY")):
        moved = clause.search(r"\bfrom\s+MONEY\s+to\s+(?P<new>MONEY)")
        if moved is None:
            step.doubts.append("What should the new price be?")
        else:
            for mention in amounts:
                mention.used = True
            step.slots["price"] = clause.at(moved["new"]).value
    elif amounts:
        amounts[0].used = True
        step.slots["price"] = amounts[0].value
        _old_number(clause)
    elif about_price:
        moved = clause.search(r"\bfrom\s+(?P<old>NUM)\s+to\s+(?P<new>NUM)")
        if moved:
            clause.at(moved["old"])
        price = as_money(clause, memory)
        if price:
            step.slots["price"] = price
    else:
        _quantity(clause, step)
    return [step]


def _old_number(clause: Clause) -> None:
    old = clause.search(r"\bfrom\s+(?P<n>NUM)\s+to\s+MONEY")
    if old:
        clause.at(old["n"])


def _quantity(clause: Clause, step: Step) -> None:
    if clause.has(r"\b(?:by|more|extra|another|additional|fewer|less)\b"):
        take_count(clause)
        step.doubts.append("What should the total number of tickets become?")
        return
    moved = clause.search(r"\bfrom\s+(?P<old>NUM)\s+to\s+(?P<new>NUM)")
    if moved:
        clause.at(moved["old"])
        step.slots["quantity"] = whole(clause.at(moved["new"]).value)
        return
    count = take_count(clause)
    if count:
        step.slots["quantity"] = count


def delete(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("delete_ticket_type")
    name = take_type(clause)
    if name:
        step.slots["ticket_type"] = name
    take_event(clause, memory, step)
    return [step]


def list_types(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("list_ticket_types")
    take_event(clause, memory, step)
    return [step]


FILLS: dict[str, Fill] = {
    "delete_ticket_type": delete,
    "list_ticket_types": list_types,
    "update_ticket_type": update,
    "create_ticket_type": create,
}
