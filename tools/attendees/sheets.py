"""Reads a list of attendees as people export it: any delimiter, any order of columns, headers in five languages. Pure."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from tools.attendees.models import MOST_NAME, MailAddress, PersonName
from tools.errors import InvalidInput
from tools.kit.money import MAX_AMOUNT, exponent

MOST_ROWS = 2_000
_MOST_COLUMNS = 100
_DELIMITERS = ",;\t|"

Column = Literal["name", "first_name", "last_name", "email", "ticket_type", "price"]

_HEADERS: dict[Column, str] = {
    "name": "name fullname attendee attendeename guest guestname participant person naam volledigenaam deelnemer gast teilnehmer gastname"
    " nom complet nomcomplet participante nombrecompleto asistente ticketholder visitor bezoeker besucher",
    "first_name": "firstname first givenname forename voornaam vorname prenom nombre",
    "last_name": "lastname last surname familyname achternaam nachname nomdefamille apellido apellidos",
    "email": "email mail emailaddress mailaddress eposta emailadres mailadres emailadresse mailadresse adresseemail courriel correo"
    " correoelectronico attendeeemail guestemail",
    "ticket_type": "tickettype ticket type category tickets tickettypes ticketname kaart kaartsoort kaarttype tickettyp kategorie"
    " ticketart typedebillet billet tipodeentrada entrada categorie categoria",
    "price": "price amount paid total priceamount prijs bedrag betaald preis betrag bezahlt prix montant precio importe",
}
_KNOWN: dict[str, Column] = {word: column for column, words in _HEADERS.items() for word in words.split()}
_NAME: TypeAdapter[str] = TypeAdapter(PersonName)
_ADDRESS: TypeAdapter[str] = TypeAdapter(MailAddress)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line of the file. `row` counts as a spreadsheet does, the header being 1. `fault` says why it can not be used."""

    row: int
    text: str
    name: str = ""
    email: str | None = None
    ticket_type: str | None = None
    price: str | None = None
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    columns: dict[str, str]
    ignored: list[str]
    rows: list[SheetRow]


def read_sheet(text: str) -> Sheet:
    """Raises InvalidInput for what is no such list: no header, no column of names or addresses, too many lines, broken quotes."""
    text = text.removeprefix("\ufeff")
    lines = _lines(text)
    try:
        header = next(lines, None)
        if header is None:
            raise InvalidInput("The file is empty.", remedy="Send a header line and one attendee per line.")
        places = _places(header)
        rows: list[SheetRow] = []
        for number, cells in enumerate(lines, start=2):
            if not any(cell.strip() for cell in cells):
                continue
            if len(rows) == MOST_ROWS:
                raise InvalidInput(f"At most {MOST_ROWS:,} attendees are imported at once.", remedy="Split the file.")
            rows.append(_row(number, cells, places))
    except csv.Error:
        raise InvalidInput(
            "The file can not be read as CSV: a quote is never closed, or a field is too long.",
            remedy="Save it again as CSV and send it whole.",
        ) from None
    read: dict[str, str] = {column: header[place].strip() for column, place in places.items()}
    ignored = [cell.strip()[:100] for place, cell in enumerate(header) if place not in places.values() and cell.strip()]
    return Sheet(read, ignored, rows)


def read_text(raw: bytes) -> str:
    """A file's bytes as text: UTF-8, UTF-16 with its mark, or what Windows saved in western Europe. Raises InvalidInput."""
    marked = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        with suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    raise InvalidInput("The file is in no encoding that is read here.", remedy="Save it as UTF-8.")


