"""The name of a new event in a clause; everything else about events is in `events`."""

from __future__ import annotations

import re

from embedded.planner.clauses import Clause
from embedded.planner.utterance import TOKEN
from embedded.planner.vocabulary import pattern
from embedded.planner.words import title_case

_STOP = (
    r"(?=\s*$|\s*[,;:(]|\s+[-–—]\s|\s*\b(?:WHEN|VENUE|MONEY|LENGTH|NUM|EMAIL)\b|\s+(?:on|"
    r"at|in|from|for|by|to|until|starting|around|into|onto|this|next|over|inside|during)\s+(?:(?:the|"
    r"our|a|an|about|around|some|on)\s+){0,2}(?:WHEN|VENUE|NUM|MONEY|LENGTH|(?-i:[A-Z]))"
    r"|\s+(?:in|into|on|onto|to)\s+(?:the\s+|our\s+|my\s+)?(?:calendar|agenda|diary|programme|schedule)\b|\s+(?:at|with|starting|starts|capacity|max|maximum|happening|taking\s+place|to\s+be\s+held|meets|meet|every|each|weekly|monthly|"
    r"which|that|where|please|kicking|beginning|begins|priced|featuring|as\s+well)\b|\s+(?:on|"
    r"in)\s+(?:the\s+)?(?:evening|morning|afternoon|night)\b|\s+(?:for|in)\s+(?:us|me|"
    r"there)\b|\s+there\b)"
)
_NAMED = (
    rf"\b(?:called|named|titled|entitled|by\s+the\s+name\s+of|with\s+the\s+(?:name|title)|"
    rf"(?:name|title)\s*(?:is|:)|name\s+it|call\s+it|call(?:ed)?\s+the)\s+(?P<t>QUOTE|.+?){_STOP}"
)
_VERB = (
    r"(?:creat(?:e|ing)|set(?:ting)?\s+up|organi[sz](?:e|ing)|plan(?:ning)?(?:\s+on)?|"
    r"schedul(?:e|ing)|host(?:ing)?|throw(?:ing)?|arrang(?:e|ing)|start(?:ing)?|launch(?:ing)?|"
    r"hold(?:ing)?|put(?:ting)?\s+on|stag(?:e|ing)|add(?:ing)?|mak(?:e|ing)|run(?:ning)?|"
    r"do(?:ing)?|hav(?:e|ing)|put\s+together|pencil\s+in|put(?:ting)?|want(?:ing)?|need(?:ing)?|"
    r"like|love|(?<!\w)there's\s+going\s+to\s+be|there's|there\s+is|there\s+will\s+be|there\s+are|"
    r"going\s+to\s+be|be|get|set|book(?!\s+(?:club|fair|launch|signing|market|swap|presentation|reading|talk|sale)\b)|new\s+(?:event|thing|one|date|show|gig):?|event:)"
)
_AFTER_VERB = (
    rf"\b{_VERB}\s+(?:up\s+|in\s+|me\s+|us\s+|myself\s+|ourselves\s+|down\s+|to\s+\w+\s+)*(?:(?:an?|"
    rf"the|our|another|one|(?-i:new)|brand\s+new|small|little|simple|quick|my|some|of\s+our)\s+)*(?:event(?:\s*:|"
    rf"\s+(?:for|with)\s+(?:an?\s+)?|\s+)|new\s+event\s*:?\s*)?\s*(?P<t>QUOTE|.+?){_STOP}"
)
_FIRST = rf"^(?:(?:new\s+event|event|new)\s*[:,–-]?\s*)?(?:(?:an?|the|our|another|(?-i:new))\s+)*(?P<t>.+?){_STOP}"
_LAST = (
    r"(?:WHEN|VENUE)\s*[,:–-]?\s*(?:(?:we|i)(?:'re|\s+are|'ll|\s+will)?\s+)?(?:\w+ing\s+)?(?:(?:an?|"
    r"the|our|new|another)\s+)*(?P<t>[\w'& -]+?)(?=\s*$|\s*[,.;]|\s+(?:at|in|on|with|for)\s)"
)

_NOT_TITLE = pattern(
    r"\b(?:<ticket>|<sponsor>|sponsors?|venues?|orders?|bookings?|reservations?|refunds?|"
    r"reports?|overview|payments?|proposals?|types?|look|chat|question|list|idea|changes?|"
    r"description|price|prices|discount|invoice|"
    r"guests?|people|sure|problem|moment|minute|favou?r|capacity|revenue|money|something|"
    r"anything|everything|nothing|poem|joke|song|recipe|essay|story|code|email|letter|"
    r"website|newsletter|photo|picture|password|account|weather|pizza|cake|"
    r"hotel|flight|taxi|table|phone|call|reminder|alarm|time|date|days?|it|them|that|this|"
    r"some|an|me|us|you|i|we|they|he|she|is|are|was|do|does|did|not|don't|can|could|would|"
    r"should|order|sell|cancel|refund|move|find|what|when|where|who|how|why|which|there|"
    r"tell|give)\b"
)
_LEADING = re.compile(
    (
        r"^(?:(?:an?|the|our|another|(?-i:new)|event|show|small|little|simple|also|please|"
        r"up|for|of|have|do|be|to|on|at|in|called|named)\s+)+"
    ),
    re.IGNORECASE,
)


def event_title(clause: Clause) -> str | None:
    """The title of the event to be made, in title case; None when the clause has none."""
    named = clause.search(_NAMED)
    quotes = clause.mentions("QUOTE")
    if named is None and quotes:
        quotes[0].used = True
        return str(quotes[0].value)
    for cue in (_NAMED, _AFTER_VERB, _FIRST, _LAST):
        match = clause.search(cue)
        title = _shaped(clause, match["t"]) if match else None
        if title and (cue in (_NAMED,) or looks_like_title(title)):
            return title
    return None


def _shaped(clause: Clause, said: str) -> str | None:
    quote = re.fullmatch(r"QUOTE_\d+", said.strip())
    if quote:
        return str(clause.at(quote.group()).value)
    if TOKEN.match(said.strip(" ,.:;'\"")) and not said.strip().startswith("EVENT"):
        return None
    words = _LEADING.sub("", said.strip(" ,.:;-–!?'\""))
    words = (
        re.sub(r"\s+(?:event|going|on|at|in|for|please|there|will\s+be|is|would\s+be)$", "", words, flags=re.IGNORECASE)
        if len(words.split()) > 1
        else words
    )
    return title_case(clause.shown(words)) if words and not words.isdigit() else None


def looks_like_title(title: str | None) -> bool:
    """Whether these words can name an event; words of the other parts of the trade and of plain talk cannot."""
    return (
        bool(title)
        and len(str(title).split()) <= 8
        and not _NOT_TITLE.search(str(title))
        and str(title).lower() not in ("event", "show", "new", "a", "the")
    )
