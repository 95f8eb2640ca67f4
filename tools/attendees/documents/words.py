"""The few words on papers, in the organisation's language; English where a language is missing. Dates are CLDR's."""

from __future__ import annotations

from datetime import datetime

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time

from tools.attendees.documents.models import OrderPapers

TERMS = "Valid once. Whoever shows this code first gets in, so show it to nobody before."

_WORDS: dict[str, dict[str, str]] = {
    "nl": {
        "Ticket": "Ticket",
        "Attendee": "Bezoeker",
        "Ticket type": "Soort",
        "Order": "Bestelling",
        "When": "Wanneer",
        "Where": "Waar",
        "ticket {n} of {all}": "ticket {n} van {all}",
        "Order {number}, {count} tickets": "Bestelling {number}, {count} tickets",
        TERMS: "Eenmaal geldig. Wie deze code als eerste laat zien, komt binnen; laat hem dus vooraf aan niemand zien.",
    },
    "de": {
        "Ticket": "Ticket",
        "Attendee": "Gast",
        "Ticket type": "Kategorie",
        "Order": "Bestellung",
        "When": "Wann",
        "Where": "Wo",
        "ticket {n} of {all}": "Ticket {n} von {all}",
        "Order {number}, {count} tickets": "Bestellung {number}, {count} Tickets",
        TERMS: "Einmal gültig. Wer diesen Code zuerst zeigt, kommt hinein; zeigen Sie ihn vorher niemandem.",
    },
    "fr": {
        "Ticket": "Billet",
        "Attendee": "Participant",
        "Ticket type": "Catégorie",
        "Order": "Commande",
        "When": "Quand",
        "Where": "Où",
        "ticket {n} of {all}": "billet {n} sur {all}",
        "Order {number}, {count} tickets": "Commande {number}, {count} billets",
        TERMS: "Valable une fois. La première personne qui montre ce code entre : ne le montrez à personne avant.",
    },
    "es": {
        "Ticket": "Entrada",
        "Attendee": "Asistente",
        "Ticket type": "Tipo",
        "Order": "Pedido",
        "When": "Cuándo",
        "Where": "Dónde",
        "ticket {n} of {all}": "entrada {n} de {all}",
        "Order {number}, {count} tickets": "Pedido {number}, {count} entradas",
        TERMS: "Válida una vez. Entra quien muestre primero este código: no lo enseñe a nadie antes.",
    },
}


def word(text: str, locale: str, **values: object) -> str:
    """The text in the locale's language, with its values filled in."""
    language = locale.replace("-", "_").split("_")[0]
    return _WORDS.get(language, {}).get(text, text).format(**values)


def when(papers: OrderPapers) -> tuple[str, str]:
    """The day and the hours, where the event is: (`Thursday, December 12, 2030`, `19:00 – 22:00 (CET)`)."""
    locale = locale_of(papers.locale)
    start, end = papers.start_date.astimezone(papers.zone), papers.end_date.astimezone(papers.zone)
    day = format_date(start, "full", locale=locale)
    zone = f"({start.tzname() or papers.timezone})"
    if end.date() == start.date() or (end - start).total_seconds() < 12 * 3600:
        return day, f"{_hour(start, locale)} – {_hour(end, locale)} {zone}"
    return f"{day} – {format_date(end, 'full', locale=locale)}", f"{_hour(start, locale)} – {_hour(end, locale)} {zone}"


def locale_of(name: str) -> Locale:
    """The locale of that name as far as CLDR knows it, its language, or English."""
    for known in (name, name.replace("-", "_").split("_")[0], "en"):
        try:
            return Locale.parse(known, sep="-" if "-" in known else "_")
        except (UnknownLocaleError, ValueError):
            continue
    raise AssertionError("CLDR knows English")


def _hour(moment: datetime, locale: Locale) -> str:
    return format_time(moment, "short", locale=locale)
