"""Splits a message into clauses, one per thing asked for; what each asks for is the intents' business."""

from __future__ import annotations

import re
from collections.abc import Callable

from embedded.planner.clauses import Clause
from embedded.planner.utterance import TOKEN, Utterance
from embedded.planner.vocabulary import TOKENS, pattern, without_courtesy

_SENTENCE = re.compile(
    r"(?<=[.!?;])\s+|\s*\n+\s*|\s*;\s*|\s*,?\s+so\s+(?=(?:let's|please|can\s+you|could\s+you|"
    r"cancel|call|move)\b)"
)
_ABBREVIATION = re.compile(r"\b(?:a\.m|p\.m|e\.g|i\.e|st|mr|mrs|dr|no|nr|approx|incl|vs|etc)\.$", re.IGNORECASE)
_JOINT = re.compile(
    (
        r"(?:\s*,\s*|\s+)(?:and\s+then|then|after\s+that|afterwards|and\s+also|as\s+well\s+as|"
        r"plus|and\s+finally|along\s+with|together\s+with|also|but\s+also|and\s+after\s+that)\s+|"
        r"\s*,\s*(?:and|&|or)\s+|\s+(?:and|&)\s+|\s+with\s+(?=NUM_\d+\s+(?:[\w'-]+\s+){0,3}(?:tickets?|"
        r"seats|places)\b)|\s*,?\s+so\s+(?=(?:let's|please|we|can|could|cancel|call|move|i|"
        r"just)\b)|\s*,\s+|\s+[-–—]+\s+|:\s+(?!//)|\s*\+\s*|\s*/\s+|\s*,(?=\D)"
    ),
    re.IGNORECASE,
)
_CORRECTS = re.compile(
    (
        r"^\s*(?:oh\s+|ah\s+|hmm+\s+|um+\s+)?(?:no+\b|nope|sorry|oops|whoops|wait|actually|"
        r"correction|i\s+mean(?:t)?|on\s+second\s+thought|my\s+mistake|wrong|scratch\s+that|"
        r"make\s+(?:it|that)|rather|hold\s+on|change\s+(?:it|that)\s+to|better\s+make)\b[\s,"
        r".!:…-]*"
    ),
    re.IGNORECASE,
)
_LEADS = re.compile(
    (
        r"^\s*(?:(?:no+|nope|sorry|oops|whoops|wait|actually|correction|on\s+second\s+thoughts?|"
        r"my\s+mistake|wrong|scratch\s+that|hold\s+on|rather|hmm+|oh)\b[\s,.!:…-]*|(?:i|we)\s+meant?\b(?:\s+to\s+say)?[\s,"
        r":]*|that\s+should\s+(?:be|have\s+been)\s+|it\s+should\s+(?:be|have\s+been)\s+(?=WHEN|"
        r"VENUE|NUM|MONEY))+"
    ),
    re.IGNORECASE,
)

_CONDITION = re.compile(
    r"^\W*(?:(?:and|but|so|only|just)\s+)*(?:if|when|whenever|unless|once|as\s+soon\s+as|in\s+case|provided|assuming)\b"
    r"(?!\s+(?:possible|you|so|needed|necessary|that'?s|ok)\b)(?=.*,)"
    r"|,\s*(?:but\s+|and\s+)?(?:only\s+)?(?:if|unless|provided|assuming|as\s+soon\s+as)\b"
    r"(?!\s+(?:possible|you|so|needed|necessary|that'?s|ok)\b)",
    re.IGNORECASE,
)

_ITEM = pattern(
    r"^MONEY\s*(?:x|×|\*)\s*NUM\b|^(?:another\s+|about\s+|around\s+)?NUM\s+(?:[\w'-]+\s+){0,3}?(?:<ticket>|(?:are\s+|"
    r"cost(?:ing)?\s+)?(?:at|for|@|à)?\s*MONEY)|^<ticket>\b.*MONEY|^MONEY\s+.*NUM\s+(?:[\w'-]+\s+){0,"
    r"3}<ticket>|"
    r"^(?:[\w&'.-]+\s+){0,4}?(?:[\w'-]+\s+)?<ticket>\b.*\bMONEY"
)
_SPONSOR_ITEM = pattern(
    r"^(?!WHEN)(?:QUOTE|[\w&'.-]+(?:\s+[\w&'.-]+){0,4}?)\s+(?:as|for|is|=|on|to\s+be|will\s+be|"
    r"at)?\s*(?:an?\s+|our\s+|the\s+|its\s+)?(?:<level>(?:\s+(?:level|sponsor|tier))?|"
    r"sponsor)\b|^(?:an?\s+|our\s+|the\s+)?<level>\s+sponsor\b|"
    r"^<level>\s*(?:for|:|=|at|goes\s+to|is)\s+\w+"
)

Understands = Callable[[Clause], bool]


def _sentences(masked: str) -> list[str]:
    pieces: list[str] = []
    for piece in _SENTENCE.split(masked):
        if pieces and (_ABBREVIATION.search(pieces[-1]) or not piece.strip()):
            pieces[-1] += " " + piece
        elif piece.strip():
            pieces.append(piece.strip())
    return pieces


