import type { Change, Proposal } from "../api/types";
import { changeCount, changeRows, changeTitle, drift, valueText } from "./changes";
import { canApprove, isDecided, isOverdue, isWaiting } from "./status";

const SETTING = { currency: "EUR", timezone: "Europe/Brussels" };

function makeProposal(more: Partial<Proposal> = {}): Proposal {
  return {
    id: "p1",
    thread_id: null,
    title: "Jazz night",
    status: "proposed",
    digest: "d1",
    revision: 1,
    version: 1,
    steps: [{ index: 0, operation: "create_event", input: {}, enabled: true, effect: "write" }],
    preview: {
      ok: true,
      steps: [{ index: 0, operation: "create_event", ok: true, summary: "Jazz night, 20:00", result: null, changes: [], warnings: [], error: null }],
      totals: [{ label: "Revenue", amount: 375000, currency: "EUR" }],
      warnings: [],
      conflicts: [],
    },
    replaces: null,
    undo_of: null,
    undone_by: null,
    can_undo: false,
    created_at: "2026-08-01T12:00:00Z",
    expires_at: "2026-08-01T12:15:00Z",
    decided_at: null,
    applied_at: null,
    failure: null,
    ...more,
  };
}

const NOW = Date.parse("2026-08-01T12:05:00Z");
const LATER = Date.parse("2026-08-01T12:20:00Z");

test("values are shown as money, local time or a dash", () => {
  expect(valueText("price_amount", 2500, SETTING)).toMatch(/25/);
  expect(valueText("start_date", "2026-12-12T19:00:00Z", SETTING)).toMatch(/20:00|8:00.PM/);
  expect(valueText("description", null, SETTING)).toBe("–");
  expect(valueText("is_open", true, SETTING)).toBe("yes");
});

test("bookkeeping columns, links and columns that read the same are not shown", () => {
  const fields = ["id", "org_id", "version", "venue_id"].map((name) => ({ name, before: 1, after: 2 }));
  const change: Change = { table: "events", action: "update", id: "e", label: "event Jazz", fields: [...fields, { name: "capacity", before: 100, after: 120 }, { name: "name", before: "Jazz", after: "Jazz" }] };
  expect(changeRows(change, SETTING)).toEqual([{ label: "Capacity", before: "100", after: "120" }]);
  expect(changeTitle(change)).toBe("Event Jazz");
});

test("a row's own currency beats the setting", () => {
  const change: Change = { table: "ticket_types", action: "insert", id: "t", label: "", fields: [{ name: "price_amount", before: null, after: 1200 }, { name: "currency", before: null, after: "JPY" }] };
  expect(changeRows(change, SETTING)[0]?.after).toMatch(/1.?200/);
});

test("what moved between two previews is told, what did not is not", () => {
  const before = makeProposal();
  const same = makeProposal({ digest: "d2" });
  expect(drift(before, same)).toEqual([]);
  const moved = makeProposal({ preview: { ...before.preview, totals: [{ label: "Revenue", amount: 350000, currency: "EUR" }], conflicts: ["The room is taken."] } });
  expect(drift(before, moved).map((row) => row.label)).toEqual(["Revenue", "New"]);
});

test("the number of changed rows is a sentence", () => {
  expect(changeCount(makeProposal().preview)).toBe("0 rows would change");
});

test("only a waiting proposal whose preview works can be approved", () => {
  expect(canApprove(makeProposal(), NOW)).toBe(true);
  expect(canApprove(makeProposal({ status: "stale" }), NOW)).toBe(true);
  expect(canApprove(makeProposal(), LATER)).toBe(false);
  expect(canApprove(makeProposal({ status: "applied" }), NOW)).toBe(false);
  const blocked = makeProposal();
  expect(canApprove({ ...blocked, preview: { ...blocked.preview, ok: false } }, NOW)).toBe(false);
  expect(canApprove({ ...blocked, steps: blocked.steps.map((step) => ({ ...step, enabled: false })) }, NOW)).toBe(false);
});

test("the run goes on only when the server says that a decision was made", () => {
  expect(isDecided(makeProposal({ status: "applied" }))).toBe(true);
  expect(isDecided(makeProposal({ status: "approved" }))).toBe(false);
  // Overdue by our clock alone must not wake the run: the server would ask again, and again.
  expect(isOverdue(makeProposal(), LATER)).toBe(true);
  expect(isWaiting(makeProposal(), LATER)).toBe(false);
  expect(isDecided(makeProposal())).toBe(false);
});

test("shares are shown in percent, words of the wire as words, and ids that mean nothing to a person not at all", () => {
  const change: Change = {
    table: "promo_codes", action: "insert", id: "p", label: "promo code EARLY",
    fields: [
      { name: "percent_basis_points", before: null, after: 1500 },
      { name: "state", before: null, after: "let_choose" },
      { name: "reverses", before: null, after: "d17e2f38-aeda-5776-9267-0d23969aff65" },
    ],
  };
  expect(changeRows(change, { currency: "EUR", timezone: "UTC" }).map(({ label, after }) => [label, after])).toEqual([["Percent off", "15 %"], ["State", "let choose"]]);
});
