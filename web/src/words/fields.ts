/** The fields of the trade by their names on the wire: what a person calls them, and how one is typed. Pure tables. */

export type FieldKind = "text" | "long" | "instant" | "day" | "money" | "percent" | "count" | "choice" | "flag" | "names" | "lines";
/** `extra` fields are folded away until somebody wants them or the step carries one. */
export type FieldSpec = { name: string; label: string; kind: FieldKind; choices?: string[]; extra?: boolean };

type Known = [label: string, kind: FieldKind, choices?: string[]];

const METHODS = ["cash", "transfer", "card", "invoice"];

const FIELDS: Record<string, Known> = {
  active: ["Can be used", "flag"],
  add: ["Add", "lines"],
  add_ticket_types: ["Also for ticket types", "names"],
  address: ["Address", "text"],
  all_or_nothing: ["All rows or none", "flag"],
  also: ["Also", "lines"],
  amount: ["Amount", "money"],
  arrived_on: ["Arrived", "day"],
  attendee: ["Attendee", "text"],
  auto_offer: ["Offer places by itself", "flag"],
  billing_address: ["Billing address", "long"],
  budget_amount: ["Budget", "money"],
  buyer: ["Buyer", "text"],
  buyers: ["Buyers", "choice", ["refund_all", "let_choose", "decide_later"]],
  capacity: ["Capacity", "count"],
  check_in_list: ["Check-in list", "text"],
  choose_until: ["Choose until", "instant"],
  city: ["City", "text"],
  closes_at: ["Closes", "instant"],
  code: ["Code", "text"],
  days: ["Days", "count"],
  deadline: ["Decide by", "instant"],
  description: ["Description", "long"],
  device: ["Device", "text"],
  discount_amount: ["Discount", "money"],
  dry_run: ["Only rehearse", "flag"],
  email: ["E-mail", "text"],
  end_date: ["Ends", "instant"],
  entry: ["Entry", "text"],
  event: ["Event", "text"],
  expires_at: ["Kept until", "instant"],
  expires_in_hours: ["Hours to pay", "count"],
  fee_amount: ["Fee", "money"],
  fee_basis_points: ["Fee rate, %", "percent"],
  force: ["Let in anyway", "flag"],
  hidden: ["Only with a code", "flag"],
  hold: ["Hold", "text"],
  hours: ["Hours to decide", "count"],
  keep_amount: ["Keep", "money"],
  label: ["Label", "text"],
  level: ["Level", "text"],
  max_per_buyer: ["At most per buyer", "count"],
  max_per_order: ["At most per order", "count"],
  max_uses: ["Uses", "count"],
  method: ["Paid by", "choice", METHODS],
  min_per_order: ["At least per order", "count"],
  minutes: ["Minutes", "count"],
  name: ["Name", "text"],
  needs_approval: ["Needs your approval", "flag"],
  off_amount: ["Amount off", "money"],
  offer_hours: ["Hours to decide", "count"],
  opens_at: ["Opens", "instant"],
  options: ["Choices", "names"],
  order: ["Order", "text"],
  paid_amount: ["Paid", "money"],
  parts: ["Made of", "lines"],
  payment_method: ["Paid by", "choice", METHODS],
  percent_basis_points: ["Percent off", "percent"],
  places: ["Places", "count"],
  prefix: ["Codes begin with", "text"],
  price_amount: ["Price", "money"],
  promo_code: ["Promo code", "text"],
  provider: ["Paid out by", "choice", ["manual", "sandbox", "stripe"]],
  quantity: ["Quantity", "count"],
  quota: ["Quota", "text"],
  reason: ["Reason", "long"],
  reentry: ["In and out again", "flag"],
  reference: ["Reference", "text"],
  refund_days: ["Days to choose a refund", "count"],
  refund_difference: ["Give the difference back", "flag"],
  remove: ["Take away", "lines"],
  remove_ticket_types: ["No longer for ticket types", "names"],
  sales_end: ["Sold until", "instant"],
  sales_start: ["Sold from", "instant"],
  setup_minutes: ["Set-up, minutes", "count"],
  size: ["Places", "count"],
  sold: ["Sold", "count"],
  space: ["Space", "text"],
  sponsor: ["Sponsor", "text"],
  start_date: ["Starts", "instant"],
  tax_basis_points: ["Tax rate, %", "percent"],
  tax_included: ["Price includes tax", "flag"],
  teardown_minutes: ["Tear-down, minutes", "count"],
  ticket: ["Ticket", "text"],
  ticket_type: ["Ticket type", "text"],
  ticket_types: ["Ticket types", "names"],
  total_amount: ["Total", "money"],
  valid_from: ["Valid from", "instant"],
  valid_until: ["Valid until", "instant"],
  venue: ["Venue", "text"],
};

/** "some_name" as "Some name": the fallback for anything the tables do not know. */
export function humanize(name: string): string {
  const words = name.replace(/_/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A column name as a label: `price_amount` is "Price", `venue_id` is "Venue", `start_date` is "Starts". */
export function fieldLabel(name: string): string {
  return FIELDS[name]?.[0].replace(/, %$/, "") ?? humanize(name.replace(/_(amount|id|at|basis_points)$/, ""));
}

/**
 * The fields of a form from one line: names in their order, those after "|" folded away. A name the table knows
 * otherwise carries its choices behind it: "kind=entry/exit".
 */
export function fieldsOf(line: string): FieldSpec[] {
  const [plain = "", extra = ""] = line.split("|");
  const spec = (word: string): FieldSpec => {
    const [name = "", own] = word.split("=");
    const [label, kind, choices] = FIELDS[name] ?? [humanize(name), "text"];
    if (own) return { name, label, kind: "choice", choices: own.split("/") };
    return choices ? { name, label, kind, choices } : { name, label, kind };
  };
  const words = (part: string) => part.split(" ").filter(Boolean).map(spec);
  return [...words(plain), ...words(extra).map((field) => ({ ...field, extra: true }))];
}
