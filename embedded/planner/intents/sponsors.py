"""Sponsors: who pays what for which event, at which level."""

from __future__ import annotations

import re

from embedded.planner.clauses import Clause, Fill, Step
from embedded.planner.memory import Memory
from embedded.planner.slots import PRONOUN, as_money, take_event, take_level, take_price
from embedded.planner.utterance import TOKEN
from embedded.planner.vocabulary import LEVELS, word_list
from embedded.planner.words import title_case

_W = r"(?:[\w&'’.+-]+)"
_N = (
    rf"(?P<s>QUOTE|{_W}(?:\s+(?:(?!as\b|for\b|with\b|at\b|to\b|of\b|on\b|is\b|wants?\b|"
    rf"are\b|sponsors?\b|sponsoring\b|down\b|MONEY|EVENT|NUM){_W})){{0,4}}?)"
)
_LEAD = (
    r"(?:^|.*?\b)(?:add(?:ing)?|put(?:ting)?|sign(?:ing)?(?:\s+up)?|welcome|register(?:ing)?|"
    r"note|make|bring(?:ing)?\s+in|onboard(?:ing)?|book(?:ing)?|get|got|have|include|record|"
    r"name|list|enter|landed|found|secured|set(?:ting)?\s+up|say\s+hello\s+to|upgrade|"
    r"downgrade|promote|bump|move|raise|change|increase|lower|switch|set|update|mark|remove|"
    r"drop|delete|kick\s+out|take\s+off|cancel|reduce)"
)
_PATTERNS = (
    (
        r"\bsponsor(?:ship)?s?\s*(?:called|named|is|will\s+be|:|from|by|of)\s+(?P<s>QUOTE|"
        r"(?-i:[A-Z])[\w&'’.+-]*(?:\s+(?:(?-i:[A-Z&])[\w&'’.+-]*)){0,4})"
    ),
    (
        rf"{_LEAD}\s+(?:up\s+|down\s+|on\s+)?(?:in\s+)?(?:the\s+sponsor\s+|sponsor\s+|our\s+sponsor\s+)?{_N}(?:(?:'s|"
        rf"')(?=\s+(?:\w+ship|contribution|amount|level)))?\s+(?:\w+ship\s+|up\s+|down\s+|on\s+board\s+|"
        rf"in\s+|back\s+|contribution\s+|amount\s+|level\s+)*(?:as|to|at|for|from|is|with|a)\b"
    ),
    rf"{_LEAD}\s+{_N}\s+(?:(?:an?\s+|the\s+|our\s+)?(?:<level>)\b|MONEY|as\b)",
    r"\b(?:from|by)\s+(?P<s>QUOTE|(?-i:[A-Z])[\w&'’.+-]*(?:\s+(?-i:[A-Z&0-9])[\w&'’.+-]*){0,4})",
    (
        rf"^(?:the\s+)?(?:company\s+|our\s+friends\s+(?:at|from)\s+|the\s+people\s+(?:at|from)\s+)?{_N}(?:'s(?=\s+(?:sponsorship|"
        rf"contribution|amount|sponsoring|giving|paying|in\b|the\b|our\b|a\b)))?\s+(?:has\s+|"
        rf"have\s+|just\s+|also\s+|now\s+|would\s+)*(?:wants?|is|will|agreed|agrees|becomes?|"
        rf"became|joins?|joined|signed|comes?|came|offers?|offered|pledges?|pledged|sponsors?|"
        rf"sponsoring|like|likes|are|gives?|gave|pays?|paid|said|called|wrote|emailed|confirmed|"
        rf"declined|pulled|withdr\w+|backed|committed|contributes?|donat\w+|puts?|goes|chips|"
        rf"steps|stepped|as|for|at|on|no\s+longer|'ll|'s|should|must|can|could|moves?|upgrad\w+|"
        rf"went|bumped|raised|increased|up|down|sponsorship|contribution|amount)\b"
    ),
    rf"^{_N}\s*[,:=–-]*\s+(?:as\s+)?(?:an?\s+|the\s+|our\s+)?(?:<level>|MONEY)",
    (
        rf"^(?:an?\s+|the\s+)?(?:<level>)\s*(?:level\s+)?(?:sponsor)?\s*(?:for|:|=|is|will\s+be|"
        rf"goes\s+to|to|–|-)\s*{_N}(?:$|\s|,)"
    ),
    r"\bsponsors?\s+(?P<s>QUOTE|(?-i:[A-Z])[\w&'’.+-]*(?:\s+(?:(?-i:[A-Z&])[\w&'’.+-]*)){0,4})(?!\w)",
    rf"{_LEAD}\s+(?:the\s+)?{_N}\s*$",
)
_PAID_FIRST = re.compile(r"^(?:for|with)\s+MONEY_\d+\s*,?\s+", re.IGNORECASE)
_NOT_NAMES = word_list("not_sponsors") | LEVELS


