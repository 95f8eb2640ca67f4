/** The wire's shapes of the door. No code here. */

export type Kind = "entry" | "exit";

export type TypeCount = { ticket_type_id: string; name: string; expected: number; entered: number; inside: number };

export type CheckInList = {
  id: string;
  event_id: string;
  event_name: string;
  name: string;
  ticket_types: string[];
  reentry: boolean;
  opens_at: string | null;
  closes_at: string | null;
  expected: number;
  entered: number;
  inside: number;
  by_type: TypeCount[];
};

export type CheckIn = {
  id: string;
  nonce: string;
  kind: Kind;
  outcome: "accepted" | "refused";
  reason: string | null;
  message: string;
  conflict: boolean;
  ticket_id: string | null;
  ticket_type: string | null;
  attendee_name: string | null;
  order_number: string | null;
  scanned_at: string;
};

export type OrderCheckIn = { id: string; number: string; accepted: number; refused: number; check_ins: CheckIn[] };

export type Upload = { scans: { nonce: string; check_in: CheckIn | null }[]; changed: CheckIn[]; conflicts: number };

export type Guest = {
  ticket_id: string;
  attendee_name: string;
  email_hint: string;
  ticket_type: string;
  order_number: string;
  on_list: boolean;
  barred: string | null;
  inside: boolean;
  entered_at: string | null;
  check_in_id: string | null;
};

export type OfflineTicket = {
  ticket_id: string;
  code_hash: string;
  attendee_name: string;
  ticket_type: string;
  order_number: string;
  barred: string | null;
  inside: boolean;
  entered_at: string | null;
};

export type OfflineList = {
  reentry: boolean;
  opens_at: string | null;
  closes_at: string | null;
  fresh: boolean;
  items: OfflineTicket[];
  cursor: string;
  more: boolean;
};

/** A scan as a device keeps it until it can tell; what it said at the door goes with it. */
export type QueuedScan = { nonce: string; scanned_at: string; kind: Kind; code?: string; ticket?: string; let_in?: boolean };

/** What the steward sees, whoever decided it. `undo` is the scan to take back. */
export type Shown = {
  tone: "accepted" | "refused" | "undecided";
  headline: string;
  name?: string | undefined;
  detail?: string | undefined;
  undo?: string | undefined;
  /** The ticket a supervisor may let in anyway. */
  force?: string | undefined;
  offline?: boolean | undefined;
};
