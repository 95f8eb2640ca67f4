"""Values read from a clause: events, venues, moments, prices, types, buyers; which intent wants them is decided elsewhere."""

from __future__ import annotations

import re

from agent.reading.amounts import MoneyMention, read_numbers, to_minor
from agent.reading.names import resolve
from embedded.planner.clauses import Clause, Step
from embedded.planner.memory import Memory
from embedded.planner.utterance import TOKEN, whole
from embedded.planner.vocabulary import ADJECTIVES, LEVELS, METHODS, pattern, word_list
from embedded.planner.words import listed, title_case

PRONOUN = pattern(
    r"\b(?:it|its|it's|that\s+(?:one|event|evening|night|show)|this\s+(?:one|event|show)|"
    r"the\s+(?:same\s+)?(?:event|show)|them|there|that|this|here|the\s+same(?:\s+one)?)\b"
)
_UNKNOWN_EVENT = pattern(
    r"\b(?:for|of|to|from|at|about|on)\s+(?:the|our|my)\s+(?P<name>(?:[\w'-]+)(?:\s+[\w'-]+){0,"
    r"2}?)(?=\s*(?:$|[,.]|\b(?:at|on|in|for|to|by|with|and|as|from|is|are|please|because)\b|"
    r"WHEN|MONEY|NUM|EMAIL|VENUE))"
)
_CAPITAL_EVENT = re.compile(
    r"\b(?:[Ff]or|[Oo]f|[Tt]o|[Ff]rom|[Aa]t|[Aa]bout|[Cc]ancel|[Mm]ove|[Pp]ublish|[Rr]eschedule|"
    r"[Pp]ostpone|[Rr]ename|[Dd]elete)\s+(?:the\s+)?(?P<name>[A-Z][\w'-]*(?:\s+[A-Z][\w'-]*){0,"
    r"4})"
)
_NO_EVENT = word_list("no_event")
_DUMMIES = word_list("dummies")


def take_event(clause: Clause, memory: Memory, step: Step) -> None:
    """Fill `event` from the clause: a name, a tie to ask about, `it`, or a name nobody knows (asked about too)."""
    mention = clause.take("EVENT")
    if mention is not None:
        if len(mention.value) == 1:
            step.slots["event"] = mention.value[0]
        else:
            step.doubts.append(f"Which one do you mean: {listed(mention.value, 'or')}?")
        return
    if PRONOUN.search(clause.masked):
        step.slots["pointed"] = True
    unknown = unknown_event(clause, memory)
    if unknown:
        known = memory.event_names
        rest = f" I know {listed(known[:6])}." if known else ""
        step.doubts.append(f"I know no event called {unknown}.{rest} Which event do you mean?")


def unknown_event(clause: Clause, memory: Memory) -> str | None:
    """A name after `for`, `of`, `to` ... that is no event of ours, or None."""
    match = _UNKNOWN_EVENT.search(clause.masked)
    if match:
        words = match["name"].lower().split()
        if (
            not TOKEN.search(match["name"])
            and not any(w in _NO_EVENT or w in LEVELS for w in words)
            and not resolve(match["name"], memory.event_names).candidates
        ):
            return match["name"]
    return None


def unknown_capital(clause: Clause) -> str | None:
    """A capitalised name where an event should stand (`cancel the Summer Ball`), or None."""
    match = _CAPITAL_EVENT.search(clause.masked)
    return match["name"] if match and not TOKEN.search(match["name"]) else None


def take_venue(clause: Clause, memory: Memory, step: Step) -> None:
    """Fill `venue` from the clause: a name, a tie, or `the first one` of the venues listed before."""
    mention = clause.take("VENUE")
    if mention is not None:
        if len(mention.value) == 1:
            step.slots["venue"] = mention.value[0]
        else:
            step.doubts.append(f"Which venue do you mean: {listed(mention.value, 'or')}?")
        return
    chosen = from_list(clause, memory.listed_venues)
    if chosen:
        step.slots["venue"] = chosen


_ORDINALS = {
    "first": 0,
    "1st": 0,
    "second": 1,
    "2nd": 1,
    "third": 2,
    "3rd": 2,
    "fourth": 3,
    "4th": 3,
    "last": -1,
    "former": 0,
    "latter": -1,
    "other": 1,
}


