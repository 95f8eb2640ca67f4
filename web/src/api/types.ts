/** The wire's shapes, as docs/architecture.md "Shapes" gives them. No code here: a generated file may take its place. */

export type Page<T> = { items: T[]; next_cursor: string | null };

export type EventStatus = "draft" | "published" | "cancelled" | "completed" | "archived";

export type Event = {
  id: string;
  name: string;
  description: string;
  start_date: string;
  end_date: string;
  timezone: string;
  venue_id: string | null;
  venue_name: string | null;
  status: EventStatus;
  lifecycle: "upcoming" | "ongoing" | "ended";
  capacity: number | null;
  currency: string;
  tickets_sold: number;
  tickets_total: number;
  version: number;
  created_at: string;
  updated_at: string;
};

export type EventDetail = Event & {
  ticket_types: Pick<TicketType, "id" | "name" | "price_amount" | "currency" | "quantity" | "sold" | "available">[];
  bookings: Pick<Booking, "id" | "venue_name" | "space_name" | "start_date" | "end_date">[];
  sponsorships: Pick<Sponsorship, "id" | "sponsor_name" | "level" | "amount" | "currency" | "status">[];
};

export type Venue = {
  id: string;
  name: string;
  city: string;
  address: string;
  capacity: number | null;
  timezone: string;
  description: string;
  spaces: { id: string; name: string; capacity: number | null }[];
  version: number;
  created_at: string;
};

export type Booking = {
  id: string;
  event_id: string;
  event_name: string;
  venue_id: string;
  venue_name: string;
  space_id: string;
  space_name: string;
  start_date: string;
  end_date: string;
  timezone: string;
  setup_minutes: number;
  teardown_minutes: number;
  status: "confirmed" | "cancelled";
  version: number;
};

export type TicketType = {
  id: string;
  event_id: string;
  event_name: string;
  name: string;
  description: string | null;
  price_amount: number;
  currency: string;
  quantity: number;
  sold: number;
  held: number;
  available: number;
  availability: "available" | "reserved" | "ordered" | "sold_out";
  version: number;
};

export type Order = {
  id: string;
  number: string;
  event_id: string;
  event_name: string;
  buyer_name: string | null;
  buyer_email: string | null;
  status: "pending" | "paid" | "expired" | "cancelled";
  currency: string;
  total_amount: number;
  paid_amount: number;
  refunded_amount: number;
  items: { id: string; ticket_type_id: string; ticket_type_name: string; quantity: number; price_amount: number; total_amount: number }[];
  tickets: { id: string; code: string; status: string }[];
  version: number;
  created_at: string;
};

export type Sponsorship = {
  id: string;
  sponsor_id: string;
  sponsor_name: string;
  event_id: string;
  event_name: string;
  level: string;
  amount: number;
  currency: string;
  status: "enquiry" | "agreed" | "invoiced" | "paid" | "declined";
  version: number;
};

export type SalesReport = {
  from_date: string | null;
  to_date: string | null;
  event_id: string | null;
  event_name: string | null;
  lines: {
    event_id: string;
    event_name: string;
    ticket_type_id: string;
    ticket_type_name: string;
    currency: string;
    sold: number;
    refunded: number;
    gross_amount: number;
    refunded_amount: number;
    net_amount: number;
  }[];
  totals: { currency: string; sold: number; gross_amount: number; refunded_amount: number; net_amount: number }[];
};

export type AuditEntry = {
  id: number;
  at: string;
  actor_name: string | null;
  actor_kind: "person" | "agent" | "key" | "job";
  operation: string;
  effect: string;
  summary: string;
};

export type FieldChange = { name: string; before: unknown; after: unknown };

export type Change = {
  table: string;
  action: "insert" | "update" | "delete";
  id: string;
  label: string;
  fields: FieldChange[];
};

export type StepInput = Record<string, unknown>;

export type ProposalStep = {
  index: number;
  operation: string;
  input: StepInput;
  enabled: boolean;
  effect: "write" | "money" | "external" | "read";
};

export type RevisedStep = Pick<ProposalStep, "operation" | "input" | "enabled">;

export type StepError = { code: string; message?: string; detail?: string; remedy?: string | null };

export type StepPreview = {
  index: number;
  operation: string;
  ok: boolean | null;
  summary: string;
  result: unknown;
  changes: Change[];
  warnings: string[];
  error: StepError | null;
};

export type Total = { label: string; amount: number; currency: string };

export type Preview = {
  ok: boolean;
  steps: StepPreview[];
  totals: Total[];
  warnings: string[];
  conflicts: string[];
};

export type ProposalState =
  | "proposed"
  | "approved"
  | "applied"
  | "undone"
  | "rejected"
  | "expired"
  | "stale"
  | "failed";

export type Proposal = {
  id: string;
  thread_id: string | null;
  title: string;
  status: ProposalState;
  digest: string;
  revision: number;
  version: number;
  steps: ProposalStep[];
  preview: Preview;
  replaces: string | null;
  undo_of: string | null;
  undone_by: string | null;
  can_undo: boolean;
  created_at: string;
  expires_at: string;
  decided_at: string | null;
  applied_at: string | null;
  failure: StepError | null;
};

export type Problem = {
  type?: string;
  title?: string;
  status: number;
  detail?: string;
  code: string;
  errors?: { pointer: string; message: string }[];
  remedy?: string | null;
  allowed_next_states?: string[];
  available?: number | null;
  retryable?: boolean;
  request_id?: string;
};

export type Session = {
  access_token: string;
  refresh_token: string;
  expires_in: number;
  expires_at?: number;
  token_type?: string;
};

export type Me = {
  user: { id: string; email: string };
  organization: { id: string; name: string; role: string; currency: string; timezone: string } | null;
};

export type Health = {
  status?: string;
  demo?: boolean;
  model?: { provider: string; name: string; description?: string; coverage?: unknown };
};
