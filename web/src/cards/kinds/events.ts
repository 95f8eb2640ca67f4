/** What happens to a whole event: cancelled, postponed, refunded, and what each buyer chose. Pure. */
import type { CancelledEvent, OfferedChoices, PostponedEvent, RefundChoice, RefundRun } from "../../api/types";
import { humanize } from "../../words/fields";
import { formatMoney } from "../../words/money";
import { formatMoment, formatSpan } from "../../words/time";
import { counted, facts, joined, kind, right, type TableText, type Telling } from "../kind";

const STATES: Record<RefundRun["status"], string> = { planned: "Would go back", running: "Going back now", done: "Went back" };

function refundTables(run: RefundRun): TableText[] {
  const amounts: TableText = {
    caption: STATES[run.status],
    columns: [{ name: STATES[run.status] }, right("Orders"), right("Paid"), right("Kept"), right("Back")],
    rows: run.amounts.map(({ currency, orders, paid_amount, kept_amount, refund_amount }) => [currency, orders.toLocaleString(), formatMoney(paid_amount, currency), formatMoney(kept_amount, currency), formatMoney(refund_amount, currency)]),
  };
  const ways: TableText = {
    caption: "How it goes back",
    columns: [{ name: "How" }, right("Orders"), right("Amount")],
    rows: run.ways.map(({ provider, method, automatic, currency, orders, amount }) => [joined(humanize(method), provider !== "manual" && provider, automatic ? "by itself" : "by hand"), orders.toLocaleString(), formatMoney(amount, currency)]),
  };
  const out: TableText = {
    caption: "What cannot be refunded",
    columns: [{ name: "Left out" }, right("Orders"), right("Amount")],
    rows: run.left_out.map(({ why, currency, orders, amount }) => [humanize(why), orders.toLocaleString(), formatMoney(amount, currency)]),
  };
  const sample: TableText = {
    caption: "The first orders",
    columns: [{ name: "Order" }, { name: "Buyer" }, right("Back")],
    rows: run.sample.slice(0, 5).map(({ order_number, buyer_name, refund_amount, currency, why }) => [order_number, buyer_name || "–", why ? humanize(why) : formatMoney(refund_amount, currency)]),
  };
  return [amounts, ways, out, sample].filter((table) => table.rows.length > 0);
}

function refundNotes(run: RefundRun): NonNullable<Telling["notes"]> {
  const notes: NonNullable<Telling["notes"]> = [];
  if (run.dry_run) notes.push({ tone: "calm", text: "This is a rehearsal: nothing was refunded." });
  const out = run.left_out.reduce((sum, part) => sum + part.orders, 0);
  if (out > 0) notes.push({ tone: "warn", text: `${counted(out, "order")} cannot be refunded this way.` });
  const byHand = run.ways.filter((way) => !way.automatic).reduce((sum, way) => sum + way.orders, 0);
  if (byHand > 0) notes.push({ tone: "warn", text: `${counted(byHand, "refund")} must be handed over by you: no provider can send that money back.` });
  return notes;
}

function tellRun(run: RefundRun): Telling {
  const money = run.amounts.map(({ refund_amount, currency }) => formatMoney(refund_amount, currency)).join(" + ");
  return {
    line: { icon: "undo", title: `Refund of ${run.event_name}`, meta: joined(counted(run.orders, "order"), counted(run.tickets, "ticket"), run.status === "running" && `${run.done.toLocaleString()} done`), figure: money, status: run.dry_run ? "rehearsal" : run.status },
    notes: refundNotes(run),
    tables: refundTables(run),
  };
}

const eventLine = (event: CancelledEvent | PostponedEvent, meta: string): Telling["line"] => ({ icon: "calendar", title: event.name, meta, figure: "", status: event.status });

function tellCancelled(event: CancelledEvent): Telling {
  return {
    line: eventLine(event, joined(event.venue_name, event.cancel_reason)),
    notes: event.refunds ? refundNotes(event.refunds) : [],
    tables: event.refunds ? refundTables(event.refunds) : [],
    facts: facts(
      ["Orders ended", event.orders_ended > 0 && event.orders_ended.toLocaleString()],
      ["Holds given back", event.holds_released > 0 && event.holds_released.toLocaleString()],
      ["Rooms freed", event.bookings_freed > 0 && event.bookings_freed.toLocaleString()],
      ["Waiting, told", event.waiting_told > 0 && event.waiting_told.toLocaleString()],
      ["Asked to choose", event.choices_offered > 0 && counted(event.choices_offered, "buyer")],
    ),
  };
}

const ROOM: Record<PostponedEvent["booking"], string> = { moved: "The booking of the venue moved along.", freed: "The venue is not free then: its booking was given back.", none: "" };

function tellPostponed(event: PostponedEvent): Telling {
  return {
    line: eventLine(event, joined(formatSpan(event.start_date, event.end_date, event.timezone), event.venue_name)),
    notes: event.booking === "freed" ? [{ tone: "warn", text: ROOM.freed }] : [],
    facts: facts(
      ["Room", event.booking === "moved" && ROOM.moved],
      ["May choose a refund", event.choices_offered > 0 && counted(event.choices_offered, "buyer")],
      ["Until", event.refund_until && formatMoment(event.refund_until, event.timezone)],
    ),
  };
}

function tellChoice(choice: RefundChoice, zone: string): Telling {
  const { order_number, buyer_name, buyer_email, event_name, state, currency, refund_amount, keep_amount, deadline, options } = choice;
  return {
    line: { icon: "receipt", title: joined(`Order ${order_number}`, buyer_name || buyer_email), meta: joined(event_name, state === "open" && `decides by ${formatMoment(deadline, zone)}`), figure: formatMoney(refund_amount, currency), status: state },
    facts: facts(["May choose", options.map(humanize).join(", ")], ["Kept as a fee", keep_amount > 0 && formatMoney(keep_amount, currency)]),
  };
}

function tellOffered({ event_name, asked, options, deadline }: OfferedChoices, zone: string): Telling {
  return { line: { icon: "send", title: `${counted(asked, "buyer")} asked`, meta: joined(event_name, options.map(humanize).join(", "), `until ${formatMoment(deadline, zone)}`), figure: "", status: null } };
}

export const EVENTS = [
  kind<RefundRun>(["amounts", "left_out", "sample"], tellRun),
  kind<CancelledEvent>(["name", "orders_ended", "waiting_told"], tellCancelled),
  kind<PostponedEvent>(["name", "refund_until", "booking"], tellPostponed),
  kind<RefundChoice>(["order_number", "options", "state", "deadline"], tellChoice),
  kind<OfferedChoices>(["asked", "options", "deadline"], tellOffered),
];