def from_list(clause: Clause, rows: list[dict[str, object]]) -> str | None:
    """`the first one`, `number 2`, `the bigger one`, `that one` of what was listed last."""
    if not rows:
        return None
    match = clause.search(
        r"\b(first|1st|second|2nd|third|3rd|fourth|4th|last|former|latter)\b(?:\s+(?:one|option|"
        r"venue|room|hall|of\s+(?:those|these|them)))?"
    )
    number = clause.search(r"\b(?:number|option|nr\.?|no\.?)\s*(?P<n>NUM)")
    row: dict[str, object] | None = None
    if match:
        index = _ORDINALS[match.group(1).lower()]
        row = rows[index] if -len(rows) <= index < len(rows) else None
    elif number:
        index = (whole(clause.at(number["n"]).value) or 0) - 1
        row = rows[index] if 0 <= index < len(rows) else None
    elif clause.has(r"\b(?:bigg(?:er|est)|larg(?:er|est))\b"):
        row = max(rows, key=_capacity)
    elif clause.has(r"\b(?:small(?:er|est))\b"):
        row = min(rows, key=_capacity)
    elif len(rows) == 1 and clause.has(r"\b(?:it|that\s+one|this\s+one|that|this|there)\b"):
        row = rows[0]
    return str(row["name"]) if row and row.get("name") else None


def _capacity(row: dict[str, object]) -> int:
    capacity = row.get("capacity")
    return capacity if isinstance(capacity, int) else 0


def take_price(clause: Clause, memory: Memory) -> MoneyMention | None:
    """The amount of money in the clause, or None."""
    mention = clause.take("MONEY")
    return mention.value if mention else None


def as_money(clause: Clause, memory: Memory) -> MoneyMention | None:
    """An amount, or a bare number that can only be one, in the organisation's currency."""
    price = take_price(clause, memory)
    if price:
        return price
    mention = clause.take("NUM")
    amount = to_minor(mention.value, memory.world.currency) if mention else None
    return (
        None
        if mention is None or amount is None
        else MoneyMention(mention.start, mention.end, amount, memory.world.currency, said=False)
    )


def take_count(clause: Clause) -> int | None:
    """The first whole number in the clause that is no money."""
    for mention in clause.mentions("NUM"):
        count = whole(mention.value)
        if not mention.used and count is not None and count > 0:
            mention.used = True
            return count
    return None


_CAPACITY = (
    r"(?:\bcapacity(?:\s+(?:of|is|at|:))?|\bcap(?:ped)?(?:\s+(?:of|at|:))?|\bmax(?:imum)?(?:\s+of)?|\bup\s+to|\bfor|"
    r"\broom\s+for|\blimit(?:ed)?(?:\s+(?:of|to))?|\bat\s+most)\s+(?:about\s+|around\s+)?(?P<n>NUM)(?!\s*(?:\w+\s+){0,2}<ticket>)",
    r"(?P<n>NUM)\s+(?:people|persons?|guests?|pax|visitors?|attendees?|heads)\b",
)


def take_capacity(clause: Clause) -> int | None:
    """How many people may come: `capacity 80`, `cap 80`, `80 pax`; a number of tickets is none."""
    for cue in _CAPACITY:
        match = clause.search(cue)
        if match and not clause.utterance.mentions[int(match["n"].rsplit("_", 1)[1])].used:
            return whole(clause.at(match["n"]).value)
    return None


def bare_count(clause: Clause) -> int | None:
    """A count that looked like a price (`a room for fifty`)."""
    for mention in clause.mentions("MONEY"):
        numbers = read_numbers(mention.text) if mention.value.implied and not mention.used else []
        if numbers and numbers[0].whole:
            mention.used = True
            return numbers[0].whole
    return None


_TYPE_STOP = word_list("type_stop") | ADJECTIVES
_WORDS = r"(?:[\w'+-]+\s+)"
_TYPE_PATTERNS = (
    rf"NUM\s+(?P<t>{_WORDS}{{0,4}}?)<ticket>",
    rf"NUM\s+(?:x\s+)?(?P<t>{_WORDS}{{1,3}}?)(?:(?:at|for|@|à|priced|costing|each)\s*)?MONEY",
    r"(?P<t>QUOTE)\s+<ticket>",
    r"<types>\s*(?:called|named|:)?\s*(?P<t>QUOTE)",
    (
        rf"(?:<ticket>|<types>)\s+(?:called|named|for)\s+(?P<t>{_WORDS}{{0,2}}?[\w'-]+)(?=\s*(?:$|"
        rf",|\bat\b|\bfor\b|\bto\b|MONEY|\())"
    ),
    r"<ticket>\s+for\s+(?:the\s+|our\s+)?(?P<t><kind>)\b",
    rf"(?P<t>{_WORDS}{{1,4}}?)<ticket>",
    (
        r"(?P<t>\b(?:vips?|early\s+birds?|students?|regulars?|standard|general(?:\s+admission)?|"
        r"child(?:ren)?|kids?|adults?|seniors?|backstage|balcony|members?|family|group|press|"
        r"premium|concessions?)\b)"
    ),
)


