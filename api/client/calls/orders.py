"""Calls of orders. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from typing import Unpack, cast

from api.client.connection import Calls, segment
from api.client.shapes.orders import (
    ApproveOrderBody,
    ChangedOrder,
    ChangeOrderBody,
    DeclineOrderBody,
    ExtendOrderBody,
    ListOrdersQuery,
    NamedOrderBody,
    Order,
    OrderLink,
    PageOrder,
    RecordPaymentBody,
    RefundOrderBody,
    RefundTicketsBody,
    RequestPaymentBody,
    SellTickets,
    SentTickets,
)
from api.client.shapes.shared import Payment


class OrdersCalls(Calls):
    """What `orders` offers."""

    def list_orders(self, **fields: Unpack[ListOrdersQuery]) -> PageOrder:
        """List orders by event, buyer, status, day, what is owed or whether they wait for approval, newest first.

        A buyer is found by a part of the name or by the whole e-mail address. Use `owed` for "who has not paid"
        (unpaid) and "who paid too much" (overpaid: give it back with refund_order).

        Needs the scope `orders:read`.
        """
        return cast("PageOrder", self._ask("GET", "/api/orders", query=fields))

    def sell_tickets(self, *, idempotency_key: str | None = None, **fields: Unpack[SellTickets]) -> Order:
        """Sell tickets of one type to a buyer and return the order.

        Use when the organiser names an event, how many and who buys. Takes the places at once and issues the
        tickets. Without a payment method the payment stays open; record_payment closes it. Further types go
        into the same order by `also`. The shop's limits and opening hours do not bind the organiser.

        Needs the scope `orders:write`.
        """
        return cast("Order", self._ask("POST", "/api/orders", body=fields, keyed=True, key=idempotency_key))

    def record_payment(
        self, id: str, *, idempotency_key: str | None = None, **fields: Unpack[RecordPaymentBody]
    ) -> Order:
        """Record money that came in for an order by cash, transfer, card at the door or invoice.

        Use when a buyer has paid. Without an amount: all that is open.

        Needs the scope `orders:write`.
        """
        return cast(
            "Order",
            self._ask("POST", f"/api/orders/{segment(id)}/payments", body=fields, keyed=True, key=idempotency_key),
        )

    def refund_order(
        self, id: str, *, idempotency_key: str | None = None, **fields: Unpack[RefundOrderBody]
    ) -> ChangedOrder:
        """Give the money of an order back.

        Without an amount: all that was paid but for `keep_amount`, and the order is cancelled, its tickets are
        void and its places free again. With an amount: that much, and the tickets stay valid. Of an order that
        has ended: what it is still owed because a refund failed. It can not be undone. For some of its tickets
        use refund_tickets, for all orders of an event refund_event.

        Needs the scope `orders:refund`.
        """
        return cast(
            "ChangedOrder",
            self._ask("POST", f"/api/orders/{segment(id)}/refund", body=fields, keyed=True, key=idempotency_key),
        )

    def refund_tickets(
        self, id: str, *, idempotency_key: str | None = None, **fields: Unpack[RefundTicketsBody]
    ) -> ChangedOrder:
        """Take some tickets of an order back and give back what was paid for them, but for `keep_amount`.

        Name them by id, by the attendee, or by type and how many. Discount, fee and tax go back in proportion,
        so that all tickets together give back exactly what was paid. Their places are free again. With the last
        ticket the order is cancelled.

        Needs the scope `orders:refund`.
        """
        return cast(
            "ChangedOrder",
            self._ask(
                "POST", f"/api/orders/{segment(id)}/refund_tickets", body=fields, keyed=True, key=idempotency_key
            ),
        )

    def change_order(
        self, id: str, *, idempotency_key: str | None = None, **fields: Unpack[ChangeOrderBody]
    ) -> ChangedOrder:
        """Swap, add or remove tickets of an order.

        Use for "2 Regular become 2 VIP": remove 2 Regular, add 2 VIP. What is removed goes at what it cost,
        what is added comes at today's price; both happen or neither does. The answer tells the difference. When
        the order costs more, the rest is open: record_payment closes it. When it costs less, the order is owed
        money, which goes back at once with `refund_difference`.

        Needs the scope `orders:write`.
        """
        return cast(
            "ChangedOrder",
            self._ask("POST", f"/api/orders/{segment(id)}/change", body=fields, keyed=True, key=idempotency_key),
        )

    def cancel_order(self, id: str, *, idempotency_key: str | None = None, **fields: Unpack[NamedOrderBody]) -> Order:
        """Cancel an order that nothing was paid for: its tickets are void and its places free again.

        Use when a buyer does not pay or does not want it any more. When money came in, use refund_order.

        Needs the scope `orders:write`.
        """
        return cast(
            "Order",
            self._ask("POST", f"/api/orders/{segment(id)}/cancel", body=fields, keyed=True, key=idempotency_key),
        )

    def approve_order(
        self, id: str, *, idempotency_key: str | None = None, **fields: Unpack[ApproveOrderBody]
    ) -> Order:
        """Say yes to an order that waits for the organiser's approval.

        It is paid at once when it costs nothing; otherwise the buyer may pay now, within `expires_in_hours`.

        Needs the scope `orders:write`.
        """
        return cast(
            "Order",
            self._ask("POST", f"/api/orders/{segment(id)}/approve", body=fields, keyed=True, key=idempotency_key),
        )

    def decline_order(
        self, id: str, *, idempotency_key: str | None = None, **fields: Unpack[DeclineOrderBody]
    ) -> Order:
        """Say no to an order that waits for the organiser's approval; its places are free again and the buyer is
        told.

        Needs the scope `orders:write`.
        """
        return cast(
            "Order",
            self._ask("POST", f"/api/orders/{segment(id)}/decline", body=fields, keyed=True, key=idempotency_key),
        )

    def extend_order(self, id: str, *, idempotency_key: str | None = None, **fields: Unpack[ExtendOrderBody]) -> Order:
        """Give the buyer of an unpaid order another time to pay by, or time without end.

        An order that has expired lives again with the same tickets when its places are still there.

        Needs the scope `orders:write`.
        """
        return cast(
            "Order",
            self._ask("POST", f"/api/orders/{segment(id)}/extend", body=fields, keyed=True, key=idempotency_key),
        )

    def get_order(self, id: str) -> Order:
        """Show one order with its items, tickets and money.

        Needs the scope `orders:read`.
        """
        return cast("Order", self._ask("GET", f"/api/orders/{segment(id)}"))

    def request_payment(
        self, id: str, *, idempotency_key: str | None = None, **fields: Unpack[RequestPaymentBody]
    ) -> Payment:
        """Ask a buyer to pay an order online and return the address of the page to pay on.

        Use when an order is open and the buyer should pay it by themselves. Asks for all that is open. An order
        that is asked for already keeps its page. When the provider does not answer at once, the address follows
        by itself.

        Needs the scope `orders:write`.
        """
        return cast(
            "Payment",
            self._ask(
                "POST", f"/api/orders/{segment(id)}/payment-requests", body=fields, keyed=True, key=idempotency_key
            ),
        )

    def send_tickets(
        self, id: str, *, idempotency_key: str | None = None, **fields: Unpack[NamedOrderBody]
    ) -> SentTickets:
        """Mail the tickets of a paid order to its buyer, once more or for the first time.

        Use when the buyer lost the mail or never got it, and after an import, which mails nobody.

        Needs the scope `orders:write`.
        """
        return cast(
            "SentTickets",
            self._ask("POST", f"/api/orders/{segment(id)}/tickets/send", body=fields, keyed=True, key=idempotency_key),
        )

    def get_order_link(self, id: str) -> OrderLink:
        """Show the link to an order's own page, where its buyer sees the tickets, pays and passes them on.

        Use to give it to a buyer who has no mail from us. Whoever has the link may do what the buyer may.

        Needs the scope `orders:write`.
        """
        return cast("OrderLink", self._ask("GET", f"/api/orders/{segment(id)}/link"))

    def renew_order_link(
        self, id: str, *, idempotency_key: str | None = None, **fields: Unpack[NamedOrderBody]
    ) -> OrderLink:
        """Make the links to an order's page that were given out before void, and return the new one.

        Use when a link fell into the wrong hands. The tickets themselves stay valid.

        Needs the scope `orders:write`.
        """
        return cast(
            "OrderLink",
            self._ask("POST", f"/api/orders/{segment(id)}/link", body=fields, keyed=True, key=idempotency_key),
        )
