"""What keeps a clause from writing although it names an operation: a no, an if, a question, a tale of what was done."""

from __future__ import annotations

from embedded.planner.clauses import Clause
from embedded.planner.utterance import TOKEN

_VERB = (
    r"(?:cancel|refund|move|reschedul|postpon|sell|book|add|creat|delet|remov|publish|"
    r"renam|chang|set|mak|schedul|send|record|drop|scrap|call|put|touch|do|pay|reimburs|"
    r"organi|plan|start|announce|go|give|issue|raise|lower|increase|update|reserve|hire)\w*"
)
_NEGATED = (
    (
        rf"\b(?:don't|do\s+not|never|no\s+need\s+to|needn't|need\s+not|shouldn't|should\s+not|"
        rf"mustn't|must\s+not|not\s+going\s+to|not\s+want\s+(?:you\s+)?to|don't\s+want\s+(?:you\s+)?to|"
        rf"rather\s+not|stop|refrain\s+from|avoid|without|not\s+to|won't)\s+(?:\w+\s+){{0,2}}?{_VERB}\b"
    ),
    r"\bnot\s+yet\b|\bnever\s+mind\b",
    r"\b(?:under\s+no\s+circumstances|by\s+no\s+means|on\s+no\s+account|in\s+no\s+case|no\s+way|whatever\s+you\s+do)\b",
)
_NEGATION_IS_MEANT = (
    r"\bdon't\s+need\s+(?:the\s+)?VENUE",
    r"\bwon't\s+(?:happen|go\s+ahead|take\s+place|be\s+(?:able|happening|going|coming|sponsoring)|sponsor)",
    r"\bnot\s+(?:happening|going\s+ahead|taking\s+place)",
    r"\bdoesn't\b",
    r"\bnot\s+going\s+to\s+(?:happen|go\s+ahead|take\s+place)",
    r"\bdo\s+not\s+need\s+(?:the\s+)?VENUE",
    r"\bstop\s+selling\b",
    r"\bwithout\s+(?:reason|delay|notice)",
)
_HYPOTHETICAL = (
    r"\bwhat\s+(?:would|will|if|happens)\b",
    r"^if\b(?!\s+(?:possible|you\s+can))",
    (
        r"\bif\s+(?:we|i|it|the|they|he|she|nobody|no\s+one|there|anyone|EVENT|VENUE|that\s+(?:is|"
        r"doesn't|fails)|more|less|fewer|sales|not)\b"
    ),
    r"\bunless\b",
    r"\bonly\s+(?:if|when|once)\b",
    r"\bonce\s+(?:we|i|it|the|they)\b",
    r"\b(?:should|shall)\s+(?:i|we)\b",
    r"\bmaybe\b|\bperhaps\b|\bmight\b",
    (
        r"\bthinking\s+(?:about|of)\b|\bthought\s+about\b|\bconsidering\b|\bwondering\s+(?:about|"
        r"if\s+(?:we|i))\b"
    ),
    r"\bnot\s+sure\b|\bundecided\b|\bidea\s+to\b",
    (
        r"\bwhat\s+do\s+you\s+think\b|\bwould\s+it\s+make\s+sense\b|\bis\s+it\s+(?:ok|okay|"
        r"smart|wise|a\s+good\s+idea)\b"
    ),
    r"\b(?:ask(?:s|ed|ing)?|wonder(?:s|ed|ing)?|wants?\s+to\s+know|would\s+like\s+to\s+know|enquir\w+|inquir\w+)\s+(?:\w+\s+){0,3}?(?:whether|if|about|how|what|when)\b",
    r"\b(?:says?|said|claims?|claimed|heard|read|rumou?r\w*)\s+(?:that\s+)?(?:we|i|it|they|the|you|EVENT)\b",
    r"\b(?:could|would)\s+have\b(?=\s+\w+ed\b)|\bshould\s+have\s+(?:been\s+)?(?:cancel|refund|move|s[eo]ld)",
    r"\bsuppose\b|\bimagine\b|\bhypothetical",
    r"\bin\s+case\b",
    r"\bwhen\s+(?:the|we|i|they)\b.*,",
)
_DONE = (
    (
        r"^(?:i|we|he|she|they|anna|bob|my\s+\w+|the\s+\w+)\s+(?:have\s+|has\s+|'ve\s+|had\s+)?(?:already\s+|"
        r"just\s+|yesterday\s+)?(?:cancel(?:l?)ed|refunded|moved|booked|created|published|"
        r"renamed|deleted|removed|changed|rescheduled|postponed)\b"
    ),
    r"\balready\s+(?:cancel(?:l?)ed|refunded|moved|sold|booked|paid\s+back|created|published|sent|done)\b",
    (
        r"\b(?:was|were|had\s+been)\s+(?:already\s+)?(?:cancel(?:l?)ed|refunded|moved|sold|"
        r"booked|created|published)\b"
    ),
)
_ASKED = (
    r"^(?:what|when|where|who|whom|whose|which|why|how|is|are|was|were|do\s+(?:we|i|you|they)|does|did|"
    r"has|had|am|have\s+(?:we|i|you|they)|haven't|isn't|aren't|hasn't)\b"
)


def _any(clause: Clause, cues: tuple[str, ...]) -> bool:
    return any(clause.has(cue) for cue in cues)


def _negated(clause: Clause) -> bool:
    return _any(clause, _NEGATED) and not _any(clause, _NEGATION_IS_MEANT)


def may_write(clause: Clause, *, confirmed: bool) -> bool:
    """Whether the clause is an order to act; `confirmed` lets what was asked about (`Should we cancel it?`) through."""
    if _negated(clause) or _any(clause, _DONE):
        return False
    if confirmed:
        return True
    return (
        not clause.conditional and not _any(clause, _HYPOTHETICAL) and not clause.has(_ASKED) and not _wonders(clause)
    )


def _wonders(clause: Clause) -> bool:
    """`maybe we should ...`: the doubt stands in front of the courtesy."""
    return Clause(clause.before, clause.utterance).has(
        r"\b(?:maybe|perhaps|if\s+we|should\s+i|should\s+we|do\s+you\s+think)\b"
    )


def why_not(clause: Clause, operation: str) -> str:
    """What to say instead of acting."""
    if _negated(clause):
        return "Fine: nothing has been changed."
    if _any(clause, _DONE):
        return "I have not done anything for that. Tell me if I should."
    said = TOKEN.sub(lambda m: clause.utterance.mentions[int(m.group(2))].text, clause.masked)
    return (
        f"I have not done anything yet: “{said[:120]}” does not sound like a decision. Shall "
        f"I {operation.replace('_', ' ')}?"
    )