def make_clause(masked: str, utterance: Utterance, *, question: bool = False, correction: bool = False) -> Clause:
    """A clause without the courtesies and correction words in front."""
    lead = _LEADS.match(masked)
    rest = masked[lead.end() :] if lead and lead.end() < len(masked) else masked
    asked = without_courtesy(rest.strip(" ,-–—:"))
    stripped = asked.strip().rstrip(" .!?,;:")
    polite = asked != rest.strip(" ,-–—:") and re.match(
        r"(?:can|could|would|will)\s+you|why\s+don'?t|how\s+about|do\s+you\s+mind|is\s+it\s+possible",
        rest.strip(" ,"),
        re.IGNORECASE,
    )
    return Clause(
        stripped,
        utterance,
        question=question and not polite,
        correction=correction or bool(lead),
        before=rest[: len(rest) - len(asked)],
    )


def split(utterance: Utterance, understands: Understands) -> list[Clause]:
    """The clauses of a message. A piece starts a clause of its own when it asks for something by itself or lists one more of the same."""
    clauses: list[Clause] = []
    corrects = bool(_CORRECTS.match(utterance.masked))
    for sentence in _sentences(utterance.masked):
        question = sentence.rstrip().endswith("?")
        conditional = _CONDITION.search(sentence) is not None
        for piece in _pieces(sentence, utterance, understands):
            clause = make_clause(piece, utterance, question=question, correction=corrects and not clauses)
            clause.conditional = conditional
            if clauses and clause.correction and understands(clause):
                _take_back(clauses)
            if clause.masked or clause.correction:
                clauses.append(clause)
    return clauses


def _take_back(clauses: list[Clause]) -> None:
    """`Forget the gala, I mean cancel the picnic`: what was corrected is as if never said."""
    for clause in clauses:
        for mention in clause.mentions(*TOKENS):
            mention.used = True
    clauses.clear()


def _pieces(sentence: str, utterance: Utterance, understands: Understands) -> list[str]:
    joints = list(_JOINT.finditer(sentence))
    if not joints:
        return [sentence]
    pieces: list[str] = []
    current, reached = "", 0
    for joint in [*joints, None]:
        part = sentence[reached : joint.start()] if joint else sentence[reached:]
        linked = sentence[reached - len(_between(joints, reached)) : reached] if reached else ""
        if current and (
            _takes_over(part, utterance, understands) or _stands_alone(part, current, utterance, understands)
        ):
            pieces.append(current)
            current = part
        else:
            current = f"{current}{linked}{part}" if current else part
        reached = joint.end() if joint else len(sentence)
    return [*pieces, current]


def _takes_over(part: str, utterance: Utterance, understands: Understands) -> bool:
    """`..., I mean cancel the picnic`: a correction that is a whole order."""
    clause = make_clause(part, utterance)
    return clause.correction and understands(clause) and not pattern(r"^make\s+(?:it|that)\b").search(clause.masked)


def _between(joints: list[re.Match[str]], reached: int) -> str:
    return next((m.group() for m in joints if m.end() == reached), "")


def _stands_alone(part: str, current: str, utterance: Utterance, understands: Understands) -> bool:
    """Whether a piece is a step of its own, given what stands before it in the sentence."""
    clause = make_clause(part, utterance)
    if not clause.masked:
        return False
    so_far = make_clause(current, utterance)
    begun = (
        understands(so_far)
        or bool(_ITEM.search(so_far.masked))
        or bool(_SPONSOR_ITEM.search(so_far.masked) and not _is_fragment(so_far.masked))
    )
    if not begun:
        return False
    if _ITEM.search(clause.masked) or (_SPONSOR_ITEM.search(clause.masked) and _holds_sponsor(so_far.masked)):
        return True
    return understands(clause) and not _only_continues(clause.masked)


def _holds_sponsor(masked: str) -> bool:
    """Whether what stands before is whole by itself, so that `... and Heineken as bronze` lists another."""
    return pattern(r"<level>|MONEY|<sponsor>|EVENT|<ticket>|WHEN").search(masked) is not None


def _is_fragment(masked: str) -> bool:
    return len(masked.split()) < 2


_CONTINUES = pattern(
    r"^(?:(?:at|on|in|for|to|from|with|of|by|because|since|as|due|until|till|which|who|"
    r"whose|where|so|if|per|each|every|VENUE|WHEN|MONEY|EVENT|LENGTH|starting|starts\s+at|ending|ends(?:\s+at)?|finishing|finishes|closing|doors|"
    r"called|named|capacity\s+(?:of\s+)?NUM|max(?:imum)?)\b(?!\s+(?:wants?|needs?|sponsors?|"
    r"is\s+off|should|must)))"
)


def _only_continues(masked: str) -> bool:
    """`at the Blue Room`, `because ...`: details of what stands before."""
    if pattern(r"^(?:EVENT|VENUE)\b.*\b(?:needs?|gets?|has|should|must|is|will|for|starts?)\b").search(masked):
        return False
    return _CONTINUES.search(masked) is not None and not pattern(
        r"^(?:with|for)\s+NUM\s+(?:\w+\s+){0,3}<ticket>"
    ).search(masked)


MAX_PARTS = 40
"""Places where a message may divide; every part is read with all before it, so their number bounds the time a message takes."""


def too_many_parts(text: str) -> bool:
    """Whether a message lists more than can be read in a moment."""
    return len(_JOINT.findall(text)) + len(_SENTENCE.findall(text)) > MAX_PARTS


def has_tokens(masked: str) -> bool:
    """Whether anything with a value is in a piece."""
    return TOKEN.search(masked) is not None