def _lines(text: str) -> Iterator[list[str]]:
    # Excel's hint to itself in the first line.
    hint = re.match(r"sep=(.)\r?\n", text)
    if hint:
        return csv.reader(io.StringIO(text[hint.end() :], newline=""), delimiter=hint[1], strict=True)
    head = text.split("\n", 1)[0]
    outside_quotes = re.sub(r'"[^"]*"', "", head)
    delimiter = max(_DELIMITERS, key=outside_quotes.count)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _places(header: list[str]) -> dict[Column, int]:
    """Which column is what. Raises InvalidInput for a header that tells nobody's name, or the same thing twice."""
    if len(header) > _MOST_COLUMNS:
        raise InvalidInput(f"A file has {_MOST_COLUMNS} columns at most.")
    places: dict[Column, int] = {}
    for place, cell in enumerate(header):
        column = _KNOWN.get(_bare(cell))
        if column is None:
            continue
        if column in places:
            raise InvalidInput(
                f"Two columns tell the {column.replace('_', ' ')}: {header[places[column]].strip()!r} and {cell.strip()!r}.",
                remedy="Rename or remove one of them.",
            )
        places[column] = place
    if not places.keys() & {"name", "first_name", "last_name", "email"}:
        raise InvalidInput(
            "The first line names no column of names or e-mail addresses.",
            remedy="Begin the file with a header such as: name, email, ticket type, price.",
        )
    return places


def _row(number: int, cells: list[str], places: dict[Column, int]) -> SheetRow:
    found = {column: cells[place].strip() for column, place in places.items() if place < len(cells)}
    text = ", ".join(cells)[:200]
    email = found.get("email") or None
    name = found.get("name") or " ".join(filter(None, (found.get("first_name"), found.get("last_name"))))
    # Who gave an address alone is called by what stands before the @: the whole of it is kept sealed, and names are not.
    name = name or (email or "").partition("@")[0]
    if not name:
        return SheetRow(number, text, fault="there is no name and no e-mail address")
    if "\ufffd" in text:
        return SheetRow(number, text, name[:MOST_NAME], fault="characters were lost on the way; save the file as UTF-8")
    if len(name) > MOST_NAME:
        return SheetRow(number, text, name[:MOST_NAME], fault=f"the name is longer than {MOST_NAME} characters")
    try:
        name = _NAME.validate_python(" ".join(name.split()))
    except ValidationError as error:
        return SheetRow(number, text, name[:MOST_NAME], fault=f"the name {_why(error)}")
    try:
        email = _ADDRESS.validate_python(email) if email else None
    except ValidationError:
        return SheetRow(number, text, name, fault=f"{found['email'][:60]!r} is not an e-mail address")
    return SheetRow(number, text, name, email, found.get("ticket_type") or None, found.get("price") or None)


def read_price(text: str, currency: str) -> int:
    """`€ 1.234,50` -> 123450. ValueError for what could mean two amounts, or none."""
    bare = re.sub(r"[\s\u00a0\u202f']|[^\d\W_]{3}|[^\w.,+-]", "", text)
    digits = exponent(currency)
    whole = r"\d+|\d{1,3}(?:(?P<by>[.,])\d{3})(?:(?P=by)\d{3})*"
    fraction = rf"(?P<point>[.,])\d{{1,{digits}}}" if digits else "(?P<point>(?!))"
    found = re.fullmatch(rf"(?P<whole>{whole})(?:{fraction})?", bare)
    if not found or (found["by"] and (found["by"] == found["point"] or (found["point"] is None and digits > 2))):
        raise ValueError(f"{text[:40]!r} is no price in {currency}")
    # "1.234" is a thousand to some and one point two to others.
    if found["by"] and found["point"] is None and digits and bare.count(found["by"]) == 1:
        raise ValueError(f"{text[:40]!r} can be read in two ways; write the price with {digits} decimals")
    fraction_digits = bare.rpartition(found["point"])[2] if found["point"] else ""
    amount = int(re.sub(r"\D", "", found["whole"]) + fraction_digits.ljust(digits, "0"))
    if amount > MAX_AMOUNT:
        raise ValueError("the price is too high")
    return amount


def _bare(header: str) -> str:
    plain = unicodedata.normalize("NFKD", header.casefold())
    return "".join(character for character in plain if character.isalnum())[:60]


def _why(error: ValidationError) -> str:
    sentence = error.errors(include_url=False, include_input=False)[0]["msg"]
    return sentence.removeprefix("Value error, ")
