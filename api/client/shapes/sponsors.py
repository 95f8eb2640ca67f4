"""Shapes of sponsors. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import Annotated, Literal, NotRequired, TypedDict


class AddSponsor(TypedDict):
    event: Annotated[str, "Name or id"]
    sponsor: Annotated[str, "The sponsor's name; a new one is added to the sponsors"]
    level: Annotated[str, "E.g. gold, silver, bronze"]
    amount: Annotated[int, "Minor units of the currency: 25 euros is 2500"]
    currency: NotRequired[Annotated[str | None, "The event's when left out"]]


class GetSponsorQuery(TypedDict):
    event: NotRequired[Annotated[str | None, "Needed when the sponsor is given by name and sponsors several events"]]


class ListSponsorsQuery(TypedDict):
    limit: NotRequired[Annotated[int, "How many at most"]]
    cursor: NotRequired[Annotated[str | None, "`next_cursor` of the page before"]]
    event: NotRequired[Annotated[str | None, "Name or id"]]
    status: NotRequired[Literal["enquiry", "agreed", "invoiced", "paid", "declined"] | None]


class Sponsorship(TypedDict):
    id: str
    sponsor_id: str
    sponsor_name: str
    event_id: str
    event_name: str
    level: str
    amount: int
    currency: str
    status: Literal["enquiry", "agreed", "invoiced", "paid", "declined"]
    version: int
    created_at: str


class PageSponsorship(TypedDict):
    items: list[Sponsorship]
    next_cursor: str | None


class RemoveSponsorQuery(TypedDict):
    event: NotRequired[Annotated[str | None, "Needed when the sponsor is given by name and sponsors several events"]]


class UpdateSponsorBody(TypedDict):
    event: NotRequired[Annotated[str | None, "Needed when the sponsor is given by name and sponsors several events"]]
    level: NotRequired[Annotated[str | None, "E.g. gold, silver, bronze"]]
    amount: NotRequired[Annotated[int | None, "Minor units of the currency: 25 euros is 2500"]]
    currency: NotRequired[Annotated[str | None, "ISO 4217 code, e.g. EUR"]]
    status: NotRequired[Literal["enquiry", "agreed", "invoiced", "paid", "declined"] | None]
