/** What can be sold and why not: ticket types, quotas, promo codes, vouchers, holds. Pure. */
import type { Explanation, Hold, PromoCode, Quota, TicketType, Vouchers } from "../../api/types";
import { humanize } from "../../words/fields";
import { formatMoney } from "../../words/money";
import { formatPercent } from "../../words/percent";
import { formatMoment } from "../../words/time";
import { counted, facts, joined, kind, price, right, type TableText, type Telling } from "../kind";

type Room = Pick<Quota, "name" | "size" | "sold" | "unpaid" | "on_hold" | "kept_by_vouchers" | "free">;

/** Where the places of a quota are: every column that holds any. */
function rooms(quotas: Room[]): TableText {
  const columns = [
    ["Sold", "sold"],
    ["Unpaid", "unpaid"],
    ["Held", "on_hold"],
    ["Vouchers", "kept_by_vouchers"],
    ["Free", "free"],
    ["Of", "size"],
  ] as const;
  const used = columns.filter(([, name]) => ["sold", "free", "size"].includes(name) || quotas.some((quota) => quota[name] > 0));
  return {
    caption: "Where the places are",
    columns: [{ name: "Quota" }, ...used.map(([label]) => right(label))],
    rows: quotas.map((quota) => [quota.name, ...used.map(([, name]) => quota[name].toLocaleString())]),
  };
}

function window(from: string | null, until: string | null, zone: string): string | null {
  if (from && until) return `${formatMoment(from, zone)} – ${formatMoment(until, zone)}`;
  if (from) return `from ${formatMoment(from, zone)}`;
  return until && `until ${formatMoment(until, zone)}`;
}

function tellTicketType(type: TicketType, zone: string): Telling {
  const { currency, min_per_order, max_per_order, max_per_buyer } = type;
  const fee = [type.fee_amount > 0 && formatMoney(type.fee_amount, currency), type.fee_basis_points > 0 && formatPercent(type.fee_basis_points)].filter(Boolean).join(" + ");
  const limits = [min_per_order > 1 && `at least ${min_per_order} an order`, max_per_order && `at most ${max_per_order} an order`, max_per_buyer && `at most ${max_per_buyer} a buyer`];
  const closed = type.sale_status === "not_open" ? "not on sale yet" : type.sale_status === "closed" ? "sale closed" : null;
  return {
    line: {
      icon: "ticket",
      title: type.name,
      meta: joined(type.event_name, type.kind !== "ticket" && humanize(type.kind), counted(type.quantity, "ticket"), type.sold > 0 && `${type.sold.toLocaleString()} sold`),
      figure: price(type.price_amount, currency),
      status: closed ?? (type.availability === "available" ? null : type.availability),
    },
    facts: facts(
      ["Left", `${type.available.toLocaleString()}${type.availability_reason ? `: ${type.availability_reason}` : ""}`],
      ["On sale", window(type.sales_start, type.sales_end, zone)],
      ["Fee", fee],
      ["Tax", type.tax_basis_points > 0 && `${formatPercent(type.tax_basis_points)}, ${type.tax_included ? "in the price" : "on top"}`],
      ["Limits", limits.filter(Boolean).join(", ")],
      ["Made of", (type.parts ?? []).map((part) => `${part.quantity} × ${part.ticket_type_name}`).join(", ")],
      ["Shown", type.hidden && "only with a code"],
      ["Orders", type.needs_approval && "need your approval"],
    ),
  };
}

function tellExplanation({ name, available, availability, sale_status, sentence, quotas, may_come_back, remedies }: Explanation, zone: string): Telling {
  const back = may_come_back.map(({ kind: what, count, places, next_end }) => `${counted(places, "place")} in ${count.toLocaleString()} ${humanize(what).toLowerCase()}${next_end ? `, next ${formatMoment(next_end, zone)}` : ""}`);
  return {
    line: { icon: "ticket", title: name, meta: sentence, figure: `${available.toLocaleString()} left`, status: sale_status === "open" ? availability : sale_status },
    tables: [rooms(quotas)],
    facts: facts(["May come back", back.join("; ")], ["What helps", remedies.join(" ")]),
  };
}

