/** What the shop says to people: why something can not be had, and what went wrong. Pure. */
import { formatMoney } from "../words/money";
import { formatMoment } from "../words/time";
import type { Refused } from "./api";
import type { EventDetail, TicketType } from "./types";

/** Why this ticket can not be chosen now, or null when it can. */
export function whyNot(type: TicketType, zone: string): string | null {
  if (type.sales === "not_open") return type.sales_start ? `On sale from ${formatMoment(type.sales_start, zone)}` : "Not on sale yet";
  if (type.sales === "closed") return "Sales ended";
  if (type.availability === "reserved") return "All taken right now, but some buyers are still deciding. Look again in a few minutes.";
  if (type.availability === "ordered") return "All ordered. Some are not paid yet and may come back.";
  if (type.availability === "sold_out") return "Sold out";
  if (type.available < type.min_per_order) return `Only ${type.available} left, and at least ${type.min_per_order} are sold together.`;
  return null;
}

/** A short mark beside the price. */
export function mark(type: TicketType): string | null {
  if (type.sales !== "open") return type.sales === "not_open" ? "Not on sale yet" : "Sales ended";
  if (type.availability === "sold_out") return "Sold out";
  if (type.availability !== "available") return "None free right now";
  return type.available < 10 ? `${type.available} left` : null;
}

/** How many may be chosen: 0, or from the least sold together up to what is left and allowed. */
export function most(type: TicketType): number {
  const left = type.available >= 10 ? 1000 : type.available;
  return Math.min(left, type.max_per_order ?? 20, type.max_per_buyer ?? 1000);
}

/** What to know before choosing. */
export function terms(type: TicketType): string[] {
  const said: string[] = [];
  if (type.kind === "add_on") said.push("Goes with a ticket.");
  if (type.parts.length > 0) said.push(`Contains ${type.parts.map((part) => `${part.quantity} × ${part.name}`).join(", ")}.`);
  if (type.min_per_order > 1) said.push(`Sold from ${type.min_per_order} up.`);
  if (type.max_per_buyer) said.push(`At most ${type.max_per_buyer} per person.`);
  if (type.needs_approval) said.push("The organiser confirms each order before you pay.");
  return said;
}

/** What of the price is fee and tax, where there is any. */
export function contained(type: { fee_amount: number; tax_amount: number }, currency: string): string | null {
  const parts: string[] = [];
  if (type.fee_amount) parts.push(`${formatMoney(type.fee_amount, currency)} fee`);
  if (type.tax_amount) parts.push(`${formatMoney(type.tax_amount, currency)} tax`);
  return parts.length > 0 ? `incl. ${parts.join(" and ")}` : null;
}

export function priceText(amount: number, currency: string): string {
  return amount === 0 ? "Free" : formatMoney(amount, currency);
}

/** What the basket comes to, as long as nothing is held; per currency there is one shop, so the first type's counts. */
export function sumOf(event: EventDetail, basket: Record<string, number>): { amount: number; currency: string; tickets: number } {
  let amount = 0;
  let tickets = 0;
  for (const type of event.ticket_types) {
    amount += type.price_amount * (basket[type.id] ?? 0);
    tickets += basket[type.id] ?? 0;
  }
  return { amount, tickets, currency: event.ticket_types[0]?.currency ?? "EUR" };
}

const SAID: Record<string, string> = {
  unreachable: "There is no connection right now. Nothing was ordered; check your network and try again.",
  too_many_held: "Many tickets are being kept from your network right now. Finish or give up another purchase, or try again in a few minutes.",
  rate_limited: "That was a lot at once. Wait a moment, then try again.",
  busy: "It is very busy. Try again in a second.",
  no_such_promo_code: "This code is not one of this event.",
  promo_code_not_valid: "This code is not valid today.",
  promo_code_used_up: "This code has been used up.",
  no_such_ticket_type: "One of these tickets is not sold any more. The list has been brought up to date.",
  event_not_on_sale: "Tickets for this event are not sold any more.",
  sales_not_open: "Sales for one of these tickets have not begun.",
  sales_closed: "Sales for one of these tickets have ended.",
  order_currency: "These tickets are sold in different currencies. Please order them one after the other.",
  add_on_alone: "What you chose goes with a ticket. Please choose a ticket as well.",
  offer_changed: "The organiser changed these tickets this moment. Please look again.",
  hold_ended: "The time was up and these tickets went back on sale.",
  hold_extended_enough: "The time can not be extended any more.",
  no_such_hold: "These tickets are not kept for you any more.",
  hold_converted: "These tickets were ordered already. The link to your order is in the mail we sent.",
  price_changed: "The price has changed while you were deciding. Please look at the new total.",
  online_payments_off: "Paying online does not work here. Please choose bank transfer.",
};

/** One sentence a buyer understands. */
export function said(refused: Refused): string {
  const { code, available, detail, errors } = refused.problem;
  if (code === "tickets_sold_out")
    return available
      ? `Only ${available} of these tickets ${available === 1 ? "is" : "are"} left. Somebody was a moment faster.`
      : "Somebody was a moment faster: there are none left right now. Tickets that others do not pay for come back, so look again in a few minutes.";
  if (code === "buyer_maximum") return "With what you bought before, that is more of these tickets than one person can have.";
  if (code === "order_minimum" || code === "order_maximum") return detail ?? "That many are not sold in one order.";
  if (code === "invalid_input") return errors?.[0] ? fieldText(errors[0].pointer) : "Please check what you filled in.";
  return SAID[code] ?? "Something went wrong on our side. Nothing was charged; please try again.";
}

function fieldText(pointer: string): string {
  if (pointer.endsWith("email")) return "Please check the e-mail address.";
  if (pointer.endsWith("name")) return "Please check the name.";
  return "Please check what you filled in.";
}

/** Minutes and seconds as a clock shows them. */
export function clock(seconds: number): string {
  const left = Math.max(0, Math.floor(seconds));
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
}