def sponsor_name(clause: Clause) -> str | None:
    """The sponsor the clause names, with a capital where it was typed without one."""
    clause = Clause(_PAID_FIRST.sub("", clause.masked), clause.utterance)
    for cue in _PATTERNS:
        match = clause.search(cue)
        if not match:
            continue
        said = match["s"].strip()
        if re.fullmatch(r"QUOTE_\d+", said):
            return str(clause.at(said).value)
        words = said.split()
        while words and words[0].lower() in _NOT_NAMES | {"in", "up", "down"}:
            words.pop(0)
        while words and words[-1].lower() in _NOT_NAMES | {
            "in",
            "up",
            "down",
            "on",
            "has",
            "have",
            "just",
            "would",
            "will",
            "is",
        }:
            words.pop()
        name = " ".join(words).strip(" ,.:")
        if re.match(
            r"\s*(?:\w*sponsorship|contribution|amount|level)\b", clause.masked[match.end("s") :], re.IGNORECASE
        ):
            name = re.sub(r"['’]s?$", "", name)
        if name and not TOKEN.search(name) and not any(w.lower() in LEVELS for w in name.split()):
            return title_case(name)
    return None


def add(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("add_sponsor")
    level = take_level(clause)
    if level:
        step.slots["level"] = level
    name = sponsor_name(clause)
    money = take_price(clause, memory)
    if money is None and not clause.has(r"NUM\s+(?:\w+\s+){0,2}sponsors"):
        money = as_money(clause, memory)
    if money is not None:
        step.slots["amount"] = money
    count = clause.search(r"(?P<n>NUM)\s+(?:new\s+|more\s+|\w+\s+)?sponsors\b")
    if count:
        clause.at(count["n"])
    take_event(clause, memory, step)
    if (
        any("I know no event" in doubt for doubt in step.doubts)
        and memory.focus
        and not clause.has(r"\b(?:of|to)\s+the\b")
    ):
        step.doubts.clear()
    pair = clause.has(r"\bsponsors\b") and name and re.split(r"\s*,\s*|\s+(?:and|&)\s+", name)
    if pair and len(pair) > 1:
        return [Step("add_sponsor", {**step.slots, "sponsor": one}, list(step.doubts)) for one in pair]
    if name:
        step.slots["sponsor"] = name
    step.header = not name and not level and money is None
    return [step]


_STATUS = (
    (
        "paid",
        (
            r"\b(?:has\s+|have\s+|is\s+|'s\s+|just\s+|fully\s+)*paid\b|\bpayment\s+(?:received|"
            r"in)\b|\bmoney\s+(?:is\s+)?in\b"
        ),
    ),
    ("declined", r"\b(?:declin\w+|said\s+no|turned\s+(?:us|it)\s+down|refus\w+)\b"),
    ("invoiced", r"\binvoiced?\b"),
    ("agreed", r"\b(?:agreed|confirm(?:ed|s)?|said\s+yes|is\s+in|signed\s+off)\b"),
)


def update(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("update_sponsor")
    name = sponsor_name(clause)
    if name is None and PRONOUN.search(clause.masked):
        name = memory.last_sponsor
    if name:
        step.slots["sponsor"] = name
    levels = [m.group().lower() for m in re.finditer(rf"\b(?:{'|'.join(LEVELS)})\b", clause.masked, re.IGNORECASE)]
    if levels:
        step.slots["level"] = levels[-1]
    moved = clause.search(r"\bfrom\s+(?P<old>MONEY|NUM)\s+to\s+(?P<new>MONEY|NUM)")
    if moved:
        clause.at(moved["old"])
    money = as_money(clause, memory)
    if money is not None and clause.has(r"\bby\s+(?:MONEY|NUM)|\b(?:MONEY|NUM)\s+(?:more|extra|less)\b"):
        step.doubts.append("What should the whole amount become?")
    elif money is not None:
        step.slots["amount"] = money
    for status, cue in _STATUS:
        if clause.has(cue):
            step.slots["status"] = status
            break
    take_event(clause, memory, step)
    step.slots.pop("pointed", None)
    return [step]


_LAST_ONE = r"^(?:he|she|they)\b|\b(?:the|that|this)\s+sponsor\b"


def remove(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("remove_sponsor")
    name = sponsor_name(clause)
    if name is None and (PRONOUN.search(clause.masked) or clause.has(_LAST_ONE)):
        name = memory.last_sponsor
    if name:
        step.slots["sponsor"] = name
    take_event(clause, memory, step)
    step.slots.pop("pointed", None)
    return [step]


def list_sponsors(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("list_sponsors")
    take_event(clause, memory, step)
    step.doubts.clear()
    return [step]


FILLS: dict[str, Fill] = {
    "remove_sponsor": remove,
    "list_sponsors": list_sponsors,
    "update_sponsor": update,
    "add_sponsor": add,
}
