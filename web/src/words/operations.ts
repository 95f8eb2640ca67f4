/** What the operations are called in words of the trade, and which fields a person may edit. Pure tables. */

export type FieldKind = "text" | "long" | "instant" | "money" | "count" | "choice";
export type FieldSpec = { name: string; label: string; kind: FieldKind; choices?: string[] };

type OperationWords = { title: string; doing: string; done: string; fields: FieldSpec[] };

const text = (name: string, label: string): FieldSpec => ({ name, label, kind: "text" });
const long = (name: string, label: string): FieldSpec => ({ name, label, kind: "long" });
const instant = (name: string, label: string): FieldSpec => ({ name, label, kind: "instant" });
const money = (name: string, label: string): FieldSpec => ({ name, label, kind: "money" });
const count = (name: string, label: string): FieldSpec => ({ name, label, kind: "count" });
const choice = (name: string, label: string, choices: string[]): FieldSpec => ({ name, label, kind: "choice", choices });

const EVENT = text("event", "Event");
const EVENT_FIELDS = [
  text("name", "Name"),
  instant("start_date", "Starts"),
  instant("end_date", "Ends"),
  text("venue", "Venue"),
  count("capacity", "Capacity"),
  long("description", "Description"),
];
const VENUE_FIELDS = [
  text("name", "Name"),
  text("city", "City"),
  text("address", "Address"),
  count("capacity", "Capacity"),
  long("description", "Description"),
];
const BOOKING_FIELDS = [
  text("venue", "Venue"),
  text("space", "Space"),
  instant("start_date", "From"),
  instant("end_date", "Until"),
  count("setup_minutes", "Set-up, minutes"),
  count("teardown_minutes", "Tear-down, minutes"),
];
const TICKET_FIELDS = [
  text("name", "Name"),
  money("price_amount", "Price"),
  count("quantity", "Quantity"),
  long("description", "Description"),
];
const SPONSOR_FIELDS = [text("sponsor", "Sponsor"), text("level", "Level"), money("amount", "Amount")];
const METHODS = ["cash", "transfer", "card", "invoice"];

