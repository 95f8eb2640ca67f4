import { reportLine, reportOf } from "./reports";

test("each report is recognised, and nothing else", () => {
  expect(reportOf({ balances: [], unbalanced: {} })?.kind).toBe("ledger");
  expect(reportOf({ event: {}, other: {}, differences: [] })?.kind).toBe("comparison");
  expect(reportOf({ file_name: "", path: "", columns: [], preview: [] })?.kind).toBe("file");
  expect(reportOf({ orders: 1, problems: [] })?.kind).toBe("check");
  for (const value of [null, 5, "x", {}, { lines: [], totals: [] }, { number: "1", total_amount: 1, currency: "EUR" }]) expect(reportOf(value)).toBeNull();
});

test("an order to settle says who, why and how much", () => {
  const order = { number: "1042", buyer_name: "", buyer_email: "a@b.nl", event_name: "Jazz", reasons: ["part_paid"], currency: "EUR", owed_amount: 1500, created_at: "2026-12-12T20:00:00Z" };
  const line = reportLine(order, "UTC");
  expect(line.title).toBe("Order 1042 · a@b.nl");
  expect(line.meta).toMatch(/^Part paid · Jazz · /);
  expect(line.figure).toMatch(/15/);
});

test("a payout that was crossed out says so", () => {
  const payout = { provider: "stripe", reference: "po_1", amount: 100, fee_amount: 0, currency: "EUR", arrived_on: "2026-12-12", voided_at: "2026-12-13T00:00:00Z" };
  expect(reportLine(payout, "UTC")).toMatchObject({ title: "Stripe · po_1", meta: "2026-12-12 · voided" });
});
