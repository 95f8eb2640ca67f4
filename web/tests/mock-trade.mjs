/** Made-up events and proposals for the mock server; shapes as in docs/architecture.md. Development only. */
import { randomUUID } from "node:crypto";

const ORG = { id: randomUUID(), name: "Blue Note Collective", role: "owner", currency: "EUR", timezone: "Europe/Brussels", suspended_reason: null };
export const ME = { user: { id: randomUUID(), email: "organiser@example.com", name: "Robin" }, organization: ORG, organizations: [ORG], scopes: ["events:read", "events:write", "orders:read"] };

const row = () => ({ id: randomUUID(), version: 1, created_at: "2026-07-01T10:00:00Z", updated_at: "2026-07-01T10:00:00Z" });
const zone = "Europe/Brussels";
const event = (name, start, end, venue, status, sold, total) => ({ ...row(), name, description: null, start_date: start, end_date: end, timezone: zone, venue_id: randomUUID(), venue_name: venue, status, lifecycle: "upcoming", capacity: 180, currency: "EUR", tickets_sold: sold, tickets_total: total });

export const EVENTS = [
  event("Late Summer Quartet", "2027-09-12T20:00:00+02:00", "2027-09-12T23:00:00+02:00", "The Blue Room", "published", 84, 120),
  event("Vinyl Fair", "2027-10-03T11:00:00+02:00", "2027-10-03T18:00:00+02:00", "Market Hall", "published", 212, 400),
  event("Piano at Noon", "2027-10-21T12:30:00+02:00", "2027-10-21T13:30:00+02:00", "St. Anne's", "draft", 0, 60),
];
export const VENUES = [
  { ...row(), name: "The Blue Room", city: "Ghent", address: "Kraanlei 3", capacity: 180, timezone: zone, description: null, spaces: [] },
  { ...row(), name: "Market Hall", city: "Ghent", address: "Vrijdagmarkt 1", capacity: 600, timezone: zone, description: null, spaces: [{ id: "a", name: "Nave", capacity: 400 }, { id: "b", name: "Gallery", capacity: 200 }] },
];

export const detailOf = (found) => ({
  ...found,
  ticket_types: found.tickets_total ? [{ ...row(), event_id: found.id, event_name: found.name, name: "General", description: null, price_amount: 2500, currency: "EUR", quantity: found.tickets_total, sold: found.tickets_sold, held: 2, available: found.tickets_total - found.tickets_sold, availability: "available" }] : [],
  bookings: [{ ...row(), event_id: found.id, event_name: found.name, venue_id: found.venue_id, venue_name: found.venue_name, space_id: "s", space_name: "The Blue Room", start_date: found.start_date, end_date: found.end_date, timezone: zone, setup_minutes: 60, teardown_minutes: 30, status: "confirmed" }],
  sponsorships: [{ ...row(), sponsor_id: randomUUID(), sponsor_name: "Yamaha", event_id: found.id, event_name: found.name, level: "gold", amount: 500000, currency: "EUR", status: "agreed" }],
});

const insert = (table, label, fields) => ({ table, action: "insert", id: randomUUID(), label, fields: Object.entries(fields).map(([name, after]) => ({ name, before: null, after })) });
const step = (index, operation, effect, input) => ({ index, operation, input, enabled: true, effect });

export function jazzSteps(start = "2027-12-12T20:00:00+01:00") {
  return [
    step(0, "create_event", "write", { name: "Jazz night", start_date: start, end_date: "2027-12-12T23:00:00+01:00", timezone: zone, venue: "The Blue Room", capacity: 150, currency: "EUR" }),
    step(1, "book_venue", "write", { event: "Jazz night", venue: "The Blue Room", start_date: start, end_date: "2027-12-12T23:00:00+01:00", setup_minutes: 60 }),
    step(2, "create_ticket_type", "write", { event: "Jazz night", name: "General", price_amount: 2500, currency: "EUR", quantity: 150 }),
    step(3, "add_sponsor", "write", { event: "Jazz night", sponsor: "Yamaha", level: "gold", amount: 500000, currency: "EUR" }),
  ];
}

