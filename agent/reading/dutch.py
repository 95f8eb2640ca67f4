"""A word-for-word gloss of plain Dutch into the English the planner reads; no translation of names, titles or quotations."""

from __future__ import annotations

import re

from agent.reading.spans import QUOTED, clip
from agent.reading.words import read_pairs

_PHRASES: list[tuple[str, str]] = [
    (
        r"hoeveel (?:kaartjes|tickets|kaarten) (?:zijn er|hebben we|zijn) (?:al )?verkocht",
        "how many tickets did we sell",
    ),
    (r"gaat (?:helaas )?niet door", "is cancelled"),
    (r"niet doorgaan", "not happening"),
    (r"(?:kun|kan|zou) (?:je|jij|u)(?: kunnen)?", "can you"),
    (r"wat (?:is er|staat er)(?: allemaal)? (?:te doen|gepland|op het programma)", "what's on"),
    (r"ik wil(?: graag)?", "i want to"),
    (r"wij willen|we willen(?: graag)?", "we want to"),
    (r"alsjeblieft|alstublieft|a\.?u\.?b\.?|svp|s\.v\.p\.", "please"),
    (r"dank je(?: wel)?|dankjewel|bedankt|dank u", "thanks"),
    (r"welke evenementen", "which events"),
    (r"er komen", "there are"),
    (r"per stuk", "each"),
    (r"per persoon", "each"),
    (r"maak (.{2,60}?) ongedaan", r"undo \1"),
    (r"draai (.{2,60}?) terug", r"undo \1"),
    (r"als (gouden|zilveren|bronzen|platina|gold|silver) ?sponsor", r"as \1 sponsor"),
    (r"goud-?sponsor", "gold sponsor"),
    (r"zilver-?sponsor", "silver sponsor"),
    (r"hoofd-?sponsor", "main sponsor"),
    (r"brons-?sponsor", "bronze sponsor"),
    (r"zoek(?: eens)? (?:een )?(?:locatie|zaal|plek)", "find a venue"),
    (r"nee,? ", "no, "),
    (r"voeg (.{2,120}?) toe(?= |$|,|\.)", r"add \1"),
    (r"maak (.{2,120}?) aan(?= |$|,|\.)", r"create \1"),
    (r"zet (.{2,60}?) over naar", r"move \1 to"),
    (r"in plaats van", "instead of"),
    (r"betaal (.{2,40}?) terug", r"refund \1"),
    (r"stort (.{2,40}?) terug", r"refund \1"),
    (r"terug ?betalen", "refund"),
    (r"geld terug", "money back"),
    (r"(kaartjes|kaarten|tickets) van(?= ?€? ?\d)", r"\1 at"),
    (r"early ?bird ?(?:kaartjes|tickets|kaarten)", "early bird tickets"),
    (r"hoe laat", "what time"),
    (r"hoe (?:loopt|gaat) de (?:kaart)?verkoop (?:van|voor)", "how are sales for"),
    (r"(?:zin|plek|ruimte) voor (\d+) (?:mensen|personen|gasten)", r"venue for \1 people"),
]

_WORDS = read_pairs("dutch")

