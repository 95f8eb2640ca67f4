/** Who comes: attendees and their tickets, the door, the waiting list, imports. Pure. */
import type { Attendee, CheckIn, CheckInList, DoorGuest, Import, OfferedPlaces, OrderCheckIn, Organization, TicketDetail, WaitingEntry, WaitingList } from "../../api/types";
import { formatMoney } from "../../words/money";
import { formatMoment } from "../../words/time";
import { counted, facts, joined, kind, right, type TableText, type Telling } from "../kind";

function tellAttendee(attendee: Attendee | TicketDetail): Telling {
  const { attendee_name, attendee_email, ticket_type_name, event_name, order_number, order_status, status } = attendee;
  return {
    line: { icon: "ticket", title: attendee_name || "Without a name", meta: joined(ticket_type_name, event_name, `Order ${order_number}`), figure: "", status },
    facts: facts(["E-mail", attendee_email], ["Order is", order_status !== "paid" && order_status], ["Transferred", attendee.transferred_from && "from somebody else"]),
  };
}

function tellWaiting({ event_name, is_open, auto_offer, offer_hours, waiting, offered }: WaitingList): Telling {
  return {
    line: { icon: "threads", title: `Waiting list of ${event_name}`, meta: joined(`${waiting.toLocaleString()} waiting`, `${offered.toLocaleString()} with an offer`), figure: "", status: is_open ? "open" : "closed" },
    facts: facts(["Free places", auto_offer ? "are offered to the next by itself" : "are offered when you say so"], ["To decide", counted(offer_hours, "hour")]),
  };
}

function tellEntry({ name, email, event_name, ticket_type_name, quantity, status, position, offer_expires_at, order_number }: WaitingEntry, zone: string): Telling {
  const until = status === "offered" && offer_expires_at && `offer until ${formatMoment(offer_expires_at, zone)}`;
  return { line: { icon: "threads", title: name || email, meta: joined(`${quantity} × ${ticket_type_name}`, event_name, until, order_number && `Order ${order_number}`), figure: position === null ? "" : `No. ${position}`, status } };
}

function tellOffers({ event_name, places, offered, passed_over, still_waiting, hours }: OfferedPlaces): Telling {
  return {
    line: { icon: "send", title: `${counted(places, "place")} offered`, meta: joined(event_name, `${counted(hours, "hour")} to decide`), figure: "", status: null },
    notes: passed_over > 0 ? [{ tone: "warn", text: `${passed_over} wanted more places than are free and were passed over.` }] : [],
    tables: offered.length > 0 ? [{ caption: "Offers", columns: [{ name: "Offered to" }, right("Places")], rows: offered.map(({ name, email, quantity }) => [name || email, String(quantity)]) }] : [],
    facts: facts(["Still waiting", still_waiting.toLocaleString()]),
  };
}

function tellList({ name, event_name, expected, entered, inside, by_type, reentry, opens_at, closes_at, every_type, ticket_types }: CheckInList, zone: string): Telling {
  const table: TableText = {
    caption: "Who came, by ticket type",
    columns: [{ name: "Tickets" }, right("Came"), right("Inside"), right("Expected")],
    rows: by_type.map((type) => [type.name, type.entered, type.inside, type.expected].map((cell) => cell.toLocaleString())),
  };
  return {
    line: { icon: "ticket", title: name, meta: joined(event_name, `${inside.toLocaleString()} inside`), figure: `${entered.toLocaleString()}/${expected.toLocaleString()}`, status: null },
    tables: by_type.length > 0 ? [table] : [],
    facts: facts(
      ["Opens", opens_at && formatMoment(opens_at, zone)],
      ["Closes", closes_at && formatMoment(closes_at, zone)],
      ["Only for", !every_type && ticket_types.join(", ")],
      ["Out and in again", reentry && "allowed"],
    ),
  };
}

function tellScan({ outcome, message, attendee_name, ticket_type, order_number, check_in_list_name, scanned_at, undone_at, conflict }: CheckIn, zone: string): Telling {
  return {
    line: { icon: outcome === "accepted" ? "check" : "cross", title: attendee_name ?? "Unknown ticket", meta: joined(ticket_type, order_number && `Order ${order_number}`, check_in_list_name, formatMoment(scanned_at, zone)), figure: "", status: undone_at ? "undone" : outcome },
    notes: outcome === "refused" || conflict ? [{ tone: "warn", text: message }] : [],
  };
}

