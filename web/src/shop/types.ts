/** The shop's words on the wire, as /openapi.json describes them. Amounts are minor units, what the buyer pays. */

export type Level = "available" | "reserved" | "ordered" | "sold_out";
export type PaymentWay = "online" | "transfer" | "none";

/** The same picture in several widths, the narrowest first. */
export type Poster = { alt: string; width: number; height: number; copies: { url: string; width: number; height: number }[] };

export type ShopEvent = {
  id: string;
  organizer: string;
  name: string;
  description: string;
  start_date: string;
  end_date: string;
  timezone: string;
  venue: { name: string; city: string; address: string } | null;
  poster: Poster | null;
  locale: string;
};

export type Part = { name: string; quantity: number };

export type TicketType = {
  id: string;
  name: string;
  description: string;
  kind: "ticket" | "add_on" | "bundle";
  price_amount: number;
  full_price_amount: number | null;
  fee_amount: number;
  tax_amount: number;
  currency: string;
  availability: Level;
  available: number;
  sales: "open" | "not_open" | "closed";
  sales_start: string | null;
  sales_end: string | null;
  min_per_order: number;
  max_per_order: number | null;
  max_per_buyer: number | null;
  needs_approval: boolean;
  parts: Part[];
};

export type PromoCode = { code: string; kind: "discount" | "access" | "voucher"; label: string };
export type EventDetail = ShopEvent & { ticket_types: TicketType[]; promo_code: PromoCode | null };

export type TypeAvailability = Pick<TicketType, "availability" | "available" | "sales"> & { ticket_type_id: string };

export type QuoteLine = {
  ticket_type_id: string;
  name: string;
  quantity: number;
  discount_amount: number;
  fee_amount: number;
  tax_amount: number;
  total_amount: number;
  parts: Part[];
};

export type Quote = {
  lines: QuoteLine[];
  currency: string;
  discount_amount: number;
  fee_amount: number;
  tax_amount: number;
  total_amount: number;
  needs_approval: boolean;
};

export type Hold = {
  id: string;
  event: ShopEvent;
  status: "active" | "expired" | "released" | "converted";
  seconds_left: number;
  extensions_left: number;
  promo_code: PromoCode | null;
  quote: Quote;
  payments: PaymentWay[];
};

export type Order = {
  number: string;
  status: "pending" | "paid" | "expired" | "cancelled";
  needs_approval: boolean;
  event: ShopEvent;
  currency: string;
  total_amount: number;
  due_amount: number;
  expires_at: string | null;
  page_url: string;
  pay_url: string | null;
};

export type Buyer = {
  name: string;
  email: string;
  attendees: { name: string; email?: string }[];
  billing_address: string;
  payment: PaymentWay;
};

export type Basket = Record<string, number>;