_MARKS = frozenset(
    [
        "het",
        "een",
        "voor",
        "aan",
        "van",
        "naar",
        "en",
        "met",
        "op",
        "om",
        "kaartjes",
        "kaarten",
        "maak",
        "annuleer",
        "verplaats",
        "verkoop",
        "boek",
        "zoek",
        "toon",
        "geef",
        "laat",
        "evenement",
        "evenementen",
        "zaal",
        "locatie",
        "mensen",
        "graag",
        "alsjeblieft",
        "ik",
        "wij",
        "mij",
        "mijn",
        "onze",
        "hoeveel",
        "welke",
        "wat",
        "wanneer",
        "niet",
        "bestelling",
        "volgende",
        "week",
        "maand",
        "uur",
        "toe",
        "sponsor",
        "gaat",
        "door",
        "voeg",
        "wijzig",
        "verhoog",
        "zet",
        "morgen",
        "bedankt",
        "verkocht",
        "omzet",
        "wil",
        "kun",
        "kan",
        "deze",
        "december",
        "euro",
        "nieuwe",
        "zijn",
        "er",
        "die",
        "dat",
        "hernoem",
        "publiceer",
        "terug",
        "bij",
        "betaal",
        "verzet",
        "stort",
        "hebben",
        "we",
        "je",
        "de",
        "avonds",
        "middags",
        "maandag",
        "dinsdag",
        "woensdag",
        "donderdag",
        "vrijdag",
        "zaterdag",
        "zondag",
    ]
)
_SURE = frozenset(
    [
        "het",
        "een",
        "voor",
        "aan",
        "van",
        "naar",
        "en",
        "op",
        "kaartjes",
        "kaarten",
        "maak",
        "annuleer",
        "verplaats",
        "verkoop",
        "boek",
        "zoek",
        "toon",
        "geef",
        "evenement",
        "evenementen",
        "zaal",
        "locatie",
        "mensen",
        "graag",
        "ik",
        "wij",
        "mij",
        "mijn",
        "onze",
        "hoeveel",
        "welke",
        "niet",
        "bestelling",
        "volgende",
        "maand",
        "voeg",
        "wijzig",
        "verhoog",
        "zet",
        "morgen",
        "bedankt",
        "verkocht",
        "omzet",
        "hernoem",
        "publiceer",
        "gaat",
        "kun",
        "je",
        "betaal",
        "verzet",
        "stort",
        "terug",
        "voeg",
        "hebben",
        "zijn",
        "verzetten",
    ]
)
_WORD = re.compile(r"[^\W\d_]+")


def looks_dutch(text: str) -> bool:
    """Whether a text is Dutch rather than English: enough of its words are Dutch, and some are nothing else."""
    words = [word.lower() for word in _WORD.findall(clip(text)[:600])]
    marks = sum(word in _MARKS for word in words)
    sure = len({word for word in words if word in _SURE})
    return sure >= 2 and marks * 3 >= len(words)


def gloss(text: str) -> str:
    """Dutch trade words in English, in the order of the Dutch sentence; dates, clock times, numbers and names stay as they are."""
    text = clip(text)
    quotes = {f"\x01{number}\x01": m.group() for number, m in enumerate(QUOTED.finditer(text))}
    for mark, quote in quotes.items():
        text = text.replace(quote, mark, 1)
    for pattern, english in _PHRASES:
        text = re.sub(rf"(?<!\w){pattern}(?!\w)", english, text, flags=re.IGNORECASE)
    text = re.sub(r"(?<!\w)['’]s[ -](ochtends|morgens|middags|avonds|nachts)\b", _part, text, flags=re.IGNORECASE)
    text = re.sub(
        r"\bhalf (één|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf)\b",
        lambda m: "\x02" + m.group(1).lower(),
        text,
        flags=re.IGNORECASE,
    )
    text = _WORD.sub(_word, text)
    text = re.sub(r"\x02(\w+)", r"half \1", text)
    for mark, quote in quotes.items():
        text = text.replace(mark, quote, 1)
    return re.sub(r"  +", " ", text)


def _part(match: re.Match[str]) -> str:
    return {
        "ochtends": "in the morning",
        "morgens": "in the morning",
        "middags": "in the afternoon",
        "avonds": "in the evening",
    }.get(match.group(1).lower(), "at night")


def _word(match: re.Match[str]) -> str:
    word = match.group()
    english = _WORDS.get(word.lower())
    if (
        word in ("de", "van")
        and re.search(r"(?<![.!?] )\b[A-Z]\w+ (?:van )?$", match.string[: match.start()])
        and re.match(r" (?:de[nr]? )?[A-Z]", match.string[match.end() :])
    ):
        return word  # `Anna van Dijk`, `Jan de Vries`
    if english is None or (word[0].isupper() and match.start() > 0 and word.lower() not in ("het", "een", "de")):
        return word
    return english.capitalize() if word[0].isupper() and english else english
