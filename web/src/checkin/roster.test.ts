import { codeIn, decide, hashOf, remember, ticketOf, withPage } from "./roster";
import type { OfflineList, OfflineTicket } from "./types";

const ticket = (changes: Partial<OfflineTicket> = {}): OfflineTicket => ({
  ticket_id: "t1",
  code_hash: "h1",
  attendee_name: "Ann",
  ticket_type: "General",
  order_number: "7",
  barred: null,
  inside: false,
  entered_at: null,
  ...changes,
});
const page = (items: OfflineTicket[], changes: Partial<OfflineList> = {}): OfflineList => ({ reentry: true, opens_at: null, closes_at: null, fresh: true, items, cursor: "c", more: false, ...changes });
const NOW = Date.parse("2026-12-12T19:00:00Z");

test("the code is read out of the ticket's QR and out of what people type", () => {
  expect([codeIn("GR1.abcdefghijkl.c2lnbg"), codeIn(" abcdefghijkl "), codeIn("https://x.y")]).toEqual(["abcdefghijkl", "abcdefghijkl", "https://x.y"]);
});

test("the hash is that of the bare code", async () => {
  expect(await hashOf("GR1.abc.sig")).toBe(await hashOf("abc"));
  expect(await hashOf("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

test("a ticket comes in once, goes out, and comes in again where the list allows it", () => {
  const roster = withPage(null, page([ticket()]));
  const say = (kind: "entry" | "exit") => {
    const found = decide(roster, ticketOf(roster, { hash: "h1" }), kind, NOW);
    if (found.let_in) remember(roster, "t1", kind, "2026-12-12T19:00:00Z");
    return found.tone;
  };
  expect([say("exit"), say("entry"), say("entry"), say("exit"), say("entry")]).toEqual(["refused", "accepted", "refused", "accepted", "accepted"]);
});

test("without reentry who went out stays out", () => {
  const roster = withPage(null, page([ticket({ entered_at: "2026-12-12T18:00:00Z" })], { reentry: false }));
  expect(decide(roster, ticketOf(roster, { ticket: "t1" }), "entry", NOW).headline).toMatch(/no way back/);
});

test("what stands against a ticket and closed doors refuse it", () => {
  const barred = withPage(null, page([ticket({ barred: "unpaid" })]));
  expect(decide(barred, ticketOf(barred, { hash: "h1" }), "entry", NOW).headline).toBe("This order is not paid");
  const closed = withPage(null, page([ticket()], { closes_at: "2026-12-12T18:59:00Z" }));
  expect(decide(closed, ticketOf(closed, { hash: "h1" }), "entry", NOW).let_in).toBe(false);
});

test("a device without a list decides nothing, one with a list knows strangers", () => {
  expect(decide(null, undefined, "entry", NOW)).not.toHaveProperty("let_in");
  expect(decide(withPage(null, page([])), undefined, "entry", NOW).let_in).toBe(false);
});

test("later pages add and replace, a fresh one starts anew", () => {
  const first = withPage(null, page([ticket()]));
  const second = withPage(first, page([ticket({ inside: true }), ticket({ code_hash: "h2", ticket_id: "t2" })], { fresh: false }));
  expect([second.tickets.size, second.tickets.get("h1")?.inside]).toEqual([2, true]);
  expect(withPage(second, page([])).tickets.size).toBe(0);
});