def type_name(words: str) -> str:
    """A ticket type as it is called: `vip` -> `VIP`, `students` -> `Student`, `early bird` -> `Early Bird`."""
    words = (
        " ".join(words.replace("-", " ").split())
        if words.lower().replace("-", " ") == "early bird"
        else " ".join(words.split())
    )
    if words.lower() in ("vip", "vips"):
        return "VIP"
    singular = {
        "students": "Student",
        "kids": "Kids",
        "children": "Child",
        "adults": "Adult",
        "seniors": "Senior",
        "members": "Member",
        "regulars": "Regular",
        "early birds": "Early Bird",
        "concessions": "Concession",
    }
    return singular.get(words.lower()) or title_case(words)


def take_type(clause: Clause, *, named_only: bool = False) -> str | None:
    """The ticket type the clause names, or None when it says just `tickets`."""
    for number, cue in enumerate(_TYPE_PATTERNS):
        match = clause.search(cue)
        if match is None:
            continue
        said = match["t"].strip()
        if re.fullmatch(r"QUOTE_\d+", said):
            return str(clause.at(said).value)
        words = said.split()
        while words and (
            words[0].lower() in _TYPE_STOP or TOKEN.fullmatch(words[0]) or words[0].lower().endswith("'s")
        ):
            words.pop(0)
        if number in (1, 6):
            for at in range(len(words) - 1, -1, -1):
                if words[at].lower() in _TYPE_STOP or TOKEN.search(words[at]):
                    words = words[at + 1 :]
                    break
        words = [w for w in words if not TOKEN.search(w)]
        while words and words[-1].lower() in _TYPE_STOP:
            words.pop()
        if words and words[0].lower() not in _TYPE_STOP:
            return type_name(" ".join(words))
        if number == 0 and not clause.has(r"<ticket>\s+for\s+(?:the\s+|our\s+)?<kind>\b"):
            return None
    return None


_NAME_WORD = r"(?-i:[^\W\d_a-zà-ÿ][\w'’.&-]*)"
_PARTICLES = r"(?:(?:van|de|der|den|von|da|di|du|la|le|ten|ter|el|al|bin|'t|and|&)\s+){0,3}"
NAME = (
    rf"(?:(?:mr|mrs|ms|miss|dr|prof)\.?\s+)?{_NAME_WORD}(?:\s+{_PARTICLES}{_NAME_WORD}){{0,"
    rf"4}}(?:\s+(?:family|group|school|club|team))?"
)
_BUYER = (
    (
        rf"\b(?:to|for|voor|aan|on\s+behalf\s+of|in\s+the\s+name\s+of|under\s+the\s+name(?:\s+of)?|"
        rf"under|buyer(?:\s+is|:)?|name(?:\s+is|:)|goes?\s+to|go\s+to|belongs?\s+to|with)\s+(?:my\s+\w+\s+|"
        rf"our\s+\w+\s+|the\s+|a\s+guy\s+called\s+|someone\s+(?:called|named)\s+|a\s+\w+\s+(?:called|"
        rf"named)\s+|called\s+|named\s+)?(?P<name>{NAME})?(?:\s*[,(<\[]?\s*(?:at\s+)?(?P<mail>EMAIL))?"
    ),
    rf"(?P<name>{NAME})?\s*[,(<\[]?\s*(?P<mail>EMAIL)",
    (
        rf"\b(?:give|get|sell|book|issue|send|hand|offer)\s+(?:my\s+\w+\s+)?(?P<name>{NAME})\s+(?:NUM|"
        rf"an?|one)\b"
    ),
    (
        rf"^(?:(?:my|our|a|the|one\s+of\s+our)\s+(?:(?-i:[a-z])\w+\s+)?(?:called\s+)?)?(?:(?P<name>{NAME}))\s+(?:\w+\s+)?(?:wants?|"
        rf"would|needs?|buys?|bought|takes?|took|ordered|orders?|gets?|asked|asks|is|has|'d|"
        rf"'ll|will|should|reserves?|reserved|books?|booked|just|also|called|rang|phoned|emailed|"
        rf"came|grabbed|grabs?|requested|requests)\b"
    ),
)
_LOWER_BUYER = re.compile(
    r"\b(?:to|for)\s+(?P<name>[a-z]{2,}(?:\s+[a-z]{2,}){0,2})\s*(?=$|,|\s(?:in|by|on|paid|pays|paying|cash|card)\b)"
)


