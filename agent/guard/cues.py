"""The words that show what somebody wants: verbs of the operations, topics of a clause, questions, denials. No decisions."""

from __future__ import annotations

import re

_F = re.IGNORECASE


def cue(pattern: str) -> re.Pattern[str]:
    """A pattern of whole words, either case; a blank stands for any white space."""
    spaced = pattern.replace(" ", r"\s+")
    return re.compile(rf"(?<!\w)(?:{spaced})(?!\w)", _F)


REQUEST_VERBS = (
    r"add|append|announce|assign|book|bring|buy|call|cancel|change|charge|check|close|create|cut|decrease|"
    r"delete|draft|drop|edit|extend|find|give|hire|"
    r"hold|host|increase|invite|issue|launch|let|list|look|lower|make|mark|move|note|offer|open|organi[sz]e|"
    r"pay|plan|postpone|prepare|publish|push|put|raise|"
    r"record|reduce|refund|register|release|remove|rename|rent|report|reschedule|reserve|schedule|search|sell|"
    r"send|set|shift|show|sign|start|store|switch|take|"
    r"tell|undo|unpublish|update|upgrade|write"
)
CANCEL = (
    r"cancel\w*|call(?:ed|ing)? (?:(?:it|this|that|the \w+(?: \w+)?) )?off|scrap\w*|axe[ds]?|abandon\w*|"
    r"pull the plug|bin|"
    r"drop(?:ped)?|kill|(?:is|are) (?:off|dead)|(?:is|are) not happening|not (?:going ahead|happening|taking place)|"
    r"(?:isn't|aren't|won't|will not|can't|cannot)(?: be)? (?:going ahead|happen(?:ing)?|taking place|go ahead|take place)|"
    r"no longer (?:on|happening)|"
    r"fall(?:s|en)? through"
)
DELETE = (
    r"delet\w*|remov\w*|eras\w*|get rid of|throw away|discard\w*|bin|scrap\w*|drop\w*|clear out|"
    r"take (?:\w+ ){0,4}(?:off|down|out)"
)
ENDED = (
    r"pull(?:ed|s|ing)? out|withdr[ae]w\w*|back(?:ed|s)? out|no longer|not (?:a )?sponsor\w*|kick\w*|los[et]|"
    r"bail(?:ed)?|"
    r"(?:is|are|dropped) out|quit\w*|end\w*"
)

DESTRUCTIVE: dict[str, re.Pattern[str]] = {
    "cancel_event": cue(CANCEL),
    "delete_event": cue(r"delet\w*|remov\w*|eras\w*|get rid of|throw away|discard\w*"),
    "publish_event": cue(
        r"publish\w*|go(?:es|ing)? (?:live|public)|announc\w*|make (?:\w+ ){1,4}(?:public|live|visible)|"
        r"on sale|open (?:\w+ ){0,3}sales|"
        r"launch\w*|put (?:\w+ ){1,4}(?:online|live)|(?:is|are|take (?:\w+ ){1,3}) live|list (?:it|the event) publicly"
    ),
    "refund_order": cue(
        r"refund\w*|reimburs\w*|money back|(?:pay|give|send|return)\w* (?:\w+ ){0,4}back|return (?:the |"
        r"their |his |her )?money|"
        r"cancel\w* (?:the |that |this |his |her |their )?order"
    ),
    "delete_venue": cue(DELETE),
    "delete_ticket_type": cue(DELETE + r"|cancel\w*|stop selling|no more"),
    "remove_sponsor": cue(DELETE + "|" + ENDED + r"|cancel\w*"),
    "cancel_booking": cue(
        r"cancel\w*|releas\w*|unbook\w*|free (?:\w+ ){0,3}up|free up|drop\w*|give up|let (?:\w+ ){1,3}go|"
        r"remov\w*|delet\w*|"
        r"call(?:ed)? off|don't need|do not need|no longer need\w*"
    ),
}
"""Operations that cannot be taken for granted: a word of that meaning must have been said, and not been negated."""

