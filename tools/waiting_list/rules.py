"""What is decided about waiting lists, without a database."""

from __future__ import annotations

from tools.context import Standing
from tools.errors import Conflict, InvalidInput, NotFound
from tools.orders.rules import read_buyer
from tools.waiting_list.models import OfferedPlaces, WaitingEntry, WaitingList

MOST_WAITING = 10_000
"""Strangers stop being let in to the list of one event here; nobody reads a longer one."""


class AlreadyWaiting(Conflict):
    code = "already_waiting"
    title = "They wait for these tickets already"
    constraints = ("waiting_list_entries_once",)


class NotWaiting(Conflict):
    code = "not_waiting"
    title = "They do not wait any more"


class NobodyWaits(Conflict):
    code = "nobody_waits"
    title = "Nobody waits for these tickets"


class NoPlaceFits(Conflict):
    code = "no_place_fits"
    title = "There are not enough free places for anybody who waits"
    default_remedy = "Free places first: raise the number of tickets, or wait until some come back."


class WaitingListShut(Conflict):
    code = "waiting_list_closed"
    title = "The waiting list is closed"


class WaitingListFull(Conflict):
    code = "waiting_list_full"
    title = "The waiting list is full"


class NoSuchEntry(NotFound):
    code = "no_waiting_list_entry"
    title = "There is no such entry on the waiting list"
    constraints = ("no_waiting_list_entry",)


class NoListForBundles(InvalidInput):
    code = "bundle_not_waited_for"
    title = "One waits for tickets, not for a bundle of them"


def read_mail(text: str) -> str:
    """Raises InvalidInput for what is no address."""
    mail = read_buyer(text).email
    if mail is None or mail != text:
        raise InvalidInput(f"{text!r} is not an e-mail address.")
    return mail


def told_opened(waiting: WaitingList, _: Standing) -> str:
    how = (
        f"freed places are offered for {waiting.offer_hours} hours by themselves"
        if waiting.auto_offer
        else "offers are made by hand"
    )
    return f"Open the waiting list of {waiting.event_name}: {how}"


def told_shut(waiting: WaitingList, _: Standing) -> str:
    return f"Close the waiting list of {waiting.event_name} to newcomers"


def told_added(entry: WaitingEntry, _: Standing) -> str:
    return f"Put {entry.name or entry.email} on the waiting list of {entry.event_name}: {entry.quantity} {entry.ticket_type_name}"


def told_removed(entry: WaitingEntry, _: Standing) -> str:
    return f"Take {entry.name or entry.email} off the waiting list of {entry.event_name}"


def told_offered(offered: OfferedPlaces, _: Standing) -> str:
    people = "1 person" if len(offered.offered) == 1 else f"{len(offered.offered)} people"
    return f"Offer {offered.places} places of {offered.event_name} to {people} in line for {offered.hours} hours"