function tellOrderScan({ number, accepted, refused, check_ins }: OrderCheckIn): Telling {
  return {
    line: { icon: "check", title: `Order ${number}`, meta: joined(`${accepted} let in`, refused > 0 && `${refused} refused`), figure: "", status: null },
    tables: [{ caption: "Tickets of the order", columns: [{ name: "Ticket" }, { name: "Outcome" }], rows: check_ins.map(({ attendee_name, ticket_type, message }) => [joined(attendee_name, ticket_type), message]) }],
  };
}

function tellGuest({ attendee_name, email_hint, ticket_type, order_number, barred, inside, on_list, entered_at }: DoorGuest, zone: string): Telling {
  const where = inside ? "inside" : entered_at ? "went out" : null;
  return { line: { icon: "ticket", title: attendee_name || email_hint, meta: joined(ticket_type, `Order ${order_number}`, entered_at && formatMoment(entered_at, zone), !on_list && "not on this list"), figure: "", status: barred ?? where } };
}

const SHOWN_ROWS = 20;

function tellImport({ event_name, dry_run, rows, made, skipped, failed, total_amount, currency, made_rows, skipped_rows, failed_rows, ignored_columns }: Import): Telling {
  const more = (all: number, shown: number): string[][] => (all > shown ? [[`and ${(all - shown).toLocaleString()} more`, ""]] : []);
  const table = (caption: string, about: string, found: string[][], all: number): TableText => ({ caption, columns: [{ name: caption }, { name: about }], rows: [...found.slice(0, SHOWN_ROWS), ...more(all, Math.min(found.length, SHOWN_ROWS))] });
  const tables = [
    table("Failed", "Why", failed_rows.map(({ row, reason, text }) => [`Row\u00a0${row}`, joined(reason, text)]), failed),
    table("Skipped", "Why", skipped_rows.map(({ row, name, reason }) => [joined(`Row\u00a0${row}`, name), reason]), skipped),
    table(dry_run ? "Would be made" : "Made", "Ticket", made_rows.map(({ row, name, ticket_type_name, price_amount }) => [joined(`Row\u00a0${row}`, name), joined(ticket_type_name, price_amount > 0 && formatMoney(price_amount, currency))]), made),
  ];
  const notes: NonNullable<Telling["notes"]> = dry_run ? [{ tone: "calm", text: "This is a rehearsal: nobody was imported." }] : [];
  if (ignored_columns.length > 0) notes.push({ tone: "warn", text: `Columns nobody knows were left out: ${ignored_columns.join(", ")}.` });
  return {
    line: { icon: "threads", title: `${rows.toLocaleString()} rows for ${event_name}`, meta: joined(`${made.toLocaleString()} ${dry_run ? "would be made" : "made"}`, `${skipped.toLocaleString()} skipped`, `${failed.toLocaleString()} failed`), figure: formatMoney(total_amount, currency), status: dry_run ? "rehearsal" : null },
    notes,
    tables: tables.filter((one) => one.rows.length > 0),
  };
}

export const PEOPLE = [
  kind<Import>(["made_rows", "failed_rows", "dry_run"], tellImport),
  kind<CheckIn>(["outcome", "nonce", "scanned_at"], tellScan),
  kind<OrderCheckIn>(["accepted", "refused", "check_ins"], tellOrderScan),
  kind<CheckInList>(["expected", "entered", "by_type"], tellList),
  kind<DoorGuest>(["on_list", "barred", "email_hint"], tellGuest),
  kind<WaitingList>(["is_open", "auto_offer"], tellWaiting),
  kind<WaitingEntry>(["position", "offer_expires_at"], tellEntry),
  kind<OfferedPlaces>(["offered", "passed_over"], tellOffers),
  kind<Attendee>(["attendee_name", "ticket_type_name", "order_number"], tellAttendee),
  kind<Organization>(["name", "role", "auto_apply"], ({ name, role, timezone, currency, locale, auto_apply }) => ({
    line: { icon: "place", title: name, meta: joined(timezone, currency, locale), figure: "", status: role },
    facts: facts(["The copilot", auto_apply ? "may apply small changes by itself" : "asks before every change"]),
  })),
];