ASKED_FOR: dict[str, re.Pattern[str]] = {
    "sell_tickets": cue(
        r"sell\w*|sold|sale to|buy\w*|bought|purchas\w*|order\w*|wants?|would like|takes?|took|gets?|got|"
        r"gives?|needs?|reserv\w*|"
        r"hands?|put|sign(?:ed)? up|issue|send|assign\w*|book"
    ),
    "record_payment": cue(
        r"pa(?:y|ys|id|ying)|payments?|receiv\w*|settl\w*|transferr?\w*|came in|cash|card|mark\w*|register\w*"
    ),
    "create_venue": cue(r"add\w*|creat\w*|new|regist\w*|set up|make|enter|record|save|put"),
    "create_event": cue(
        r"creat\w*|organi[sz]\w*|plan\w*|set(?:ting)? up|sched\w*|host\w*|make|making|new|add\w*|put|"
        r"launch\w*|hold\w*|hav(?:e|ing)|throw\w*|"
        r"events?|start\w*|run\w*|do|doing|prepar\w*|arrang\w*|let's|book\w*|there(?:'s| is| will)|want\w*|"
        r"need\w*|get|stag\w*|open\w*|com\w*"
    ),
}
"""Softer cues: without any of them in the thread the call answers something nobody said."""

CREATES = cue(
    r"creat\w*|organi[sz]\w*|set(?:ting)? up|sched\w*|host\w*|throw\w*|plan\w*|new|arrang\w*|called|named|stag\w*"
)
"""Verbs of making an event."""

REQUESTS: dict[str, re.Pattern[str]] = {
    "create_event": cue(
        r"(?:creat\w*|organi[sz]\w*|set up|sched\w*|plan|host|make|arrange|put on) (?:an?|another|one|new|the new)"
    ),
    "create_ticket_type": cue(
        r"(?:add|creat\w*|set up|put|make|offer|releas\w*|issue|open) (?:(?!to |"
        r"for )[\w€$£.,'-]+ ){0,6}(?:tickets?|passes|pass|seats)"
    ),
    "add_sponsor": cue(r"(?:add|put|sign|get|book|note|enter) (?:[\w€$£.,&'-]+ ){0,8}sponsors?"),
    "sell_tickets": cue(r"sell|book (?:\w+ ){1,4}tickets?"),
    "refund_order": cue(r"refund"),
    "update_event": cue(REQUEST_VERBS),
    "update_venue": cue(REQUEST_VERBS),
}
"""A whole new request of that kind: what earlier turns said about another one does not carry over."""

NOT_FRESH = re.compile(
    r"^\W*(?:yes|yeah|yep|ok|okay|sure|go ahead|do it|no|nope|sorry|actually|please do|right|correct|fine|"
    r"make (?:it|that))\b|"
    r"\b(?:it|its|them|they|their|that|those|these|same|again|also for|the (?:events?|tickets|rest|others?)|"
    r"as (?:i said|discussed|before)|"
    r"he|she|him|her|his)\b",
    _F,
)

BACKS_OUT = re.compile(
    r"^\W*(?:no|nope|nah|no thanks?|no thank you|never ?mind|forget (?:it|that)|stop|leave (?:it|"
    r"that)(?: as it is| alone)?|not now|"
    r"don'?t|do not|don'?t do (?:it|that)|do not do (?:it|that)|cancel that|rather not|not yet|wait|hold on|nothing|"
    r"let'?s not|i changed my mind)"
    r"(?:\W+(?:please|thanks?|thank you|after all|no|then|for now|stop))*\W*$",
    _F,
)
COURTESY = re.compile(
    r"^\W*(?:(?:thanks?|thank you|thx|cheers|bye|goodbye|hi|hello|hey|so|very|much|a lot|that'?s|that|is|was|"
    r"great|good|morning|evening|night|"
    r"nice|awesome|wonderful|lovely|you'?re|are|the best|well done|bedankt|dank je|dankjewel)\W*)+$",
    _F,
)
"""Nothing but manners. `great` alone is no order either."""

