/** What the operations are called in words of the trade, and which fields a person may edit. Pure tables. */
import { fieldsOf, humanize, type FieldSpec } from "./fields";
import { READS } from "./reads";

/** Name of the card, what is said while it is prepared, what is said when it is done, fields of the form. */
type Write = [title: string, doing: string, done: string, fields: string];

const EVENT = "name start_date end_date venue capacity description";
const VENUE = "name city address capacity description";
const BOOKING = "venue space start_date end_date setup_minutes teardown_minutes";
const TICKET = "name price_amount quantity description | fee_amount fee_basis_points tax_basis_points tax_included sales_start sales_end min_per_order max_per_order max_per_buyer hidden needs_approval parts";
const CODE = "code percent_basis_points off_amount price_amount max_uses valid_until | label budget_amount max_per_buyer valid_from ticket_types";
const SPONSOR = "sponsor level amount";
const DOOR = "name opens_at closes_at | reentry ticket_types";
const SCAN = "kind=entry/exit | force device";

const WRITES: Record<string, Write> = {
  create_event: ["Create event", "Preparing the event", "Event created", EVENT],
  update_event: ["Change event", "Preparing the change", "Event changed", `event ${EVENT}`],
  publish_event: ["Publish event", "Preparing to publish", "Event published", "event"],
  cancel_event: ["Cancel event", "Preparing the cancellation", "Event cancelled", "event buyers keep_amount choose_until reason"],
  postpone_event: ["Postpone event", "Preparing the new date", "Event postponed", "event start_date end_date refund_days keep_amount reason"],
  refund_event: ["Refund an event", "Counting what goes back", "Refund of the event", "event keep_amount reason dry_run"],
  offer_refund_choice: ["Let buyers choose", "Preparing the choice", "Buyers asked", "event order options deadline keep_amount"],
  delete_event: ["Delete draft", "Preparing the deletion", "Draft deleted", "event"],
  create_venue: ["Add venue", "Preparing the venue", "Venue added", VENUE],
  update_venue: ["Change venue", "Preparing the change", "Venue changed", `venue ${VENUE}`],
  delete_venue: ["Delete venue", "Preparing the deletion", "Venue deleted", "venue"],
  book_venue: ["Book venue", "Preparing the booking", "Venue booked", `event ${BOOKING}`],
  update_booking: ["Change booking", "Preparing the change", "Booking changed", BOOKING.replace("venue ", "")],
  cancel_booking: ["Cancel booking", "Preparing the cancellation", "Booking cancelled", "event venue reason"],
  create_ticket_type: ["Put tickets on sale", "Preparing the tickets", "Tickets added", `event ${TICKET} kind=ticket/add_on/bundle`],
  update_ticket_type: ["Change tickets", "Preparing the change", "Tickets changed", `ticket_type event ${TICKET}`],
  delete_ticket_type: ["Remove tickets", "Preparing the removal", "Tickets removed", "ticket_type event"],
  create_quota: ["Add quota", "Preparing the quota", "Quota added", "event name size ticket_types"],
  update_quota: ["Change quota", "Preparing the change", "Quota changed", "quota event name size add_ticket_types remove_ticket_types"],
  delete_quota: ["Delete quota", "Preparing the deletion", "Quota deleted", "quota event"],
  create_promo_code: ["Add promo code", "Preparing the code", "Promo code added", `event ${CODE}`],
  create_vouchers: ["Make vouchers", "Preparing the vouchers", "Vouchers made", "event ticket_type quantity percent_basis_points off_amount price_amount valid_until | max_uses prefix label valid_from"],
  update_promo_code: ["Change promo code", "Preparing the change", "Promo code changed", `promo_code event ${CODE} active`],
  delete_promo_code: ["Delete promo code", "Preparing the deletion", "Promo code deleted", "promo_code event"],
  hold_tickets: ["Hold tickets", "Preparing the hold", "Tickets held", "event ticket_type quantity label days minutes"],
  extend_hold: ["Keep longer", "Preparing more time", "Kept longer", "hold days minutes"],
  release_hold: ["Give held tickets back", "Preparing the release", "Given back", "hold"],
  sell_tickets: ["Sell tickets", "Preparing the sale", "Tickets sold", "event ticket_type quantity also buyer payment_method promo_code | billing_address"],
  record_payment: ["Record payment", "Preparing the payment", "Payment recorded", "order method amount"],
  request_payment: ["Ask for payment online", "Preparing the payment page", "Payment page ready", "order"],
  refund_order: ["Refund order", "Preparing the refund", "Order refunded", "order amount keep_amount reason"],
  refund_tickets: ["Refund tickets", "Preparing the refund", "Tickets refunded", "order attendee ticket_type quantity keep_amount reason"],
  change_order: ["Change order", "Preparing the change", "Order changed", "order remove add refund_difference reason"],
  change_member: ["Change role", "Preparing the change", "Role changed", ""],
  remove_member: ["Remove member", "Preparing the removal", "Member removed", ""],
  transfer_ownership: ["Transfer ownership", "Preparing the transfer", "Ownership transferred", ""],
  invite_member: ["Invite", "Preparing the invitation", "Invited", ""],
  revoke_invitation: ["Revoke invitation", "Taking it back", "Invitation revoked", ""],
  resend_invitation: ["Send invitation again", "Sending it again", "Invitation sent again", ""],
  create_api_key: ["Make API key", "Making the key", "Key made", ""],
  revoke_api_key: ["Revoke API key", "Ending the key", "Key revoked", ""],
  create_webhook: ["Add webhook", "Preparing the webhook", "Webhook added", ""],
  update_webhook: ["Change webhook", "Preparing the change", "Webhook changed", ""],
  delete_webhook: ["Delete webhook", "Preparing the deletion", "Webhook deleted", ""],
  rotate_webhook_secret: ["New secret", "Making a new secret", "Secret rotated", ""],
  send_test_webhook: ["Send a test", "Sending a test", "Test sent", ""],
  redeliver_webhook: ["Deliver again", "Delivering again", "Delivered again", ""],
  attach_file: ["Use a file", "Preparing the file", "File in use", "event sponsor venue"],
  delete_file: ["Delete file", "Preparing the deletion", "File deleted", ""],
  cancel_order: ["Cancel order", "Preparing the cancellation", "Order cancelled", "order"],
  approve_order: ["Approve order", "Preparing the approval", "Order approved", "order expires_in_hours"],
  decline_order: ["Decline order", "Preparing the refusal", "Order declined", "order reason"],
  extend_order: ["Give more time to pay", "Preparing more time", "More time given", "order expires_at"],
  settle_payment: ["Settle payment", "Asking the payment provider", "Payment settled", ""],
  give_up_payment: ["Give up payment", "Giving the payment up", "Payment given up", ""],
  open_waiting_list: ["Open waiting list", "Preparing the waiting list", "Waiting list opened", "event auto_offer offer_hours"],
  close_waiting_list: ["Close waiting list", "Preparing to close it", "Waiting list closed", "event"],
  add_to_waiting_list: ["Put on the waiting list", "Preparing the entry", "On the waiting list", "event ticket_type quantity name email"],
  offer_places: ["Offer places", "Preparing the offers", "Places offered", "event ticket_type places hours"],
  remove_from_waiting_list: ["Take off the waiting list", "Preparing the removal", "Taken off the waiting list", "entry"],
  create_check_in_list: ["Add check-in list", "Preparing the list", "Check-in list added", `event ${DOOR}`],
  update_check_in_list: ["Change check-in list", "Preparing the change", "Check-in list changed", `check_in_list ${DOOR}`],
  delete_check_in_list: ["Delete check-in list", "Preparing the deletion", "Check-in list deleted", "check_in_list event"],
  check_in: ["Check in", "Preparing the check-in", "Checked in", `check_in_list ticket ${SCAN}`],
  check_in_order: ["Check in an order", "Preparing the check-in", "Order checked in", `check_in_list order ${SCAN}`],
  undo_check_in: ["Undo check-in", "Preparing the undo", "Check-in undone", ""],
  upload_check_ins: ["Send scans", "Sending the scans", "Scans sent", ""],
  rename_attendee: ["Rename attendee", "Preparing the new name", "Attendee renamed", "ticket event name email"],
  transfer_ticket: ["Transfer ticket", "Preparing the transfer", "Ticket transferred", "ticket event name email"],
  send_tickets: ["Send tickets again", "Preparing the mail", "Tickets sent", "order"],
  renew_order_link: ["Make a new order link", "Preparing a new link", "New order link", "order"],
  import_attendees: ["Import attendees", "Reading the rows", "Attendees imported", "event ticket_type payment_method dry_run all_or_nothing"],
  add_sponsor: ["Add sponsor", "Preparing the sponsorship", "Sponsor added", `event ${SPONSOR}`],
  update_sponsor: ["Change sponsorship", "Preparing the change", "Sponsorship changed", `${SPONSOR} status=enquiry/agreed/invoiced/paid/declined`],
  remove_sponsor: ["Remove sponsor", "Preparing the removal", "Sponsor removed", "sponsor event"],
  record_payout: ["Record payout", "Preparing the payout", "Payout recorded", "provider reference amount fee_amount arrived_on"],
  void_payout: ["Strike payout", "Preparing to strike it", "Payout struck", ""],
  erase_person: ["Erase person", "Erasing the person", "Person erased", "email"],
  update_organization: ["Change organisation", "Changing the organisation", "Organisation changed", ""],
  propose: ["Proposal", "Preparing a proposal", "Proposal", ""],
  revise_proposal: ["Change proposal", "Making a new preview", "Proposal changed", ""],
  approve_proposal: ["Approve proposal", "Applying", "Applied", ""],
  reject_proposal: ["Reject proposal", "Rejecting", "Rejected", ""],
  undo_proposal: ["Undo", "Preparing the way back", "Undo", ""],
  restore_step: ["Put back", "Preparing the way back", "Put back as it was", ""],
};

export function operationTitle(operation: string): string {
  return (WRITES[operation] ?? READS[operation])?.[0] ?? humanize(operation);
}

export function operationDoing(operation: string): string {
  return (WRITES[operation] ?? READS[operation])?.[1] ?? humanize(operation);
}

export function operationDone(operation: string): string {
  return WRITES[operation]?.[2] ?? operationTitle(operation);
}

/** Whether the tables have words for it; what they do not know is shown by its name. */
export function isKnown(operation: string): boolean {
  return operation in WRITES || operation in READS;
}

/** The editable fields of an operation; empty for one the page does not know. */
export function operationFields(operation: string): FieldSpec[] {
  return fieldsOf(WRITES[operation]?.[3] ?? "");
}
