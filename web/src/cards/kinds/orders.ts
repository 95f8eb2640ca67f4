/** Orders, what is paid and given back, the links and mails that go with them. Pure. */
import type { ChangedOrder, Mail, MailSummary, Order, OrderLink, Payment, Refund, SentTickets } from "../../api/types";
import { formatMoney } from "../../words/money";
import { humanize } from "../../words/fields";
import { formatMoment } from "../../words/time";
import { counted, facts, joined, kind, right, type Telling } from "../kind";

const DOING: Partial<Record<Payment["status"] | Refund["status"], string>> = {
  unknown: "Nobody knows yet whether the provider did this. It is asked again by itself; nothing is guessed.",
  failed: "The provider refused this.",
};

/** What the buyer owes, or is owed: the one figure an organiser looks for. */
export function owedText({ owed_amount, currency }: Pick<Order, "owed_amount" | "currency">): string {
  if (owed_amount === 0) return "Settled";
  return owed_amount > 0 ? `${formatMoney(owed_amount, currency)} to be paid` : `${formatMoney(-owed_amount, currency)} owed to the buyer`;
}

function lines(order: Order): Telling["tables"] {
  const money = (amount: number) => formatMoney(amount, order.currency);
  const history = order.history ?? [];
  // What was taken back shows only in the history: the items are the sum of it.
  const rows = history.some((line) => line.quantity < 0 || line.total_amount < 0) ? history : order.items;
  const row = ({ quantity, ticket_type_name, discount_amount, total_amount }: Order["items"][number]) => [
    `${quantity < 0 ? "−" : ""}${Math.abs(quantity)} × ${ticket_type_name}${quantity < 0 ? " (taken back)" : ""}`,
    discount_amount ? money(-discount_amount) : "–",
    money(total_amount),
  ];
  if (!rows?.length) return [];
  const discounted = rows.some((line) => line.discount_amount);
  const columns = discounted ? [{ name: "What" }, right("Discount"), right("Amount")] : [{ name: "What" }, right("Amount")];
  return [{ caption: "Lines of the order", columns, rows: rows.map(row).map((cells) => (discounted ? cells : [cells[0]!, cells[2]!])) }];
}

function tellOrder(order: Order, zone: string): Telling {
  const { number, buyer_name, buyer_email, event_name, currency, total_amount, refunded_amount, status, needs_approval } = order;
  const money = (amount: number | undefined) => (amount ? formatMoney(amount, currency) : null);
  const count = (order.items ?? []).reduce((sum, item) => sum + (item.kind === "fee" ? 0 : item.quantity), 0);
  const { given_back_amount, difference_amount } = order as Partial<ChangedOrder>;
  const open = order.owed_amount !== 0 && status !== "expired" && status !== "cancelled" ? owedText(order) : null;
  return {
    line: {
      icon: "receipt",
      title: joined(`Order ${number}`, buyer_name || buyer_email),
      meta: joined(event_name, count > 0 && counted(count, "ticket"), refunded_amount > 0 && `${money(refunded_amount)} refunded`, status !== "pending" && open),
      figure: formatMoney(total_amount, currency),
      status: needs_approval ? "needs approval" : status,
    },
    tables: lines(order),
    facts: facts(
      ["Discount", money(order.discount_amount)],
      ["Fees in it", money(order.fee_amount)],
      ["Tax in it", money(order.tax_amount)],
      ["Paid", money(order.paid_amount)],
      ["Refunded", money(refunded_amount)],
      ["Credited", money(order.credited_amount)],
      ["Kept as a fee", money(order.kept_amount)],
      ["Difference", money(difference_amount)],
      ["Given back now", money(given_back_amount)],
      ["Owed", owedText(order)],
      ["Bought", order.channel && joined(humanize(order.channel), formatMoment(order.created_at, zone))],
      ["Places kept until", status === "pending" && order.expires_at && formatMoment(order.expires_at, zone)],
    ),
  };
}

function tellPayment({ order_number, provider, method, status, amount, currency, refunded_amount, failure, created_at, pay_url }: Payment, zone: string): Telling {
  const why = DOING[status];
  return {
    line: {
      icon: "receipt",
      title: `Payment of order ${order_number}`,
      meta: joined(humanize(method), provider !== "manual" && provider, formatMoment(created_at, zone), refunded_amount > 0 && `${formatMoney(refunded_amount, currency)} given back`, failure),
      figure: formatMoney(amount, currency),
      status,
    },
    notes: why ? [{ tone: "warn", text: why }] : [],
    ...(pay_url && status === "pending" ? { copy: { label: "Copy the payment page's address", text: pay_url } } : {}),
  };
}

function tellRefund({ order_number, provider, status, amount, currency, reason, failure, created_at, done_at }: Refund, zone: string): Telling {
  const why = DOING[status];
  return {
    line: { icon: "undo", title: `Refund of order ${order_number}`, meta: joined(provider === "manual" ? "By hand" : provider, formatMoment(done_at ?? created_at, zone), reason, failure), figure: formatMoney(amount, currency), status },
    notes: why ? [{ tone: "warn", text: why }] : [],
  };
}

function tellMail(mail: Mail | MailSummary, zone: string): Telling {
  const { subject, kind: what, recipient, status, attempts, failure, order_number, sent_at, created_at } = mail;
  const body = "body" in mail ? mail.body : null;
  return {
    line: { icon: "send", title: subject ?? humanize(what), meta: joined(recipient, order_number && `Order ${order_number}`, formatMoment(sent_at ?? created_at, zone)), figure: "", status },
    notes: failure ? [{ tone: "warn", text: `${failure} (${counted(attempts, "attempt")})` }] : [],
    ...(body ? { text: body } : {}),
  };
}

export const ORDERS = [
  kind<Order>(["number", "total_amount", "currency", "owed_amount", "items"], tellOrder),
  kind<Payment>(["order_number", "method", "provider", "pay_url"], tellPayment),
  kind<Refund>(["order_number", "payment_id", "done_at"], tellRefund),
  kind<MailSummary>(["recipient", "attempts", "locale"], tellMail),
  kind<OrderLink>(["order_number", "link"], ({ order_number, link }) => ({
    line: { icon: "leave", title: `Page of order ${order_number}`, meta: "Whoever has this link can see the order and its tickets.", figure: "", status: null },
    copy: { label: "Copy the link", text: link },
  })),
  kind<SentTickets>(["sent_to", "tickets"], ({ order_number, sent_to, tickets, event_name }) => ({
    line: { icon: "send", title: `Tickets sent to ${sent_to}`, meta: joined(`Order ${order_number}`, event_name, counted(tickets, "ticket")), figure: "", status: null },
  })),
];
