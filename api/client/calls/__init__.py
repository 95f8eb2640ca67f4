"""Every part of the API. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from collections.abc import Mapping

from api.client.calls.api_keys import ApiKeysCalls
from api.client.calls.attendees import AttendeesCalls
from api.client.calls.audit import AuditCalls
from api.client.calls.auth import AuthCalls
from api.client.calls.availability import AvailabilityCalls
from api.client.calls.bookings import BookingsCalls
from api.client.calls.check_in_lists import CheckInListsCalls
from api.client.calls.check_ins import CheckInsCalls
from api.client.calls.events import EventsCalls
from api.client.calls.exports import ExportsCalls
from api.client.calls.files import FilesCalls
from api.client.calls.holds import HoldsCalls
from api.client.calls.invitations import InvitationsCalls
from api.client.calls.ledger import LedgerCalls
from api.client.calls.mails import MailsCalls
from api.client.calls.members import MembersCalls
from api.client.calls.orders import OrdersCalls
from api.client.calls.organization import OrganizationCalls
from api.client.calls.payments import PaymentsCalls
from api.client.calls.payouts import PayoutsCalls
from api.client.calls.people import PeopleCalls
from api.client.calls.platform import PlatformCalls
from api.client.calls.promo_codes import PromoCodesCalls
from api.client.calls.proposals import ProposalsCalls
from api.client.calls.public import PublicCalls
from api.client.calls.quotas import QuotasCalls
from api.client.calls.refund_choices import RefundChoicesCalls
from api.client.calls.refunds import RefundsCalls
from api.client.calls.reports import ReportsCalls
from api.client.calls.sponsors import SponsorsCalls
from api.client.calls.ticket_types import TicketTypesCalls
from api.client.calls.venues import VenuesCalls
from api.client.calls.vouchers import VouchersCalls
from api.client.calls.waiting_list import WaitingListCalls
from api.client.calls.webhook_deliveries import WebhookDeliveriesCalls
from api.client.calls.webhooks import WebhooksCalls
from api.client.connection import Calls, Connection

PARTS: Mapping[str, type[Calls]] = {
    "api_keys": ApiKeysCalls,
    "attendees": AttendeesCalls,
    "audit": AuditCalls,
    "auth": AuthCalls,
    "availability": AvailabilityCalls,
    "bookings": BookingsCalls,
    "check_in_lists": CheckInListsCalls,
    "check_ins": CheckInsCalls,
    "events": EventsCalls,
    "exports": ExportsCalls,
    "files": FilesCalls,
    "holds": HoldsCalls,
    "invitations": InvitationsCalls,
    "ledger": LedgerCalls,
    "mails": MailsCalls,
    "members": MembersCalls,
    "orders": OrdersCalls,
    "organization": OrganizationCalls,
    "payments": PaymentsCalls,
    "payouts": PayoutsCalls,
    "people": PeopleCalls,
    "platform": PlatformCalls,
    "promo_codes": PromoCodesCalls,
    "proposals": ProposalsCalls,
    "public": PublicCalls,
    "quotas": QuotasCalls,
    "refund_choices": RefundChoicesCalls,
    "refunds": RefundsCalls,
    "reports": ReportsCalls,
    "sponsors": SponsorsCalls,
    "ticket_types": TicketTypesCalls,
    "venues": VenuesCalls,
    "vouchers": VouchersCalls,
    "waiting_list": WaitingListCalls,
    "webhook_deliveries": WebhookDeliveriesCalls,
    "webhooks": WebhooksCalls,
}


class Parts:
    """The parts of the API over one connection."""

    def __init__(self, connection: Connection) -> None:
        self.api_keys = ApiKeysCalls(connection)
        self.attendees = AttendeesCalls(connection)
        self.audit = AuditCalls(connection)
        self.auth = AuthCalls(connection)
        self.availability = AvailabilityCalls(connection)
        self.bookings = BookingsCalls(connection)
        self.check_in_lists = CheckInListsCalls(connection)
        self.check_ins = CheckInsCalls(connection)
        self.events = EventsCalls(connection)
        self.exports = ExportsCalls(connection)
        self.files = FilesCalls(connection)
        self.holds = HoldsCalls(connection)
        self.invitations = InvitationsCalls(connection)
        self.ledger = LedgerCalls(connection)
        self.mails = MailsCalls(connection)
        self.members = MembersCalls(connection)
        self.orders = OrdersCalls(connection)
        self.organization = OrganizationCalls(connection)
        self.payments = PaymentsCalls(connection)
        self.payouts = PayoutsCalls(connection)
        self.people = PeopleCalls(connection)
        self.platform = PlatformCalls(connection)
        self.promo_codes = PromoCodesCalls(connection)
        self.proposals = ProposalsCalls(connection)
        self.public = PublicCalls(connection)
        self.quotas = QuotasCalls(connection)
        self.refund_choices = RefundChoicesCalls(connection)
        self.refunds = RefundsCalls(connection)
        self.reports = ReportsCalls(connection)
        self.sponsors = SponsorsCalls(connection)
        self.ticket_types = TicketTypesCalls(connection)
        self.venues = VenuesCalls(connection)
        self.vouchers = VouchersCalls(connection)
        self.waiting_list = WaitingListCalls(connection)
        self.webhook_deliveries = WebhookDeliveriesCalls(connection)
        self.webhooks = WebhooksCalls(connection)
