"""For every error an operation of ticket types, quotas, codes, sales, holds or money declares: the call that must raise it."""

from __future__ import annotations

from tests.tools.cases import of
from tests.tools.provoking import (
    BACKWARDS,
    CANCELLED,
    DOLLARS,
    FEW,
    NEXT,
    SALE,
    SETTLED,
    STUDENTS,
    VALID_BACKWARDS,
    Provocation,
    taking,
    uncounted,
    voucher_of,
)
from tools.counter.refusals import EventNotOnSale, HoldEnded, MixedCurrencies, NoQuota
from tools.events.rules import EventStateConflict
from tools.orders.rules import (
    OrderClosed,
    OverPaid,
    RefundTooLarge,
)
from tools.payments.rules import NothingToPay, OnlinePaymentsOff, PaymentSettled
from tools.payouts.rules import PayoutRecorded, PayoutVoided
from tools.promo_codes.rules import (
    NoSuchPromoCode,
    PromoCodeBelowUse,
    PromoCodeEffect,
    PromoCodeExists,
    PromoCodeInUse,
    PromoCodeNotValid,
    PromoCodeUsedUp,
    PromoCodeWindow,
)
from tools.quotas.rules import QuotaEmpty, QuotaNotShared, QuotaTooSmall
from tools.tickets.rules import NotABundle, OrderRange, SalesWindow, TicketsSoldOut, TicketTypeExists, TicketTypeInUse

