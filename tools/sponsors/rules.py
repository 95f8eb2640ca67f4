"""What is decided about sponsorships, without a database."""

from __future__ import annotations

from tools.context import Standing
from tools.errors import Conflict
from tools.kit.money import format_money
from tools.operation import Total
from tools.sponsors.models import Sponsorship, SponsorshipStatus

NEXT_STATES: dict[SponsorshipStatus, tuple[SponsorshipStatus, ...]] = {
    "enquiry": ("agreed", "declined"),
    "agreed": ("invoiced", "paid", "declined", "enquiry"),
    "invoiced": ("paid", "agreed", "declined"),
    "paid": ("invoiced",),
    "declined": ("enquiry", "agreed"),
}
"""The same table as app.sponsorship_next_states; a test holds them equal."""


class SponsorshipExists(Conflict):
    code = "sponsorship_exists"
    title = "This sponsor is on the event already"
    constraints = ("sponsorships_once_per_event",)
    default_remedy = "Change it with update_sponsor."


class SponsorshipStateConflict(Conflict):
    code = "sponsorship_state"
    title = "The sponsorship's state does not allow this"
    constraints = ("sponsorships_state_transition",)


def require_move(sponsorship: Sponsorship, target: SponsorshipStatus) -> None:
    allowed = NEXT_STATES[sponsorship.status]
    if target != sponsorship.status and target not in allowed:
        raise SponsorshipStateConflict(
            f"The sponsorship of {sponsorship.sponsor_name} is {sponsorship.status}; it can not become {target}.",
            details={"allowed_next_states": list(allowed)},
        )


def _told(verb: str, deal: Sponsorship, standing: Standing) -> str:
    amount = format_money(deal.amount, deal.currency, standing.locale)
    return f"{verb} {deal.sponsor_name} as {deal.level} sponsor of {deal.event_name} for {amount}"


def told_added(deal: Sponsorship, standing: Standing) -> str:
    return _told("Add", deal, standing)


def told_changed(deal: Sponsorship, standing: Standing) -> str:
    return f"{_told('Change', deal, standing)}, {deal.status}"


def told_removed(deal: Sponsorship, standing: Standing) -> str:
    return _told("Remove", deal, standing)


def worth(deal: Sponsorship) -> list[Total]:
    return [Total(label="Sponsorship", amount=deal.amount, currency=deal.currency)]