function previewStep({ index, operation, input, enabled }, conflict) {
  const money = (amount) => `€${(amount / 100).toLocaleString("en")}`;
  const base = { index, ok: true, warnings: [], error: null, changes: [] };
  if (!enabled) return { ...base, summary: "Left out", result: null };
  if (operation === "create_event") return { ...base, summary: `Create event ${input.name}, Sun 12 Dec 2027, ${input.start_date.slice(11, 16)}–23:00, ${input.venue}`, result: event(input.name, input.start_date, input.end_date, input.venue, "draft", 0, 150), changes: [insert("events", input.name, { name: input.name, start_date: input.start_date, end_date: input.end_date, status: "draft", capacity: input.capacity })] };
  if (operation === "book_venue") {
    const result = { ...row(), event_id: "e", event_name: input.event, venue_id: "v", venue_name: input.venue, space_id: "s", space_name: "The Blue Room", start_date: input.start_date, end_date: input.end_date, timezone: zone, setup_minutes: 60, teardown_minutes: 0, status: "confirmed" };
    if (conflict) return { ...base, ok: false, summary: "Cannot be booked", result: null, error: { code: "venue_already_booked", message: "The Blue Room is already booked by “Winter Gala”, 12 Dec 18:00 to 23:30.", remedy: "Choose another venue or another time." } };
    return { ...base, summary: `Book ${input.venue} for ${input.event}, Sun 12 Dec 2027, ${input.start_date.slice(11, 16)}–23:00`, result, changes: [insert("bookings", input.venue, { start_date: input.start_date, end_date: input.end_date, setup_minutes: 60, status: "confirmed" })] };
  }
  if (operation === "create_ticket_type") return { ...base, summary: `Add ${input.quantity} ${input.name} tickets at ${money(input.price_amount)} to ${input.event}`, warnings: input.quantity > 180 ? ["More tickets than the room holds (180)."] : [], result: { ...row(), event_id: "e", event_name: input.event, name: input.name, description: null, price_amount: input.price_amount, currency: "EUR", quantity: input.quantity, sold: 0, held: 0, available: input.quantity, availability: "available" }, changes: [insert("ticket_types", input.name, { name: input.name, price_amount: input.price_amount, quantity: input.quantity, currency: "EUR" }), insert("quotas", input.name, { size: input.quantity })] };
  if (operation === "add_sponsor") return { ...base, summary: `Add ${input.sponsor} as ${input.level} sponsor of ${input.event} for ${money(input.amount)}`, result: { ...row(), sponsor_id: "s", sponsor_name: input.sponsor, event_id: "e", event_name: input.event, level: input.level, amount: input.amount, currency: "EUR", status: "agreed" }, changes: [insert("sponsors", input.sponsor, { name: input.sponsor }), insert("sponsorships", `${input.sponsor} for ${input.event}`, { level: input.level, amount: input.amount, currency: "EUR", status: "agreed" })] };
  return { ...base, summary: `Delete ${input.event} and all that hangs on it`, result: null, changes: [{ table: "events", action: "delete", id: "e", label: "Jazz night", fields: [{ name: "name", before: "Jazz night", after: null }, { name: "status", before: "draft", after: null }] }, { table: "events", action: "update", id: "f", label: "Jazz night", fields: [{ name: "capacity", before: 150, after: 120 }] }] };
}

/** Fills digest and preview from the steps, as the real server does on every revision. */
export function withPreview(proposal) {
  const steps = proposal.steps.map((each) => previewStep(each, proposal.conflict && each.enabled));
  const on = (operation) => proposal.steps.find((each) => each.operation === operation && each.enabled)?.input;
  const [tickets, sponsor] = [on("create_ticket_type"), on("add_sponsor")];
  const totals = [tickets && { label: "Ticket revenue if sold out", amount: tickets.price_amount * tickets.quantity, currency: "EUR" }, sponsor && { label: "Sponsorship", amount: sponsor.amount, currency: "EUR" }].filter(Boolean);
  const conflicts = steps.filter((each) => each.error).map((each) => each.error.message);
  return Object.assign(proposal, { digest: randomUUID(), revision: proposal.revision + 1, version: proposal.version + 1, preview: { ok: conflicts.length === 0, steps, totals, warnings: [], conflicts } });
}

export function newProposal(threadId, title, steps, more = {}) {
  const soon = new Date(Date.now() + 15 * 60000).toISOString();
  return withPreview({ id: randomUUID(), thread_id: threadId, title, status: "proposed", revision: 0, version: 0, steps, undo_of: null, undone_by: null, can_undo: false, created_at: new Date().toISOString(), expires_at: soon, decided_at: null, applied_at: null, failure: null, ...more });
}

export const undoSteps = () => [step(0, "delete_event", "write", { event: "Jazz night" })];