POLITE = cue(
    r"(?:can|could|would|will|might|may) (?:you|we|i)(?! (?:recommend|advise|suggest|say|think|expect|tell))|"
    r"please|kindly|pls|is it possible to|"
    r"would it be possible to|would you mind|do you mind|shall we|why don'?t (?:you|we)|how about|i(?:'d|"
    r" would) like|i want|we want|let'?s|go ahead"
)
"""A request dressed as a question."""

PURE_QUESTION = re.compile(
    r"^\W*(?:(?:and|so|but|ok|okay|hey|hi|hmm|well|also|out of curiosity|just wondering|wait)\b\W*)*"
    r"(?:what\b|what's\b|why\b|who\b|whose\b|when\b|where\b|which\b|how\b(?! about)|do\s+(?:you|we|i|they)\b|"
    r"does\b|did\b|is\b(?!\s+it\s+possible)|are\b|was\b|were\b|"
    r"has\b|have\s+(?:we|you|i|they)\b|should\b|would\s+(?:it\b(?!\s+be\s+possible)|that|there|the\b|"
    r"you\s+(?:recommend|advise|suggest|say|think))|"
    r"could\s+(?:it|that|the)\b|will\s+(?:it|the|there|that)\b|am\s+i\b|"
    r"tell\s+me\s+(?:what|how|whether|if|about|why|when|where|who)\b|explain\b|i\s+(?:wonder|am\s+wondering|"
    r"'m\s+wondering)\b|"
    r"wat\b|waarom\b|wie\b|wanneer\b|waar\b|welke\b|hoe\b|hoeveel\b)",
    _F,
)
SUPPOSES = cue(
    r"what (?:would|will|does|could|might)? ?happen\w* (?:if|when)|what if|do you think|should (?:i|we)|"
    r"if (?:i|we) (?:were to|would|cancelled|did)|"
    r"would you (?:recommend|advise|suggest)|is it (?:a good|wise|smart|better)|thinking (?:of|about)|"
    r"not sure (?:if|whether|about)|"
    r"wondering (?:if|whether) (?:i|we) should|hypothetically|suppose"
)

NEGATION = re.compile(
    r"(?:\bdon'?t|\bdo\s+not|\bdoes\s+not|\bdoesn'?t|\bnever|\bnot|\bwithout|\binstead\s+of|\brather\s+than|"
    r"\bno\s+need\s+to|\bno\s+reason\s+to|"
    r"\bavoid|\brefuse\s+to|\bstop|\bshouldn'?t|\bshould\s+not|\bmustn'?t|\bmust\s+not|\bcan'?t|\bcannot|"
    r"\bwon'?t|\bniet|\bgeen)"
    r"(?:\s+(?:to|yet|be|even|ever|you|dare|want|have|go|and|the|please|just|actually|him|her|them|it|need|"
    r"going|wish|like|we|i)){0,5}\s*$",
    _F,
)
"""What in front of a verb turns it round."""

TOLD = re.compile(
    r"(?:\b(?:already|has|have|had|having)|'ve|'s|\b(?:i|we|they|he|she|who|which|was|were|"
    r"got))(?:\s+(?:already|just|been|all|now|also|recently))*\s*$",
    _F,
)
"""In front of a verb in the past: somebody tells what happened. `was cancelled` is news, no order."""
PAST = re.compile(r"\w+(?:(?<!ne)ed|ought|old|aid)$", _F)
CONDITION = re.compile(
    r"\b(?:if|unless|in\s+case|when|whenever|once|as\s+soon\s+as)\b(?!\s+(?:possible|you|so|needed|necessary|"
    r"that'?s|ok))",
    _F,
)
"""What happens only then is not to be done now."""

