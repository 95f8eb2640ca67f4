import { WEBHOOK_KINDS } from "../api/rights";
import { groupedKinds, happening, kindsWords } from "./kinds";

test("every kind of news is offered once, under its noun", () => {
  const groups = groupedKinds();
  expect(groups.flatMap(([, kinds]) => kinds).sort()).toEqual([...WEBHOOK_KINDS].sort());
  expect(new Set(groups.map(([noun]) => noun)).size).toBe(groups.length);
  expect(groups.find(([noun]) => noun === "Order")?.[1]).toContain("order.created");
});

test("what a webhook is told of is one sentence", () => {
  const orders = WEBHOOK_KINDS.filter((kind) => kind.startsWith("order."));
  expect(kindsWords([])).toBe("Told of everything");
  expect(kindsWords(["order.created", "order.paid"])).toBe("Told of order (created, paid)");
  expect(kindsWords(orders)).toBe("Told of order (all)");
  expect(kindsWords(["order.paid", "event.created", "venue.created", "sponsor.added"])).toBe("Told of 4 kinds of news");
  expect(happening("order.payment_received")).toBe("payment received");
});
