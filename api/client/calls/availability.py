"""Calls of availability. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from typing import Unpack, cast

from api.client.connection import Calls
from api.client.shapes.availability import AvailabilityExplained, ExplainAvailabilityQuery


class AvailabilityCalls(Calls):
    """What `availability` offers."""

    def explain_availability(self, **fields: Unpack[ExplainAvailabilityQuery]) -> AvailabilityExplained:
        """Say why tickets are sold out or how many can be had: which quota binds, what holds, unpaid orders and
        vouchers keep, until when, and what would free places.

        Use for "why is it sold out?". Give the event, or one ticket type.

        Needs the scope `events:read`.
        """
        return cast("AvailabilityExplained", self._ask("GET", "/api/availability", query=fields))
