/** What a device knows of its list, and what it says at the door without a connection. No requests, no React. */
import type { Kind, OfflineList, OfflineTicket, Shown } from "./types";

/** In memory only: names are gone with the tab. */
export type Roster = Pick<OfflineList, "reentry" | "opens_at" | "closes_at"> & { tickets: Map<string, OfflineTicket> };

const BARRED: Record<string, string> = {
  unpaid: "This order is not paid",
  order_needs_approval: "This order waits for approval",
  cancelled: "This ticket was cancelled",
  transferred: "This ticket went to somebody else",
  event_cancelled: "The event is cancelled",
  wrong_list: "Not on this list",
};

/** The ticket's code in what a scanner read: the QR says `GR1.<code>.<signature>`, people type the bare code. */
export function codeIn(read: string): string {
  const [mark, code] = read.trim().split(".");
  return mark === "GR1" && code ? code : read.trim();
}

export async function hashOf(read: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(codeIn(read)));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The roster after one more page of a download. */
export function withPage(roster: Roster | null, page: OfflineList): Roster {
  const tickets = page.fresh || !roster ? new Map<string, OfflineTicket>() : roster.tickets;
  for (const ticket of page.items) tickets.set(ticket.code_hash, ticket);
  return { reentry: page.reentry, opens_at: page.opens_at, closes_at: page.closes_at, tickets };
}

/** The ticket with this hash or id. */
export function ticketOf(roster: Roster | null, named: { hash?: string; ticket?: string }): OfflineTicket | undefined {
  if (!roster) return undefined;
  if (named.hash) return roster.tickets.get(named.hash);
  return [...roster.tickets.values()].find((candidate) => candidate.ticket_id === named.ticket);
}

function objection(roster: Roster, ticket: OfflineTicket, kind: Kind, now: number): string | null {
  if (kind === "exit") return ticket.inside ? null : "Not inside, so can not go out";
  if (ticket.barred) return BARRED[ticket.barred] ?? "Something stands against this ticket";
  if (roster.opens_at && now < Date.parse(roster.opens_at)) return "This list is not open yet";
  if (roster.closes_at && now >= Date.parse(roster.closes_at)) return "This list is closed";
  if (ticket.inside) return "Already in";
  return ticket.entered_at && !roster.reentry ? "Went out; no way back in on this list" : null;
}

/** What to say at the door now, and whether the person was let in; undecided where the device has no list. */
export function decide(roster: Roster | null, ticket: OfflineTicket | undefined, kind: Kind, now: number): Shown & { let_in?: boolean } {
  if (!roster) return { tone: "undecided", headline: "Noted, not checked", detail: "No connection, and this device has no list yet. You decide.", offline: true };
  if (!ticket) return { tone: "refused", headline: "Not on the list", detail: "As far as this device knows without a connection.", let_in: false, offline: true };
  const against = objection(roster, ticket, kind, now);
  return {
    tone: against ? "refused" : "accepted",
    headline: against ?? (kind === "entry" ? "Welcome" : "Goodbye"),
    name: ticket.attendee_name,
    detail: `${ticket.ticket_type} · order ${ticket.order_number}`,
    let_in: !against,
    offline: true,
  };
}

/** Remembers who went in or out, so that the next scan here knows. */
export function remember(roster: Roster | null, ticketId: string, kind: Kind, at: string): void {
  const ticket = ticketOf(roster, { ticket: ticketId });
  if (!ticket || !roster) return;
  roster.tickets.set(ticket.code_hash, { ...ticket, inside: kind === "entry", entered_at: ticket.entered_at ?? (kind === "entry" ? at : null) });
}