def take_buyer(clause: Clause, memory: Memory) -> str | None:
    """The buyer: a name, an e-mail address, or both as `Name <mail>`; `her` and `the same person` are the last buyer."""
    for cue in _BUYER:
        for match in pattern(cue).finditer(clause.masked):
            name, mail = (match["name"] or "").strip(" ,.'"), match.groupdict().get("mail")
            if name and (TOKEN.search(name) or name.split()[0].lower() in _NOT_NAMES):
                name = ""
            if name or mail:
                address = clause.at(mail).value if mail else ""
                return f"{name} <{address}>" if name and address else name or str(address)
    if clause.has(r"\b(?:to|for)\s+(?:her|him|them|the\s+same\s+(?:person|buyer|customer|guy|woman))\b"):
        return memory.last_buyer
    lower = _LOWER_BUYER.search(clause.masked)
    if lower:
        words = lower["name"].split()
        if not any(w in _DUMMIES or w in _NO_EVENT or w in _TYPE_STOP for w in words):
            return " ".join(w.capitalize() for w in words)
    return None


_NOT_NAMES = word_list("not_people")


def take_method(clause: Clause) -> str | None:
    """How it is paid: cash, card, transfer or invoice."""
    match = clause.search(
        r"\b(?:by|in|with|via|per|through|using|on|paid|pays?|payment|method:?|contactless)?\s*\b(credit\s+card|"
        r"debit\s+card|bank\s+transfer|cash|card|transfer|wire|invoice|on\s+account|ideal|"
        r"pin|bank)\b"
    )
    return METHODS.get(re.sub(r"\s+", " ", match.group(1).lower())) if match else None


def take_level(clause: Clause) -> str | None:
    """The sponsor level named, in lower case."""
    match = clause.search(r"\b(?P<level><level>)\b(?!\s+(?:tickets?|seats?))")
    return match["level"].lower() if match else None


_REASON = pattern(
    r"(?:\s*[,:;–-]+\s*|\s+)(?:because(?:\s+of)?|since|as|due\s+to|owing\s+to|on\s+account\s+of|"
    r"given(?:\s+that)?|the\s+reason\s+is(?:\s+that)?|reason:?|for\s+the\s+reason\s+that|"
    r"now\s+that|seeing\s+that|thanks\s+to)\s+(?P<why>.+)$"
)
_ASIDE = pattern(
    r"^[^,–—:]*?(?:\s*[,–—:]\s*|\s+-\s+)(?P<why>(?!please|thanks|thank|if\b|asap\b|will\s+you|would\s+you|"
    r"ok|WHEN|EVENT|VENUE|NUM|not\b|and\b)\S+\s+\S+.*)$"
)


def take_reason(clause: Clause) -> str | None:
    """Why, in the person's own words: what follows `because` or stands behind a comma."""
    for cue in (_REASON, _ASIDE):
        match = cue.search(clause.masked)
        if match:
            cause = clause.shown(match["why"]).strip(" .!")
            return cause or None
    return None


def take_city(clause: Clause, memory: Memory) -> str | None:
    """A city: one that has a venue, or a capitalised name after `in`."""
    for city in memory.world.cities:
        if re.search(rf"\b{re.escape(city)}\b", clause.utterance.shown(clause.masked), re.IGNORECASE):
            return city
    match = clause.search(
        r"\b(?:in|near|around|somewhere\s+in)\s+(?P<city>(?-i:[A-Z])[\w'-]+(?:\s+(?-i:[A-Z])[\w'-]+){0,2})"
    )
    return match["city"] if match and not TOKEN.search(match["city"]) else None
