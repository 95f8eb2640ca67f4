import type { Order } from "../api/types";
import { orderActions } from "./actions";

const ORDER = { id: "o", number: "1", status: "paid", needs_approval: false, owed_amount: 0, paid_amount: 5000, refunded_amount: 0, currency: "EUR", expires_at: null, tickets: [{ id: "t", status: "valid" }] } as unknown as Order;
const ALL = ["orders:write", "orders:refund"];
const offered = (change: Partial<Order>, tickets: string[] = [], scopes = ALL) => orderActions({ ...ORDER, ...change }, tickets, scopes).map((action) => action.operation);

test("an order that waits for approval is approved or declined and nothing else", () => {
  expect(offered({ status: "pending", needs_approval: true, owed_amount: 5000, paid_amount: 0 }, ["t"])).toEqual(["approve_order", "decline_order"]);
});

test("an unpaid order can be paid, given time, changed or cancelled", () => {
  expect(offered({ status: "pending", owed_amount: 5000, paid_amount: 0 })).toEqual(["record_payment", "request_payment", "extend_order", "change_order", "cancel_order"]);
});

test("what a buyer is owed is offered as its exact amount, and only once", () => {
  const [action, ...rest] = orderActions({ ...ORDER, owed_amount: -1500 }, [], ALL).filter(({ operation }) => operation === "refund_order");
  expect(action?.input).toEqual({ order: "o", amount: 1500 });
  expect(rest).toEqual([]);
});

test("ticked tickets are refunded by their ids", () => {
  expect(orderActions(ORDER, ["t"], ALL)[0]).toMatchObject({ operation: "refund_tickets", input: { order: "o", tickets: ["t"] } });
});

test("who may not refund is not offered it, and a viewer nothing", () => {
  expect(offered({}, ["t"], ["orders:write"])).toEqual(["send_tickets", "change_order"]);
  expect(offered({}, ["t"], ["orders:read"])).toEqual([]);
});

test("an order that ended offers nothing", () => {
  for (const status of ["expired", "cancelled"] as const) expect(offered({ status, paid_amount: 0 })).toEqual([]);
});

test("each action is there once, since its name is its key", () => {
  for (const owed_amount of [-1, 0, 1]) for (const status of ["paid", "pending"] as const) {
    const names = offered({ status, owed_amount }, ["t"]);
    expect(new Set(names).size).toBe(names.length);
  }
});
