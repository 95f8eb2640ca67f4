/** Recognises what a result object is, by its shape: a closed union. Pure. */
import type { AuditEntry, Booking, Event, EventDetail, Proposal, SalesReport, Sponsorship, Venue } from "../api/types";

export type Entity =
  | { kind: "event"; value: Event }
  | { kind: "event_detail"; value: EventDetail }
  | { kind: "venue"; value: Venue }
  | { kind: "booking"; value: Booking }
  | { kind: "sponsorship"; value: Sponsorship }
  | { kind: "sales_report"; value: SalesReport }
  | { kind: "proposal"; value: Proposal }
  | { kind: "audit"; value: AuditEntry }
  | { kind: "unknown"; value: unknown };

const MARKS: [Exclude<Entity["kind"], "unknown">, string[]][] = [
  ["proposal", ["digest", "steps", "preview"]],
  ["sales_report", ["lines", "totals"]],
  ["event_detail", ["name", "start_date", "ticket_types", "bookings"]],
  ["booking", ["event_name", "venue_name", "start_date", "end_date"]],
  ["event", ["name", "start_date", "timezone"]],
  ["sponsorship", ["sponsor_name", "level", "amount"]],
  ["audit", ["at", "actor_kind", "operation"]],
  ["venue", ["name", "city", "capacity"]],
];

export function entityOf(value: unknown): Entity {
  if (typeof value !== "object" || value === null) return { kind: "unknown", value };
  const found = MARKS.find(([, names]) => names.every((name) => name in value));
  return found ? ({ kind: found[0], value } as Entity) : { kind: "unknown", value };
}
