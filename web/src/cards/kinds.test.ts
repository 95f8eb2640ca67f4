import { entityOf } from "./entity";
import { telling } from "./kinds";
import { readResult } from "./reading";
import { reportOf } from "./reports";

type Schema = { type?: string; format?: string; enum?: unknown[]; const?: unknown; anyOf?: Schema[]; $ref?: string; items?: Schema; properties?: Record<string, Schema>; $defs?: Record<string, Schema>; title?: string };
const { catalog } = require("../../scripts/wire.cjs") as { catalog: () => Record<string, { output: Schema }> };

const OPERATIONS = catalog();

/** A value of a schema; `empty` picks null and empty lists wherever that is allowed. */
function sample(schema: Schema, defs: Record<string, Schema>, empty: boolean, name = ""): unknown {
  if (schema.$ref) return sample(defs[schema.$ref.split("/").pop()!]!, defs, empty, name);
  if (schema.anyOf) return sample(schema.anyOf.find((one) => (one.type === "null") === empty) ?? schema.anyOf[0]!, defs, empty, name);
  if (schema.enum) return schema.enum[0];
  if (schema.const !== undefined) return schema.const;
  if (schema.type === "array") return empty ? [] : [sample(schema.items!, defs, empty, name)];
  if (schema.type === "object") return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([field, own]) => [field, sample(own, defs, empty, field)]));
  if (schema.type === "integer") return 1250;
  if (schema.type === "boolean") return !empty;
  if (schema.format === "date-time") return "2026-12-12T19:00:00Z";
  if (schema.format === "date") return "2026-12-12";
  if (name === "currency") return "EUR";
  if (name === "timezone") return "Europe/Brussels";
  return schema.type === "string" ? `the ${name}` : null;
}

/** What one call answered, as the chat reads it: one thing or the items of a page. */
function shown(output: Schema, empty: boolean): unknown[] {
  const reading = readResult(JSON.stringify(sample(output, output.$defs ?? {}, empty)));
  return reading.kind === "page" ? reading.items : reading.kind === "object" ? [reading.value] : [];
}

// The door's own page reads these; what is put back says it in one sentence.
const WITHOUT_CARD = new Set(["upload_check_ins", "download_check_in_list", "restore_step"]);

test.each([false, true])("every answer of every operation has a card that says no nonsense (left empty: %s)", (empty) => {
  const wrong: string[] = [];
  for (const [name, { output }] of Object.entries(OPERATIONS)) {
    for (const value of WITHOUT_CARD.has(name) ? [] : shown(output, empty)) {
      const told = telling(value, "UTC");
      if (!told && !reportOf(value) && entityOf(value).kind === "unknown") wrong.push(`${name} has no card`);
      const text = JSON.stringify(told);
      if (/undefined|NaN|\[object|Infinity/.test(text)) wrong.push(`${name}: ${text}`);
    }
  }
  expect(wrong).toEqual([]);
});

const ORDER = {
  id: "o", number: "1042", event_id: "e", event_name: "Jazz", buyer_name: "Ann", buyer_email: null, status: "paid", currency: "EUR", total_amount: 5000, paid_amount: 5000,
  refunded_amount: 0, owed_amount: 0, expires_at: null, version: 1, created_at: "2026-12-12T19:00:00Z", tickets: [],
  items: [{ id: "i", kind: "ticket", ticket_type_id: "t", ticket_type_name: "General", quantity: 2, price_amount: 2500, total_amount: 5000 }],
};

test("an order says who, what for and how much, and what is open", () => {
  expect(telling(ORDER, "UTC")?.line).toMatchObject({ title: "Order 1042 · Ann", meta: "Jazz · 2 tickets", status: "paid" });
  expect(telling({ ...ORDER, owed_amount: -1500 }, "UTC")?.line.meta).toMatch(/15.* owed to the buyer/);
  expect(telling({ ...ORDER, status: "pending", needs_approval: true, owed_amount: 5000 }, "UTC")?.line.status).toBe("needs approval");
});

test("lines taken back are shown as such", () => {
  const back = { ...ORDER.items[0], quantity: -1, total_amount: -2500, reverses: "i", created_at: "" };
  const rows = telling({ ...ORDER, history: [ORDER.items[0], back] }, "UTC")?.tables?.[0]?.rows ?? [];
  expect(rows.map(([what]) => what)).toEqual(["2 × General", "−1 × General (taken back)"]);
});

test("a rehearsal of refunds says that it is one and what cannot go back", () => {
  const { output } = OPERATIONS["refund_event"]!;
  const run = sample(output, output.$defs ?? {}, false) as Record<string, unknown>;
  const told = telling({ ...run, dry_run: true, ways: [], left_out: [{ why: "already_refunded", currency: "EUR", orders: 2, amount: 100 }] }, "UTC");
  expect(told?.notes?.map((note) => note.text)).toEqual(["This is a rehearsal: nothing was refunded.", "2 orders cannot be refunded this way."]);
});

test("a payment whose end is unknown is not called paid", () => {
  const { output } = OPERATIONS["settle_payment"]!;
  const payment = sample(output, output.$defs ?? {}, true) as Record<string, unknown>;
  expect(telling({ ...payment, status: "unknown" }, "UTC")).toMatchObject({ line: { status: "unknown" }, notes: [{ tone: "warn" }] });
});