function tellQuota(quota: Quota): Telling {
  const { name, event_name, ticket_types, free, size, availability, availability_reason } = quota;
  return {
    line: { icon: "ticket", title: name, meta: joined(event_name, ticket_types.map((type) => type.name).join(", ")), figure: `${free.toLocaleString()} of ${size.toLocaleString()} free`, status: availability === "available" ? null : availability },
    tables: [rooms([quota])],
    facts: facts(["Why", availability === "available" ? null : availability_reason]),
  };
}

type Worth = Pick<PromoCode, "percent_basis_points" | "off_amount" | "price_amount" | "currency">;

function worth({ percent_basis_points, off_amount, price_amount, currency }: Worth): string {
  if (percent_basis_points) return `${formatPercent(percent_basis_points)} off`;
  if (off_amount) return `${formatMoney(off_amount, currency ?? "XXX")} off`;
  if (price_amount !== null && price_amount !== undefined) return price(price_amount, currency ?? "XXX");
  return "";
}

function tellPromoCode(code: PromoCode, zone: string): Telling {
  const { uses, held_uses, max_uses, budget_amount, spent_amount, currency, ticket_types, blocked } = code;
  const types = ticket_types.map((type) => type.name).join(", ");
  const money = (amount: number) => formatMoney(amount, currency ?? "XXX");
  return {
    line: {
      icon: "star",
      title: code.code,
      meta: joined(code.kind !== "discount" && humanize(code.kind), code.event_name, types, max_uses === null ? counted(uses, "use") : `${uses} of ${counted(max_uses, "use")}`),
      figure: worth(code),
      status: code.status === "active" ? null : code.status,
    },
    facts: facts(
      ["Label", code.label],
      ["Valid", window(code.valid_from, code.valid_until, zone)],
      ["In baskets now", held_uses > 0 && counted(held_uses, "use")],
      ["Budget", budget_amount !== null && `${money(spent_amount)} of ${money(budget_amount)} spent`],
      ["Limit", code.max_per_buyer !== null && `${code.max_per_buyer} a buyer`],
      ["Keeps back", blocked > 0 && counted(blocked, "place")],
      ["Orders", code.orders > 0 && code.orders.toLocaleString()],
    ),
  };
}

function tellVouchers(vouchers: Vouchers, zone: string): Telling {
  const { codes, csv, ticket_type_name, event_name, places, max_uses, valid_until, label } = vouchers;
  return {
    line: { icon: "star", title: label || `Vouchers for ${ticket_type_name}`, meta: joined(event_name, ticket_type_name, counted(places, "place")), figure: worth(vouchers), status: null },
    facts: facts(["Each", max_uses > 1 && `${max_uses} uses`], ["Valid", window(null, valid_until, zone)]),
    tables: [{ caption: "Codes", columns: [{ name: `${counted(codes.length, "code")}` }], rows: codes.slice(0, 5).map((code) => [code]).concat(codes.length > 5 ? [[`and ${codes.length - 5} more`]] : []) }],
    copy: { label: "Copy the codes", text: codes.join("\n") },
    file: { name: "vouchers.csv", text: csv },
  };
}

function tellHold({ event_name, label, purpose, status, items, expires_at }: Hold, zone: string): Telling {
  const count = items.reduce((sum, item) => sum + item.quantity, 0);
  const until = status === "active" && `until ${formatMoment(expires_at, zone)}`;
  return {
    line: { icon: "ticket", title: label || `${counted(count, "ticket")} held`, meta: joined(event_name, items.map((item) => `${item.quantity} × ${item.ticket_type_name}`).join(", "), purpose !== "office" && humanize(purpose), until), figure: count.toLocaleString(), status: status === "active" ? "held" : status },
  };
}

export const STOCK = [
  kind<TicketType>(["price_amount", "sale_status", "availability"], tellTicketType),
  kind<Explanation>(["sentence", "limited_by", "remedies"], tellExplanation),
  kind<Quota>(["size", "free", "kept_by_vouchers", "ticket_types"], tellQuota),
  kind<PromoCode>(["code", "held_uses", "uses"], tellPromoCode),
  kind<Vouchers>(["codes", "csv", "places"], tellVouchers),
  kind<Hold>(["purpose", "expires_at", "items", "extended"], tellHold),
];
