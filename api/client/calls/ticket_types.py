"""Calls of ticket_types. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from typing import Unpack, cast

from api.client.connection import Calls, segment
from api.client.shapes.ticket_types import (
    CreateTicketType,
    DeleteTicketTypeQuery,
    GetTicketTypeQuery,
    ListTicketTypesQuery,
    PageTicketType,
    TicketType,
    UpdateTicketTypeBody,
)


class TicketTypesCalls(Calls):
    """What `ticket_types` offers."""

    def list_ticket_types(self, **fields: Unpack[ListTicketTypesQuery]) -> PageTicketType:
        """List ticket types, of one event or of all.

        Needs the scope `events:read`.
        """
        return cast("PageTicketType", self._ask("GET", "/api/ticket-types", query=fields))

    def create_ticket_type(
        self, *, idempotency_key: str | None = None, **fields: Unpack[CreateTicketType]
    ) -> TicketType:
        """Put tickets of one kind on sale for an event: a name, a price and how many.

        Use for "150 tickets at 25 euros" or "20 VIP at 90". Without a name it is General. Also for add-ons (a
        T-shirt, parking) and bundles (a duo ticket). The same name in another currency is a type of its own;
        create_quota lets both share their places.

        Needs the scope `tickets:write`.
        """
        return cast("TicketType", self._ask("POST", "/api/ticket-types", body=fields, keyed=True, key=idempotency_key))

    def get_ticket_type(self, id: str, **fields: Unpack[GetTicketTypeQuery]) -> TicketType:
        """Show one ticket type: price, fees, limits, whether it is on sale, how many are sold, can still be had,
        and why not more.

        Needs the scope `events:read`.
        """
        return cast("TicketType", self._ask("GET", f"/api/ticket-types/{segment(id)}", query=fields))

    def replace_ticket_type(
        self,
        id: str,
        *,
        if_match: str = "*",
        idempotency_key: str | None = None,
        **fields: Unpack[UpdateTicketTypeBody],
    ) -> TicketType:
        """Change a ticket type's name, price, quantity, description, limits, sales window, fee, tax or a bundle's
        parts.

        Only what is given changes; `clear` takes a limit away. The quantity can not go below what is sold or
        held. Orders already made keep their price.

        Needs the scope `tickets:write`.
        """
        return cast(
            "TicketType",
            self._ask(
                "PUT",
                f"/api/ticket-types/{segment(id)}",
                body=fields,
                if_match=if_match,
                keyed=True,
                key=idempotency_key,
            ),
        )

    def update_ticket_type(
        self,
        id: str,
        *,
        if_match: str = "*",
        idempotency_key: str | None = None,
        **fields: Unpack[UpdateTicketTypeBody],
    ) -> TicketType:
        """Change a ticket type's name, price, quantity, description, limits, sales window, fee, tax or a bundle's
        parts.

        Only what is given changes; `clear` takes a limit away. The quantity can not go below what is sold or
        held. Orders already made keep their price.

        Needs the scope `tickets:write`.
        """
        return cast(
            "TicketType",
            self._ask(
                "PATCH",
                f"/api/ticket-types/{segment(id)}",
                body=fields,
                if_match=if_match,
                keyed=True,
                key=idempotency_key,
            ),
        )

    def delete_ticket_type(
        self,
        id: str,
        *,
        if_match: str = "*",
        idempotency_key: str | None = None,
        **fields: Unpack[DeleteTicketTypeQuery],
    ) -> TicketType:
        """Delete a ticket type of which nothing was ever sold or held.

        Needs the scope `tickets:write`.
        """
        return cast(
            "TicketType",
            self._ask(
                "DELETE",
                f"/api/ticket-types/{segment(id)}",
                query=fields,
                if_match=if_match,
                keyed=True,
                key=idempotency_key,
            ),
        )
