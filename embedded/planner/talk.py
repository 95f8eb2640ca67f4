"""Plain talk: greetings, thanks, questions about the assistant, and what is no business of this one."""

from __future__ import annotations

import re

WHO = "I am Greenroom's offline rules planner: fixed rules, no language model."
ABLE = (
    "I can create, move, rename, publish and cancel events, find and book venues, set "
    "up ticket types, sell and refund tickets, "
    "record payments, make promo codes and vouchers, hold tickets, run the waiting list, keep sponsors, and report and export sales."
)
HELP = (
    f"{WHO} {ABLE} For example: “Create a jazz night on 12 December 7pm at the Blue Room,"
    f" 150 tickets at 25 euros.” Nothing is written before you approve it."
)
LOST = f"I did not understand what to do with that. {WHO} {ABLE}"
OFF_TOPIC = f"That is outside what I can do here. {WHO} {ABLE}"
TOO_LONG = "That is more than I can read at once. Please say it in a few sentences."

_F = re.IGNORECASE
_THANKS = re.compile(
    (
        r"^\W*(?:(?:ok(?:ay)?|great|perfect|super|nice|cool|awesome|brilliant|lovely|excellent|"
        r"wonderful|good|fine|cheers|thanks?|thank\s+you|thx|ty|much\s+appreciated|appreciate\s+it|"
        r"got\s+it|good\s+job|well\s+done|that'?s|that\s+is|it'?s|looks?|all|so|very|much|"
        r"a\s+lot|for\s+(?:that|your\s+help|the\s+help|everything|now)|great|good|it|you|are|"
        r"the\s+best|nothing\s+else|bye|goodbye|see\s+you|later|have\s+a\s+nice\s+day|many|"
        r"amazing|job|exactly|what\s+i\s+needed|i\s+need(?:ed)?|then|sounds|nice\s+work|no\s+more|"
        r"all\s+good|again|bunch|a)\b\W*)+$"
    ),
    _F,
)
_GREETING = re.compile(
    (
        r"^\W*(?:hi|hello|hey|hallo|hoi|good\s+(?:morning|afternoon|evening)|howdy|yo|greetings)(?:\s+(?:there|"
        r"greenroom|team|everyone|again|you|copilot))*\W*(?:how\s+are\s+you(?:\s+\w+)?\W*)?$"
    ),
    _F,
)
_WHO = re.compile(
    (
        r"\b(?:who|what)\s+(?:are|r)\s+you\b|\bare\s+you\s+(?:an?\s+)?(?:ai|bot|robot|human|"
        r"real|chatgpt|gpt|claude|person|llm|language\s+model|machine)|\bwhat\s+(?:model|ai|"
        r"llm)\b|\byour\s+name\b|\bwhich\s+(?:model|llm|ai)\b"
    ),
    _F,
)
_HELP = re.compile(
    (
        r"^\W*(?:please\s+)?(?:help|help\s+me|help\s+please|\?|what\s+can\s+(?:you|i)\s+(?:do|"
        r"ask|say)(?:\s+(?:for\s+me|here|with\s+this))?|what\s+do\s+you\s+do|how\s+does\s+this\s+work|"
        r"how\s+do\s+i\s+(?:start|use\s+(?:this|you))|commands|options|menu|what\s+are\s+you\s+able\s+to\s+do|"
        r"show\s+me\s+what\s+you\s+can\s+do|i\s+need\s+help|can\s+you\s+help(?:\s+me)?)\W*$|"
        r"^\W*how\s+(?:do|can|should|would)\s+(?:i|we|you|one)\b"
    ),
    _F,
)
YES = re.compile(
    (
        r"^\W*(?:yes|yeah|yep|yup|ja|sure|ok(?:ay)?|do\s+it|go\s+ahead|go\s+for\s+it|please\s+do|"
        r"confirm(?:ed)?|approve(?:d)?|correct|right|absolutely|of\s+course|exactly|that'?s\s+right|"
        r"sounds\s+good|make\s+it\s+so|y|fine|proceed|please|looks\s+good|perfect|that's\s+correct)(?:\W+(?:please|"
        r"do\s+it|go\s+ahead|that'?s\s+(?:right|it|correct)|thanks|do|of\s+course|it|is|cancel\s+it|"
        r"refund\s+it|apply\s+it|approve\s+it|book\s+it))*\W*$"
    ),
    _F,
)
NO = re.compile(
    (
        r"^\W*(?:no|nope|nah|nee|never\s*mind|forget\s+(?:it|that|about\s+it)|cancel\s+that|"
        r"stop|leave\s+it|don'?t|do\s+not|not\s+now|no\s+thanks|no\s+thank\s+you|drop\s+it|"
        r"abort|skip\s+it|reject(?:\s+(?:it|that))?|discard(?:\s+(?:it|that))?|scrap\s+that|"
        r"wait|hold\s+on|don'?t\s+do\s+(?:it|that)|not\s+yet)(?:\W+(?:thanks|please|thank\s+you|"
        r"never\s*mind|forget\s+it|leave\s+it|don'?t|it|that|actually|do\s+it|do\s+that|not\s+now|"
        r"stop|then))*\W*$"
    ),
    _F,
)


AWAY = re.compile(
    r"^\W*(?:please\s+)?(?:remove|delete|drop|scrap|cancel|undo|discard|take\s+back|revert|reject)\s+(?:that|it|this|them|those|everything|all(?:\s+of\s+(?:it|that))?|the\s+proposal|the\s+plan)\W*$",
    _F,
)
"""Said while a proposal waits, it is the proposal that should go, not the thing it is about."""


def small_talk(text: str) -> str | None:
    """An answer to plain talk, or None when the message asks for something."""
    if _WHO.search(text) and len(text) < 160:
        return f"{WHO} {ABLE}"
    if _HELP.search(text):
        return HELP
    if _GREETING.match(text):
        return f"Hello. {WHO} What shall we do?"
    if _THANKS.match(text):
        return "You are welcome."
    return None
