import { entityOf, type Entity } from "./entity";
import { lineOf } from "./lines";

const line = (value: unknown) => lineOf(entityOf(value) as Exclude<Entity, { kind: "unknown" | "sales_report" }>, "UTC");

test("each shape of the wire is recognised", () => {
  expect(entityOf({ digest: "", steps: [], preview: {} }).kind).toBe("proposal");
  expect(entityOf({ lines: [], totals: [] }).kind).toBe("sales_report");
  expect(entityOf({ name: "", start_date: "", timezone: "" }).kind).toBe("event");
  expect(entityOf({ name: "", start_date: "", timezone: "", ticket_types: [], bookings: [] }).kind).toBe("event_detail");
  expect(entityOf({ name: "", city: null, capacity: null }).kind).toBe("venue");
  for (const value of [null, 5, "x", [], {}]) expect(entityOf(value).kind).toBe("unknown");
});

test("an event without tickets shows no count", () => {
  const event = { name: "Jazz", start_date: "2026-12-12T20:00:00Z", end_date: null, timezone: "UTC", venue_name: null, tickets_sold: 0, tickets_total: 0, status: "draft" };
  expect(line(event)).toMatchObject({ title: "Jazz", figure: "", status: "draft" });
});