SELLING: tuple[Provocation, ...] = (
    Provocation(
        "create_ticket_type", TicketTypeExists, of("event", "event", name="GENERAL", price_amount=1, quantity=1)
    ),
    Provocation(
        "create_ticket_type",
        EventStateConflict,
        of("event", "event", name="Late", price_amount=1, quantity=1),
        (CANCELLED,),
        NEXT,
    ),
    Provocation(
        "update_ticket_type", TicketsSoldOut, of("ticket_type", "ticket_type", quantity=3), says=("sold", "held")
    ),
    Provocation("update_ticket_type", TicketTypeExists, of("ticket_type", "ticket_type", name="vip")),
    Provocation("delete_ticket_type", TicketTypeInUse, of("ticket_type", "ticket_type")),
    Provocation(
        "create_ticket_type", SalesWindow, of("event", "event", name="X", price_amount=1, quantity=1, **BACKWARDS)
    ),
    Provocation("update_ticket_type", SalesWindow, of("ticket_type", "ticket_type", **BACKWARDS)),
    Provocation(
        "create_ticket_type",
        OrderRange,
        of("event", "event", name="X", price_amount=1, quantity=1, min_per_order=3, max_per_order=2),
    ),
    Provocation("update_ticket_type", OrderRange, of("ticket_type", "ticket_type", min_per_order=3, max_per_order=2)),
    Provocation(
        "create_ticket_type", NotABundle, of("event", "event", name="Duo", price_amount=1, quantity=1, kind="bundle")
    ),
    Provocation("update_ticket_type", NotABundle, of("ticket_type", "ticket_type", parts=[{"ticket_type": "VIP"}])),
    Provocation(
        "create_quota",
        QuotaTooSmall,
        lambda shop: {
            "event": str(shop.event.id),
            "name": "Few",
            "size": 3,
            "ticket_types": [str(shop.ticket_type.id)],
        },
        says=("taken",),
    ),
    Provocation(
        "create_quota",
        EventStateConflict,
        lambda shop: {
            "event": str(shop.event.id),
            "name": "Few",
            "size": 9,
            "ticket_types": [str(shop.ticket_type.id)],
        },
        (CANCELLED,),
        NEXT,
    ),
    Provocation("update_quota", QuotaTooSmall, of("quota", "quota", size=3), says=("taken",)),
    Provocation("update_quota", QuotaNotShared, of("event", "event", quota="VIP", size=3)),
    Provocation("update_quota", QuotaEmpty, of("quota", "quota", remove_ticket_types=["General"])),
    Provocation("delete_quota", QuotaNotShared, of("event", "event", quota="VIP")),
    Provocation("create_promo_code", PromoCodeExists, of("event", "event", code="student", off_amount=1)),
    Provocation("create_promo_code", PromoCodeEffect, of("event", "event", code="BOTH", off_amount=1, price_amount=1)),
    Provocation("create_promo_code", PromoCodeEffect, of("event", "event", code="NEITHER")),
    Provocation(
        "create_promo_code", PromoCodeWindow, of("event", "event", code="BACK", off_amount=1, **VALID_BACKWARDS)
    ),
    Provocation(
        "create_promo_code", EventStateConflict, of("event", "event", code="LATE", off_amount=1), (CANCELLED,), NEXT
    ),
    Provocation(
        "create_vouchers", TicketsSoldOut, of("ticket_type", "ticket_type", quantity=97), says=("available", "wanted")
    ),
    Provocation(
        "create_vouchers", PromoCodeEffect, of("ticket_type", "ticket_type", quantity=1, off_amount=1, price_amount=1)
    ),
    Provocation("create_vouchers", PromoCodeWindow, of("ticket_type", "ticket_type", quantity=1, **VALID_BACKWARDS)),
    Provocation(
        "create_vouchers", EventStateConflict, of("ticket_type", "ticket_type", quantity=1), (CANCELLED,), NEXT
    ),
    Provocation("update_promo_code", NoSuchPromoCode, of("event", "event", promo_code="NOBODY", label="x")),
    Provocation(
        "update_promo_code",
        PromoCodeExists,
        of("promo_code", "promo_code", code="EARLY"),
        (("create_promo_code", of("event", "event", code="EARLY", off_amount=1)),),
    ),
    Provocation("update_promo_code", PromoCodeEffect, of("promo_code", "promo_code", off_amount=1, price_amount=1)),
    Provocation("update_promo_code", PromoCodeWindow, of("promo_code", "promo_code", **VALID_BACKWARDS)),
    Provocation(
        "update_promo_code", PromoCodeBelowUse, of("promo_code", "promo_code", max_uses=1), (STUDENTS,), ("uses",)
    ),
    Provocation(
        "update_promo_code",
        TicketsSoldOut,
        lambda shop: {"promo_code": voucher_of(shop), "max_uses": 97},
        (("create_vouchers", of("ticket_type", "ticket_type", quantity=1)),),
        ("available", "wanted"),
    ),
    Provocation("delete_promo_code", NoSuchPromoCode, of("event", "event", promo_code="a b")),
    Provocation("delete_promo_code", PromoCodeInUse, of("promo_code", "promo_code"), (STUDENTS,), ("uses",)),
    Provocation("get_promo_code", NoSuchPromoCode, of("event", "event", promo_code="NOBODY")),
    Provocation("sell_tickets", TicketsSoldOut, SALE, says=("available", "wanted")),
    Provocation(
        "sell_tickets",
        TicketsSoldOut,
        lambda shop: {**SALE(shop), "quantity": 7},
        (("update_event", of("event", "event", capacity=10)),),
        ("available", "wanted"),
    ),
    Provocation("sell_tickets", EventNotOnSale, SALE, (CANCELLED,)),
    Provocation("sell_tickets", MixedCurrencies, lambda shop: {**FEW(shop), "also": taking(1, "Dollars")}, (DOLLARS,)),
    Provocation("sell_tickets", NoQuota, FEW, (("get_event", uncounted),)),
    Provocation("sell_tickets", NoSuchPromoCode, lambda shop: {**FEW(shop), "promo_code": "NOBODY"}),
    Provocation(
        "sell_tickets",
        PromoCodeNotValid,
        lambda shop: {**FEW(shop), "promo_code": "STUDENT"},
        (("update_promo_code", of("promo_code", "promo_code", active=False)),),
    ),
    Provocation(
        "sell_tickets",
        PromoCodeUsedUp,
        lambda shop: {**FEW(shop), "promo_code": "STUDENT"},
        (STUDENTS, ("update_promo_code", of("promo_code", "promo_code", max_uses=2))),
    ),
    Provocation(
        "hold_tickets",
        TicketsSoldOut,
        of("event", "event", ticket_type="VIP", quantity=11),
        says=("available", "wanted"),
    ),
    Provocation("hold_tickets", EventNotOnSale, of("event", "event", ticket_type="VIP", quantity=1), (CANCELLED,)),
    *(
        Provocation(name, HoldEnded, of("hold", "hold"), (("release_hold", of("hold", "hold")),))
        for name in ("extend_hold", "release_hold")
    ),
    Provocation("record_payment", OverPaid, of("order", "paid_order", method="cash"), says=("available",)),
    Provocation("record_payment", OverPaid, of("order", "open_order", method="cash", amount=5001), says=("available",)),
    Provocation(
        "record_payment",
        OrderClosed,
        of("order", "open_order", method="cash"),
        (("refund_order", of("order", "open_order")),),
    ),
    Provocation("request_payment", NothingToPay, of("order", "paid_order")),
    Provocation("request_payment", OnlinePaymentsOff, of("order", "open_order"), offline=True),
    Provocation("settle_payment", PaymentSettled, SETTLED, says=NEXT),
    Provocation("settle_payment", OnlinePaymentsOff, of("payment", "online_payment"), offline=True),
    Provocation("give_up_payment", PaymentSettled, SETTLED, says=NEXT),
    Provocation("refund_order", RefundTooLarge, of("order", "paid_order", amount=5001), says=("available",)),
    Provocation("refund_order", RefundTooLarge, of("order", "open_order", amount=1), says=("available",)),
    Provocation("refund_order", OrderClosed, of("order", "paid_order"), (("refund_order", of("order", "paid_order")),)),
    Provocation("record_payout", PayoutRecorded, lambda _: {"provider": "stripe", "reference": "po_0", "amount": 1}),
    Provocation("void_payout", PayoutVoided, of("payout", "payout"), (("void_payout", of("payout", "payout")),)),
)
