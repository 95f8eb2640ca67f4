/** Reports and the books as they come over the wire: their shapes, how they are told apart, and the line of one entry. Pure. */
import { formatMoney } from "../words/money";
import { humanize } from "../words/fields";
import { formatMoment } from "../words/time";
import type { Line } from "./lines";

export type LedgerReport = {
  event_name: string | null;
  balances: { account: string; currency: string; entries: number; amount: number }[];
  unbalanced: Record<string, number>;
};

type Standing = { event_name: string; as_of: string; admitted: number | null; no_shows: number | null };
export type SalesComparison = {
  event: Standing;
  other: Standing;
  differences: { ticket_type_name: string | null; currency: string; tickets: number; net_amount: number }[];
};

export type ExportedFile = { file_name: string; path: string; rows: number; columns: string[]; preview: string[][] };
export type LedgerCheck = { orders: number; problems: { problem: string; order_number: string | null; currency: string; expected: number; found: number }[] };

type ToSettle = { number: string; buyer_name: string; buyer_email: string | null; event_name: string; reasons: string[]; currency: string; owed_amount: number; created_at: string };
type Payout = { provider: string; reference: string; amount: number; fee_amount: number; currency: string; arrived_on: string; voided_at: string | null };
type LedgerEntry = { at: string; kind: string; account: string; amount: number; currency: string; order_number: string | null; event_name: string | null };

export type Report =
  | { kind: "ledger"; value: LedgerReport }
  | { kind: "comparison"; value: SalesComparison }
  | { kind: "file"; value: ExportedFile }
  | { kind: "check"; value: LedgerCheck }
  | { kind: "line"; value: ToSettle | Payout | LedgerEntry };

const MARKS: [Report["kind"], string[]][] = [
  ["ledger", ["balances", "unbalanced"]],
  ["comparison", ["event", "other", "differences"]],
  ["file", ["file_name", "path", "columns", "preview"]],
  ["check", ["orders", "problems"]],
  ["line", ["reasons", "owed_amount"]],
  ["line", ["provider", "reference", "arrived_on"]],
  ["line", ["account", "transaction_id", "amount"]],
];

export function reportOf(value: unknown): Report | null {
  if (typeof value !== "object" || value === null) return null;
  const found = MARKS.find(([, names]) => names.every((name) => name in value));
  return found ? ({ kind: found[0], value } as Report) : null;
}

const joined = (...parts: (string | null | undefined | false)[]) => parts.filter(Boolean).join(" · ");

/** An order to settle, a payout or an entry of the ledger as one line. */
export function reportLine(value: ToSettle | Payout | LedgerEntry, timezone: string): Line {
  if ("reasons" in value) {
    const { number, buyer_name, buyer_email, event_name, reasons, currency, owed_amount, created_at } = value;
    const why = reasons.map(humanize).join(", ");
    return { icon: "receipt", title: joined(`Order ${number}`, buyer_name || buyer_email), meta: joined(why, event_name, formatMoment(created_at, timezone)), figure: formatMoney(owed_amount, currency), status: null };
  }
  if ("arrived_on" in value) {
    const { provider, reference, amount, fee_amount, currency, arrived_on, voided_at } = value;
    const fee = fee_amount > 0 && `fee ${formatMoney(fee_amount, currency)}`;
    return { icon: "receipt", title: joined(humanize(provider), reference), meta: joined(arrived_on, fee, voided_at !== null && "voided"), figure: formatMoney(amount, currency), status: null };
  }
  const { at, kind, account, amount, currency, order_number, event_name } = value;
  return { icon: "receipt", title: joined(humanize(kind), account), meta: joined(order_number && `Order ${order_number}`, event_name, formatMoment(at, timezone)), figure: formatMoney(amount, currency), status: null };
}