HELD_OBJECTS = re.compile(
    r"^\W*(?:the|that|this|our|my|his|her|their|a|an|all|any|of)?\s*(?:[\w'’-]+\s+){0,3}?(bookings?|"
    r"reservations?|orders?|sponsor(?:s|ship)?s?|tickets?|passes|payments?|"
    r"deals?|rooms?|venues?|subscriptions?|meetings?\b(?=\s+with))\b",
    _F,
)
"""What a verb of ending may be about instead of the event itself."""

PLACE_WORDS = cue(r"bookings?|reservations?|venues?|rooms?|halls?|spaces?|slots?|locations?|place|stage")
TICKET_WORDS = cue(r"tickets?|pass(?:es)?|types?|tiers?|seats?|kaartjes|kaarten|entr(?:y|ance)|admission")
SPONSOR_WORDS = cue(r"sponsor\w*|partners?|deals?|out|from|as")

LEVELS = frozenset(
    [
        "gold",
        "silver",
        "bronze",
        "platinum",
        "diamond",
        "title",
        "main",
        "headline",
        "lead",
        "principal",
        "presenting",
        "media",
        "community",
        "supporting",
        "premium",
        "basic",
        "copper",
    ]
)
_LEVEL = "|".join(sorted(LEVELS - {"main", "title", "lead", "media", "community", "basic"}))

TOPICS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("refund", cue(r"refund\w*|reimburs\w*|money back|pay \w+ back")),
    ("sponsor", cue(rf"sponsor\w*|partners?|(?:{_LEVEL})(?!-?\s*(?:\w+ )?(?:tickets?|pass(?:es)?|circle|seats?))")),
    ("payment", cue(r"paid|pays?|payments?|settle[ds]?|deposit|transferred")),
    (
        "sale",
        cue(
            r"sell|sells|selling|buys?|bought|purchas\w*|(?:gets?|wants?|takes?|needs?) (?=\d|one|two|three|"
            r"four|five|six|a )"
        ),
    ),
    (
        "ticket",
        cue(
            r"tickets?|pass(?:es)?|entrance|entry|admission|early[ -]birds?|vips?|seats?|kaartjes|kaarten|"
            r"each|apiece|a head|per person|"
            r"students?|regulars?|adults?|child(?:ren)?|seniors?|members?"
        ),
    ),
    (
        "people",
        cue(
            r"people|persons?|guests?|capacity|attendees|pax|visitors|heads|folks|fits|holds|room for|"
            r"personen|mensen|gasten|plekken"
        ),
    ),
)
"""What a clause is about, strongest first: its numbers and sums belong to that."""

PEOPLE_NEXT = re.compile(
    r"\s*(?:[^\W\d_]+\s+){0,1}?(?:people|persons?|guests?|attendees|pax|visitors|heads|folks|personen|mensen|"
    r"gasten|capacity)\b",
    _F,
)
PEOPLE_BEFORE = re.compile(
    r"\b(?:capacity|holds?|fits?|room\s+for|up\s+to|max(?:imum)?|at\s+most)(?:\s+(?:of|is|to|at|for|"
    r"should\s+be|the|[\w'’]+(?:\s+[\w'’]+){0,3}\s+to)){0,3}[\s:=]*$",
    _F,
)
OTHERS_NEXT = re.compile(
    r"\s+(?:(?:new|more|other|different|separate|ticket)\s+)?(?:sponsors?|sponsorships?|types?|kinds?|events?|"
    r"venues?|options?|orders?|days?|times|shows?|things|steps|"
    r"evenings?|nights?)\b",
    _F,
)
"""What a number may count that no argument takes."""
SEARCH = cue(r"find|search\w*|look(?:ing)? for|which venues?|any venues?|venues? for|room for|zoek|where can")
TICKETS_NEXT = re.compile(
    r"\s*(?:(?!and\b|to\b|for\b|at\b|people\b|guests\b)[^\W\d_][\w'-]*\s+){0,3}?(?:tickets?|pass(?:es)?|"
    r"kaartjes|kaarten)\b",
    _F,
)