const OPERATIONS: Record<string, OperationWords> = {
  create_event: { title: "Create event", doing: "Preparing the event", done: "Event created", fields: EVENT_FIELDS },
  update_event: { title: "Change event", doing: "Preparing the change", done: "Event changed", fields: [EVENT, ...EVENT_FIELDS] },
  publish_event: { title: "Publish event", doing: "Preparing to publish", done: "Event published", fields: [EVENT] },
  cancel_event: { title: "Cancel event", doing: "Preparing the cancellation", done: "Event cancelled", fields: [EVENT, long("reason", "Reason")] },
  delete_event: { title: "Delete draft", doing: "Preparing the deletion", done: "Draft deleted", fields: [EVENT] },
  create_venue: { title: "Add venue", doing: "Preparing the venue", done: "Venue added", fields: VENUE_FIELDS },
  update_venue: { title: "Change venue", doing: "Preparing the change", done: "Venue changed", fields: [text("venue", "Venue"), ...VENUE_FIELDS] },
  delete_venue: { title: "Delete venue", doing: "Preparing the deletion", done: "Venue deleted", fields: [text("venue", "Venue")] },
  book_venue: { title: "Book venue", doing: "Preparing the booking", done: "Venue booked", fields: [EVENT, ...BOOKING_FIELDS] },
  update_booking: { title: "Change booking", doing: "Preparing the change", done: "Booking changed", fields: BOOKING_FIELDS },
  cancel_booking: { title: "Cancel booking", doing: "Preparing the cancellation", done: "Booking cancelled", fields: [EVENT, text("venue", "Venue"), long("reason", "Reason")] },
  create_ticket_type: { title: "Put tickets on sale", doing: "Preparing the tickets", done: "Tickets added", fields: [EVENT, ...TICKET_FIELDS] },
  update_ticket_type: { title: "Change tickets", doing: "Preparing the change", done: "Tickets changed", fields: [text("ticket_type", "Ticket type"), EVENT, ...TICKET_FIELDS] },
  delete_ticket_type: { title: "Remove tickets", doing: "Preparing the removal", done: "Tickets removed", fields: [text("ticket_type", "Ticket type"), EVENT] },
  sell_tickets: { title: "Sell tickets", doing: "Preparing the sale", done: "Tickets sold", fields: [EVENT, text("ticket_type", "Ticket type"), count("quantity", "Quantity"), text("buyer", "Buyer"), choice("payment_method", "Paid by", METHODS)] },
  record_payment: { title: "Record payment", doing: "Preparing the payment", done: "Payment recorded", fields: [text("order", "Order"), choice("method", "Paid by", METHODS), money("amount", "Amount")] },
  refund_order: { title: "Refund order", doing: "Preparing the refund", done: "Order refunded", fields: [text("order", "Order"), money("amount", "Amount"), long("reason", "Reason")] },
  add_sponsor: { title: "Add sponsor", doing: "Preparing the sponsorship", done: "Sponsor added", fields: [EVENT, ...SPONSOR_FIELDS] },
  update_sponsor: { title: "Change sponsorship", doing: "Preparing the change", done: "Sponsorship changed", fields: [...SPONSOR_FIELDS, choice("status", "Status", ["enquiry", "agreed", "invoiced", "paid", "declined"])] },
  remove_sponsor: { title: "Remove sponsor", doing: "Preparing the removal", done: "Sponsor removed", fields: [text("sponsor", "Sponsor"), EVENT] },
  get_event: { title: "Event", doing: "Looking up the event", done: "Event", fields: [] },
  list_events: { title: "Events", doing: "Looking through the events", done: "Events", fields: [] },
  get_venue: { title: "Venue", doing: "Looking up the venue", done: "Venue", fields: [] },
  find_venues: { title: "Venues", doing: "Looking for venues", done: "Venues", fields: [] },
  get_booking: { title: "Booking", doing: "Looking up the booking", done: "Booking", fields: [] },
  list_bookings: { title: "Bookings", doing: "Looking through the bookings", done: "Bookings", fields: [] },
  get_ticket_type: { title: "Tickets", doing: "Looking up the tickets", done: "Tickets", fields: [] },
  list_ticket_types: { title: "Tickets", doing: "Looking through the tickets", done: "Tickets", fields: [] },
  get_order: { title: "Order", doing: "Looking up the order", done: "Order", fields: [] },
  list_orders: { title: "Orders", doing: "Looking through the orders", done: "Orders", fields: [] },
  get_sponsor: { title: "Sponsor", doing: "Looking up the sponsor", done: "Sponsor", fields: [] },
  list_sponsors: { title: "Sponsors", doing: "Looking through the sponsors", done: "Sponsors", fields: [] },
  sales_report: { title: "Sales", doing: "Adding up the sales", done: "Sales", fields: [] },
  get_proposal: { title: "Proposal", doing: "Looking up the proposal", done: "Proposal", fields: [] },
  list_proposals: { title: "Proposals", doing: "Looking through the proposals", done: "Proposals", fields: [] },
  list_audit: { title: "Audit log", doing: "Reading the audit log", done: "Audit log", fields: [] },
  propose: { title: "Proposal", doing: "Preparing a proposal", done: "Proposal", fields: [] },
  restore_step: { title: "Put back", doing: "Preparing the way back", done: "Put back as it was", fields: [] },
  show_on_page: { title: "Open on the page", doing: "Opening it on the page", done: "Opened on the page", fields: [] },
  undo_proposal: { title: "Undo", doing: "Preparing the way back", done: "Undo", fields: [] },
};

/** "some_name" as "Some name": the fallback for anything the tables do not know. */
export function humanize(name: string): string {
  const words = name.replace(/_/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function operationTitle(operation: string): string {
  return OPERATIONS[operation]?.title ?? humanize(operation);
}

export function operationDoing(operation: string): string {
  return OPERATIONS[operation]?.doing ?? humanize(operation);
}

export function operationDone(operation: string): string {
  return OPERATIONS[operation]?.done ?? humanize(operation);
}

/** The editable fields of an operation; empty for one the page does not know. */
export function operationFields(operation: string): FieldSpec[] {
  return OPERATIONS[operation]?.fields ?? [];
}

/** A column name as a label: `price_amount` is "Price", `venue_id` is "Venue", `start_date` is "Starts". */
export function fieldLabel(name: string): string {
  const special: Record<string, string> = { start_date: "Starts", end_date: "Ends", amount: "Amount", sold: "Sold" };
  return special[name] ?? humanize(name.replace(/_(amount|id|at)$/, ""));
}
