"""Every operation by name: one explicit list, no import magic. A door offers what stands here."""

from __future__ import annotations

from collections.abc import Mapping

from tools.api_keys import operations as api_keys
from tools.attendees import operations as attendees
from tools.bookings import operations as bookings
from tools.cancellations import operations as cancellations
from tools.check_ins import lists as check_in_lists
from tools.check_ins import operations as check_ins
from tools.events import operations as events
from tools.exports import operations as exports
from tools.files import operations as files
from tools.holds import operations as holds
from tools.ledger import operations as ledger
from tools.mails import operations as mails
from tools.members import invitations
from tools.members import operations as members
from tools.operation import AnyOperation
from tools.orders import changes as order_changes
from tools.orders import operations as orders
from tools.orders import selling
from tools.orders import states as order_states
from tools.organizations import operations as organizations
from tools.payments import operations as payments
from tools.payouts import operations as payouts
from tools.privacy import operations as privacy
from tools.promo_codes import operations as promo_codes
from tools.proposals import operations as proposals
from tools.quotas import operations as quotas
from tools.reports import operations as reports
from tools.sponsors import operations as sponsors
from tools.tickets import operations as tickets
from tools.venues import operations as venues
from tools.waiting_list import operations as waiting_list
from tools.webhooks import operations as webhooks

OPERATIONS: tuple[AnyOperation, ...] = (
    events.create_event,
    events.update_event,
    events.publish_event,
    cancellations.cancel_event,
    cancellations.postpone_event,
    cancellations.refund_event,
    cancellations.get_event_refund,
    cancellations.offer_refund_choice,
    cancellations.list_refund_choices,
    events.delete_event,
    events.get_event,
    events.list_events,
    venues.create_venue,
    venues.update_venue,
    venues.delete_venue,
    venues.get_venue,
    venues.find_venues,
    bookings.book_venue,
    bookings.update_booking,
    bookings.cancel_booking,
    bookings.get_booking,
    bookings.list_bookings,
    tickets.create_ticket_type,
    tickets.update_ticket_type,
    tickets.delete_ticket_type,
    tickets.get_ticket_type,
    tickets.list_ticket_types,
    quotas.create_quota,
    quotas.update_quota,
    quotas.delete_quota,
    quotas.get_quota,
    quotas.list_quotas,
    quotas.explain_availability,
    promo_codes.create_promo_code,
    promo_codes.create_vouchers,
    promo_codes.update_promo_code,
    promo_codes.delete_promo_code,
    promo_codes.get_promo_code,
    promo_codes.list_promo_codes,
    holds.hold_tickets,
    holds.extend_hold,
    holds.release_hold,
    holds.get_hold,
    holds.list_holds,
    selling.sell_tickets,
    orders.record_payment,
    orders.refund_order,
    order_changes.refund_tickets,
    order_changes.change_order,
    order_states.cancel_order,
    order_states.approve_order,
    order_states.decline_order,
    order_states.extend_order,
    waiting_list.open_waiting_list,
    waiting_list.close_waiting_list,
    waiting_list.add_to_waiting_list,
    waiting_list.list_waiting_list,
    waiting_list.offer_places,
    waiting_list.remove_from_waiting_list,
    orders.get_order,
    orders.list_orders,
    payments.request_payment,
    payments.settle_payment,
    payments.give_up_payment,
    payments.list_payments,
    payments.list_refunds,
    check_in_lists.create_check_in_list,
    check_in_lists.update_check_in_list,
    check_in_lists.delete_check_in_list,
    check_in_lists.get_check_in_list,
    check_in_lists.list_check_in_lists,
    check_ins.check_in,
    check_ins.check_in_order,
    check_ins.upload_check_ins,
    check_ins.undo_check_in,
    check_ins.search_attendees_at_door,
    check_ins.download_check_in_list,
    attendees.list_attendees,
    attendees.get_ticket,
    attendees.rename_attendee,
    attendees.transfer_ticket,
    attendees.send_tickets,
    attendees.get_order_link,
    attendees.renew_order_link,
    attendees.import_attendees,
    sponsors.add_sponsor,
    sponsors.update_sponsor,
    sponsors.remove_sponsor,
    sponsors.get_sponsor,
    sponsors.list_sponsors,
    files.get_file,
    files.list_files,
    files.delete_file,
    files.attach_file,
    payouts.record_payout,
    payouts.void_payout,
    payouts.get_payout,
    payouts.list_payouts,
    ledger.ledger_report,
    ledger.list_ledger,
    ledger.check_ledger,
    mails.list_mails,
    mails.get_mail,
    webhooks.create_webhook,
    webhooks.update_webhook,
    webhooks.delete_webhook,
    webhooks.rotate_webhook_secret,
    webhooks.send_test_webhook,
    webhooks.redeliver_webhook,
    webhooks.get_webhook,
    webhooks.list_webhooks,
    webhooks.list_webhook_deliveries,
    reports.sales_report,
    reports.compare_sales,
    reports.orders_to_settle,
    exports.export,
    privacy.export_person,
    privacy.erase_person,
    privacy.list_erasures,
    reports.list_audit,
    organizations.get_organization,
    organizations.update_organization,
    members.list_members,
    members.change_member,
    members.remove_member,
    members.transfer_ownership,
    invitations.invite_member,
    invitations.revoke_invitation,
    invitations.resend_invitation,
    invitations.list_invitations,
    api_keys.create_api_key,
    api_keys.revoke_api_key,
    api_keys.list_api_keys,
    proposals.propose,
    proposals.revise_proposal,
    proposals.approve_proposal,
    proposals.reject_proposal,
    proposals.undo_proposal,
    proposals.restore_step,
    proposals.get_proposal,
    proposals.list_proposals,
)

CATALOG: Mapping[str, AnyOperation] = {operation.name: operation for operation in OPERATIONS}