TAKEN_BACK = re.compile(
    r"^(?:[\s,.\-–—…(]*|\s+[\w€$£' ]{1,20}?[\s,.\-–—…(]+)(?:no|nope|wait|sorry|actually|i\s+mean|i\s+meant|"
    r"or\s+rather|rather|make\s+(?:it|that)|correction|scratch\s+that|"
    r"oops|erm|better|nee|of\s+nee|sorry)\b[^.;!?\d]{0,25}$",
    _F,
)
"""Between two values: the first was a slip."""
NOT_THIS = re.compile(
    r"(?:\bnot|\binstead\s+of|\brather\s+than|\bno\s+longer|\bniet)\s+(?:at\s+|for\s+|on\s+|in\s+|the\s+|a\s+|"
    r"de\s+|het\s+|op\s+)*$",
    _F,
)

POINTS = cue(
    r"it|its|this|that|them|these|those|the event|this event|that event|the show|the party|the same|again|"
    r"the draft|the one|this one|that one|there|hij|dat|dit"
)
"""Words that point at what was talked about."""
_RANKS = r"first|second|third|fourth|cheapest|cheaper|biggest|bigger|largest|larger|smallest|smaller"
PICKS = cue(
    rf"(?:{_RANKS}|last|other|top|latter|former|next) (?:one|venue|option|result|event|place|hall|room|choice)|"
    rf"the (?:{_RANKS}|last|latter|former)(?=\s*(?:$|[,.!?]|for\b|please\b|and\b))|(?:option|number|nr|no) \d|"
    rf"that one|this one|that venue|this venue|that place|"
    r"de eerste|de tweede|de laatste"
)
"""Words that pick from a list our own tools showed."""
ALL_OF_THEM = cue(
    r"(?:all|every|both|each)(?: of)?(?: the| my| our| these| those)?(?: \w+)? (?:events?|drafts?|ones?|"
    r"of them)|all of them|both of them"
)

METHODS: dict[str, re.Pattern[str]] = {
    "cash": cue(r"cash|contant"),
    "card": cue(r"card|credit card|debit card|pin|visa|mastercard|debit|pinned|terminal"),
    "transfer": cue(r"transferr?\w*|wire[ds]?|bank|ideal|sepa|overgemaakt|overschrijving"),
    "invoice": cue(r"invoice[ds]?|on account|factuur|bill(?:ed)?"),
}
STATUSES: dict[str, re.Pattern[str]] = {
    "enquiry": cue(r"enquir\w*|inquir\w*|interested|asked"),
    "agreed": cue(r"agree[ds]?|confirm\w*|sign(?:ed|s)?|said yes|accept\w*|on board|committed"),
    "invoiced": cue(r"invoice[ds]?|billed|bill"),
    "paid": cue(r"paid|pays|payment|transferred|settled"),
    "declined": cue(r"declin\w*|refus\w*|said no|reject\w*|pull\w* out|withdr\w*|back\w* out|not interested"),
}

ONE_TICKET = cue(r"[\w-]+'s ticket|(?:one|his|her|their|only the|just the)(?: [\w-]+)? ticket")
PARTLY = cue(r"half|partial\w*|partly|part of|some of|a part|a bit|percent|third")

BREAK = re.compile(
    rf"[.;!?\n]+(?=\s|$)|,?\s+(?:and|then|also|but|plus)\s+(?:(?:then|also|please|now|"
    rf"afterwards)\s+)*(?=(?:{REQUEST_VERBS})\b)|,\s+(?:please\s+)?(?=(?:{REQUEST_VERBS})\b)",
    _F,
)
"""Between two things asked for."""
PIECE = re.compile(r"(?P<stop>[.!?\n]+(?=\s|$))|,\s+|;\s*|:\s+|\s+(?:and|plus|then|en|but|also|&|\+)\s+", _F)
"""Between two pieces of one thing asked for."""
REQUEST = re.compile(rf"\b(?:{REQUEST_VERBS})\b", _F)
