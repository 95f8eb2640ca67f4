"""Whether the person wants anything done at all, and whether what cannot be taken for granted was asked for. Reads no values."""

from __future__ import annotations

import re

from agent.guard import cues, verbs
from agent.guard.slot import Draft
from agent.guard.thread import Thread, is_correction
from agent.guard.turn import Turn
from agent.reading.spans import Found

HELD_BY_EVENT = frozenset({"cancel_event", "delete_event", "publish_event"})
_OBJECTS = {
    "cancel_booking": cues.PLACE_WORDS,
    "delete_ticket_type": cues.TICKET_WORDS,
}
_CHOICES = {
    "refund_order": cues.cue(r"orders?|sale|purchase|bestelling|tickets?|#?\d{3,12}"),
    "cancel_booking": cues.PLACE_WORDS,
    "delete_ticket_type": cues.TICKET_WORDS,
    "remove_sponsor": cues.cue(r"sponsor\w*|deal|partner"),
}
"""What an answer must speak of when several things could have been meant."""
# Answers to a question are short; a longer message stands for itself.
ANSWER_WORDS = 8


def only_asks(turn: Turn) -> bool:
    """Whether a message asks for information alone: `what would happen if`, `do you think`, `how many`."""
    sentences = [part for part in re.split(r"(?<=[.!?])\s+|\n+", turn.text) if re.search(r"\w", part)]
    asked = False
    for sentence in sentences:
        if cues.SUPPOSES.search(sentence) or (cues.PURE_QUESTION.match(sentence) and not _also_requests(sentence)):
            asked = True
        elif not cues.COURTESY.match(sentence):
            return False
    return asked


def _also_requests(sentence: str) -> bool:
    if cues.POLITE.search(sentence):
        return True
    return any(cues.REQUEST.match(sentence, cut.end()) for cut in cues.BREAK.finditer(sentence))


def wants_nothing(turn: Turn) -> bool:
    """`never mind`, `thanks, that's great`: no write may follow."""
    return bool(cues.BACKS_OUT.match(turn.text) or cues.COURTESY.match(turn.text))


def forbids_all(turn: Turn) -> bool:
    """Whether every thing said is a `don't`."""
    clauses = [turn.text[start:end].strip() for start, end in turn.clauses]
    return bool(clauses) and all(
        re.match(r"(?:please\s+)?(?:don'?t|do\s+not|never)\b", clause, re.IGNORECASE) for clause in clauses
    )


def asked_for(thread: Thread, draft: Draft) -> bool:
    """Whether words of that meaning were said, and not turned round by a `not`; true for what needs no word of its own."""
    if draft.unchanged:
        return True
    if draft.operation == "update_event" and draft.values.get("event") in thread.made:
        return False  # what this very answer makes is made as the person said it
    strict = verbs.DESTRUCTIVE.get(draft.operation)
    if strict is None:
        loose = verbs.ASKED_FOR.get(draft.operation)
        return (
            loose is None
            or bool(draft.card)
            or any(_unnegated(turn, loose) or _says_it_all(turn, draft) for turn in thread.heard(draft.operation))
        )
    if _chosen_when_asked(thread, draft) or _turned_to_another(thread, draft):
        return True
    for turn in _speaking(thread):
        if any(_is_about(thread, turn, place, draft) for place in _unnegated(turn, strict)):
            return True
        if strict.search(turn.text):
            return False
    return False


def _chosen_when_asked(thread: Thread, draft: Draft) -> bool:
    """`Cancel it`, and asked which: `the order`."""
    named = _CHOICES.get(draft.operation)
    answer, *before = _speaking(thread)
    if named is None or not before:
        return False
    ending = [verbs.DESTRUCTIVE[name] for name in ("cancel_event", "delete_event", draft.operation)]
    meant = named.search(answer.text) or _names_venue(thread, answer, 0, len(answer.text))
    return bool(meant) and any(_unnegated(before[0], words) for words in ending)


def _turned_to_another(thread: Thread, draft: Draft) -> bool:
    """`No, the picnic`, said of a card that cancels the gala."""
    latest, event = thread.latest, draft.values.get("event")
    if latest is None or not draft.card or draft.card.get("event") == event or not is_correction(latest):
        return False
    return any(event in mention.names for mention in latest.named)


def _says_it_all(turn: Turn, draft: Draft) -> bool:
    """`two tickets for lisa@example.org`, `Jazz night on 12 December, 7pm`: what is wanted goes without a verb."""
    if draft.operation == "sell_tickets":
        return bool(turn.people and turn.counts)
    return draft.operation == "create_event" and not draft.questions


def _speaking(thread: Thread) -> list[Turn]:
    """The latest message, and those before it while each later one only answers a question."""
    found: list[Turn] = []
    for turn in thread.backwards():
        found.append(turn)
        if len(turn.words) > ANSWER_WORDS or cues.REQUEST.search(turn.text) or len(found) > 3:
            break
    return found


def _unnegated(turn: Turn, words: re.Pattern[str]) -> list[re.Match[str]]:
    found = []
    names: list[Found] = [*turn.named, *turn.quoted]
    for match in words.finditer(turn.text):
        before = turn.text[: match.start()][-60:]
        if any(place.start <= match.start() and match.end() <= place.end for place in names):
            continue
        told = cues.PAST.search(match.group()) and cues.TOLD.search(before)
        if not told and not cues.NEGATION.search(before):
            found.append(match)
    return found


def _is_about(thread: Thread, turn: Turn, verb: re.Match[str], draft: Draft) -> bool:
    """Whether the verb speaks of this kind of thing, and of this one where its clause names others."""
    start, end = turn.clause_at(verb.start())
    clause = turn.text[start:end]
    sentence = turn.text[: verb.start()].rfind(". ") + 1, (turn.text.find(". ", verb.end()) + 1 or len(turn.text))
    if cues.CONDITION.search(turn.text[sentence[0] : sentence[1]]):
        return False
    after = turn.text[verb.end() : end]
    if draft.operation in HELD_BY_EVENT:
        held = cues.HELD_OBJECTS.match(after)
        if held and not _names_event_first(thread, turn, verb.end(), verb.end() + held.end()):
            return False
        if draft.operation == "delete_event" and re.search(r"\bfrom\b", after, re.IGNORECASE):
            return False
    if (
        draft.operation == "publish_event"
        and "sale" in verb.group().lower()
        and any(start <= count.start < end for count in turn.counts)
    ):
        return False
    wanted = _OBJECTS.get(draft.operation)
    if wanted and not wanted.search(clause) and not _names_venue(thread, turn, start, end):
        return False
    if draft.operation == "refund_order":
        return True
    return _clause_allows(thread, turn, start, end, draft)


def _names_event_first(thread: Thread, turn: Turn, start: int, end: int) -> bool:
    return any(
        start <= m.start and m.end <= end + 1 and m.end >= end - 1
        for m in turn.named
        if set(m.names) & set(thread.event_names)
    )


def _names_venue(thread: Thread, turn: Turn, start: int, end: int) -> bool:
    return any(start <= m.start < end and set(m.names) & set(thread.venue_names) for m in turn.named)


def _clause_allows(thread: Thread, turn: Turn, start: int, end: int, draft: Draft) -> bool:
    """Where the clause with the verb names events, the call must be about one of them."""
    event = draft.values.get("event")
    if not isinstance(event, str):
        return True
    known = thread.by_id(event)
    meant = (known.name if known else event).casefold()
    named = {
        name.casefold() for m in turn.named if start <= m.start < end for name in m.names if name in thread.event_names
    }
    return not named or meant in named or not any(meant == name.casefold() for name in thread.event_names)
