"""The trade's words as pattern fragments, shared by every intent; no decisions here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_CUES = files("embedded.planner") / "cues"


def _lines(name: str) -> list[str]:
    """The lines of a cue file, without its comments."""
    text = (_CUES / f"{name}.cues").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def word_list(name: str) -> frozenset[str]:
    """The words of a list in `cues/words.cues`."""
    return frozenset(word for line in _lines("words") if line.startswith(f"{name} ") for word in line.split()[1:])


FRAGMENTS = dict(line.split(" ", 1) for line in _lines("fragments"))
"""Name -> pattern; `<ticket>` in a cue stands for the fragment of that name."""


@dataclass(frozen=True, slots=True)
class Cues:
    """What speaks for an operation, with its weight, and what rules it out."""

    weighed: tuple[tuple[str, int], ...]
    blocked_by: tuple[str, ...]


def read_cues(name: str) -> dict[str, Cues]:
    """The cues of `cues/<name>.cues`, by operation, in the file's order."""
    found: dict[str, tuple[list[tuple[str, int]], list[str]]] = {}
    operation = ""
    for line in _lines(name):
        if line.startswith("["):
            operation = line.strip("[]")
            found[operation] = ([], [])
            continue
        weight, pattern_ = line.split(" ", 1)
        if weight == "not":
            found[operation][1].append(pattern_)
        else:
            found[operation][0].append((pattern_, int(weight)))
    return {name: Cues(tuple(weighed), tuple(blocked)) for name, (weighed, blocked) in found.items()}


TOKENS = ("EVENT", "VENUE", "WHEN", "MONEY", "NUM", "ORDER", "EMAIL", "QUOTE", "LENGTH", "PERCENT")
_FRAGMENT = re.compile(rf"(?<!\?P)<({'|'.join(FRAGMENTS)})>")
_TOKEN = re.compile(rf"(?:(?<=\\b)|(?<![A-Za-z_]))({'|'.join(TOKENS)})(?![A-Za-z_])")


@lru_cache(maxsize=1024)
def pattern(source: str) -> re.Pattern[str]:
    """A cue: `<ticket>` stands for a fragment, `NUM` for any masked number; case does not matter."""
    while _FRAGMENT.search(source):
        source = _FRAGMENT.sub(lambda m: FRAGMENTS[m.group(1)], source)
    source = source.replace("(?-i:[A-Z", r"(?![a-z]+_\d)(?-i:[A-Z")  # the capitals of a masked mention are no name
    source = _TOKEN.sub(r"(?:\1_\\d+)", source)
    return re.compile(source, re.IGNORECASE)


ADJECTIVES = word_list("adjectives")
"""Words between a number and `tickets` that are no ticket type."""

LEVELS = word_list("levels")
METHODS = {
    "cash": "cash",
    "card": "card",
    "credit card": "card",
    "debit card": "card",
    "pin": "card",
    "transfer": "transfer",
    "bank transfer": "transfer",
    "wire": "transfer",
    "bank": "transfer",
    "invoice": "invoice",
    "on account": "invoice",
    "ideal": "transfer",
}
POLITE = re.compile(
    r"^(?:[\s,.!…:;–-]+|(?:great|good|lovely|exciting|sad|bad)\s+news\b[\s,.!:…-]*|heads\s+up\b[\s,.!:…-]*|(?:hey|hi|hello|hallo|good\s+(?:morning|afternoon|evening)|ok(?:ay)?|"
    r"alright|right|great|perfect|nice|cool|super|thanks|thank\s+you|yes|yeah|yep|sure|"
    r"well|so|now|then|next|also|too|and|"
    r"plus|but|oh|ah|um|uh|hmm|please|kindly|just|quickly|finally|lastly|first(?:ly)?|"
    r"second(?:ly)?|besides|furthermore|afterwards|after\s+that|at\s+the\s+same\s+time|"
    r"while\s+you'?re\s+at\s+it|by\s+the\s+way|btw|fyi|"
    r"team|there|mate|dear|greenroom|assistant|copilot|all)\b(?!'s)[\s,.!:…-]*|"
    r"(?:(?:can|could|would|will|may|might)\s+(?:you|we|i)(?:\s+(?:guys|all|both))?(?:\s+(?:please|"
    r"kindly|maybe|perhaps|possibly|also|just|quickly|be\s+so\s+kind\s+(?:as\s+)?to|help\s+(?:me|"
    r"us)(?:\s+to)?))*|"
    r"would\s+you\s+mind|do\s+you\s+mind|is\s+it\s+possible\s+(?:for\s+you\s+)?to|would\s+it\s+be\s+possible\s+to|"
    r"i\s+was\s+(?:wondering|hoping)\s+(?:if|whether)?\s*(?:you|we|i)?\s*(?:could|can|"
    r"would|might)?|"
    r"i\s+wonder\s+if\s+you\s+could|(?:i|we)\s*(?:'d|'ll|\s+would|\s+really)?\s*(?:want(?:ed)?|"
    r"would\s+like|like|love|need|have|got|ought|wish|intend|prefer|(?:am|'m|are|'re)\s+going|"
    r"(?:am|'m|are|'re)\s+trying|decided|(?:have|'ve)\s+decided)\s+(?:you\s+)?to|"
    r"(?:i|we)(?:'d|\s+would)\s+(?:really\s+)?(?:appreciate|be\s+grateful)\s+(?:it\s+)?if\s+you\s+(?:could|"
    r"would)|it\s+would\s+be\s+(?:great|nice|good|lovely|helpful|awesome)\s+(?:if\s+you\s+(?:could|"
    r"would)|to)|"
    r"(?:i|we)\s+should(?:\s+probably)?|let'?s|let\s+us|go\s+ahead\s+and|make\s+sure\s+(?:to|"
    r"you|that\s+you|we)|don'?t\s+forget\s+to|remember\s+to|be\s+sure\s+to|try\s+to|help\s+(?:me|"
    r"us)(?:\s+to)?|why\s+don'?t\s+(?:you|we)|how\s+about\s+(?:you\s+|we\s+)?|"
    r"(?:i|we)\s+(?:also\s+)?need\s+you\s+to|it'?s\s+time\s+to|time\s+to|you\s+(?:can|"
    r"may|could|should)|feel\s+free\s+to|if\s+you\s+(?:can|could|don'?t\s+mind)|if\s+possible|"
    r"(?:i|we)(?:'d|\s+would)\s+like\s+it\s+if\s+you\s+(?:could|would)|(?:i|we)(?:'ll|"
    r"\s+will)|proceed\s+to|"
    r"(?:i|we)\s+think\s+(?:we|you|i)\s+should|someone\s+should|you'?d\s+better|(?:we|"
    r"i)(?:'d|\s+had)\s+better|(?:we|i)\s+must|"
    r"(?:i|we)(?:'m|'re|\s+am|\s+are)\s+(?:happy|pleased|glad|sorry)\s+to)\b[\s,]*)",
    re.IGNORECASE,
)
"""Words of courtesy and of linking that stand before what is asked."""


def without_courtesy(text: str) -> str:
    """The clause from its first word that says something."""
    while text:
        match = POLITE.match(text)
        if not match or not match.end():
            return text
        text = text[match.end() :]
    return text
