"""Slips of the finger in the words of the trade, put right; names, e-mail addresses and quotations stay as typed."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from agent.reading.calendar_words import LONG_WEEKDAYS, MONTHS
from agent.reading.spans import QUOTED, clip
from agent.reading.words import read_pairs, read_words

LEXICON = frozenset(read_words("lexicon")) | {name for name in (*LONG_WEEKDAYS, *MONTHS) if len(name) > 4}
"""Words of the trade a misspelt word may stand for."""

SLIPS = read_pairs("slips")
"""Slips too short for a distance, and the shorthand of messages."""

COMMON = frozenset(read_words("common"))
"""Plain words that are never a slip, however near they are to a word of the trade."""

_WORD = re.compile(r"(?<![\w@.'’-])[^\W\d_]{2,}(?![\w@'’-]|\.\w)")
_EMAIL = re.compile(r"\S+@\S+|https?://\S+")


_NAMED = re.compile(
    r"(?:\s+(?:van|de|der|den|von|da|di|du|la|le|and|&|wants?|needs?|buys?|bought|would|will|has|is|paid|pays|gives?|as|at)\b|'s|\s*[,:]|\s+(?:[A-Z]|\d))"
)
"""What follows a name rather than an order: a sentence may open with either."""


def is_common(word: str) -> bool:
    """Whether a word is plain English or a word of the trade, so that it is no misspelt name."""
    return word.lower() in COMMON or word.lower() in LEXICON


@lru_cache(maxsize=4096)
def corrected(word: str) -> str:
    """The word of the trade a misspelt lower-case word stands for, or the word itself."""
    if word in SLIPS:
        return SLIPS[word]
    if len(word) < 4 or word in COMMON or word in LEXICON:
        return word
    if word.endswith(("ing", "ed")) and (word[:-3] in LEXICON or word[:-2] in LEXICON or word[:-1] in LEXICON):
        return word
    allowed = 1 if len(word) < 8 else 2
    near = [
        (OSA.distance(word, known, score_cutoff=allowed), abs(len(word) - len(known)), known)
        for known in LEXICON
        if known[0] == word[0] and abs(len(known) - len(word)) <= allowed
    ]
    near = sorted(n for n in near if n[0] <= allowed and len(n[2]) >= 4 and _slipped(word, n[2]))
    if not near or (
        len(near) > 1
        and near[0][:1] == near[1][:1]
        and near[0][2].rstrip("s") != near[1][2].rstrip("s")
        and near[0][1] == near[1][1]
    ):
        return word
    return near[0][2]


def _slipped(word: str, known: str) -> bool:
    """In a short word a wrong letter makes another word (`lisa`, `list`); a missing, doubled or swapped one is a slip."""
    return len(word) >= 6 or len(word) != len(known) or sorted(word) == sorted(known)


def correct_spelling(text: str, names: tuple[str, ...] = ()) -> str:
    """The text with misspelt words of the trade put right.

    Never touches e-mail addresses, links, quotations, capitalised words inside a sentence, or words of the given names.
    """
    text = clip(text)
    kept = [m.span() for m in (*_EMAIL.finditer(text), *QUOTED.finditer(text))]
    known = {word for name in names for word in name.lower().split()}

    def put_right(match: re.Match[str]) -> str:
        word = match.group()
        if any(start <= match.start() < end for start, end in kept) or word.lower() in known:
            return word
        if word.islower():
            return corrected(word)
        opens = not re.search(r"\w", text[: match.start()]) or re.search(r"[.!?\n]\s*$", text[: match.start()])
        named = _NAMED.match(text, match.end())
        return corrected(word.lower()).capitalize() if opens and word.istitle() and not named else word

    return _WORD.sub(put_right, text)
