import { formFields, formValues, linesIn, linesText, readForm, settingOf, typeNames } from "./fields";

const SETTING = { currency: "EUR", timezone: "Europe/Brussels" };
const TICKETS = { event: "Jazz night", name: "General", price_amount: 2500, currency: "EUR", quantity: 150 };

test("money is shown and read back in major units", () => {
  expect(formValues("create_ticket_type", TICKETS, SETTING)["price_amount"]).toBe("25.00");
  const values = { ...formValues("create_ticket_type", TICKETS, SETTING), price_amount: "27.50" };
  expect(readForm("create_ticket_type", TICKETS, values, SETTING)).toEqual({ input: { ...TICKETS, price_amount: 2750 } });
});

test("a form that nobody touched gives back the very same input", () => {
  const input = { ...TICKETS, venue_rules: { quiet_after: 22 }, start: "2026-12-12T19:00:00Z" };
  const reading = readForm("create_ticket_type", input, formValues("create_ticket_type", input, SETTING), SETTING);
  expect(reading).toEqual({ input });
});

test("times are edited as wall time of the event's zone", () => {
  const input = { name: "Jazz night", start_date: "2026-12-12T19:00:00+00:00" };
  const values = formValues("create_event", input, SETTING);
  expect(values["start_date"]).toBe("2026-12-12T20:00");
  const reading = readForm("create_event", input, { ...values, start_date: "2026-12-12T21:30" }, SETTING);
  expect(reading).toEqual({ input: { ...input, start_date: "2026-12-12T21:30:00+01:00" } });
});

test("what is no amount, number or time is refused beside its field", () => {
  const reading = readForm("create_ticket_type", TICKETS, { ...formValues("create_ticket_type", TICKETS, SETTING), price_amount: "cheap", quantity: "1.5" }, SETTING);
  expect("errors" in reading && Object.keys(reading.errors)).toEqual(["price_amount", "quantity"]);
});

test("an emptied field leaves the input and a filled one enters it", () => {
  const values = { ...formValues("create_event", { name: "Jazz", capacity: 100 }, SETTING), capacity: "", description: "Late set" };
  expect(readForm("create_event", { name: "Jazz", capacity: 100 }, values, SETTING)).toEqual({ input: { name: "Jazz", description: "Late set" } });
});

test("an operation the page does not know still gets a form from its simple values", () => {
  const fields = formFields("rent_lights", { hours: 3, fee_amount: 900, from: "2026-12-12T19:00:00Z", note: "x", nested: {}, currency: "EUR" });
  expect(fields.map((field) => [field.name, field.kind])).toEqual([
    ["hours", "count"],
    ["fee_amount", "money"],
    ["from", "instant"],
    ["note", "text"],
  ]);
});

test("currency and zone come from the input, then the preview, then the organisation", () => {
  expect(settingOf({ currency: "JPY" }, { currency: "USD", timezone: "Asia/Tokyo" }, SETTING)).toEqual({ currency: "JPY", timezone: "Asia/Tokyo" });
  expect(settingOf({}, null, SETTING)).toEqual(SETTING);
});

test("what is named by id is not offered for typing and stays in the input", () => {
  const input = { ...TICKETS, event: "d17e2f38-aeda-5776-9267-0d23969aff65" };
  expect(formFields("create_ticket_type", input).map((field) => field.name)).not.toContain("event");
  const values = { ...formValues("create_ticket_type", input, SETTING), quantity: "120" };
  expect(readForm("create_ticket_type", input, values, SETTING)).toEqual({ input: { ...input, quantity: 120 } });
});

test("a share is edited in percent and stored in basis points", () => {
  const input = { event: "Jazz night", code: "EARLY", percent_basis_points: 2000 };
  const values = formValues("create_promo_code", input, SETTING);
  expect(values["percent_basis_points"]).toBe("20");
  expect(readForm("create_promo_code", input, { ...values, percent_basis_points: "12.5" }, SETTING)).toEqual({ input: { ...input, percent_basis_points: 1250 } });
  const refused = readForm("create_promo_code", input, { ...values, percent_basis_points: "120" }, SETTING);
  expect("errors" in refused && Object.keys(refused.errors)).toEqual(["percent_basis_points"]);
});

test("nested lines are edited one by one; without any the field leaves the input", () => {
  const input = { order: "1042", remove: [{ ticket_type: "General", quantity: 1 }], reason: "x" };
  const values = formValues("change_order", input, SETTING);
  expect(linesIn(values["remove"] ?? "")).toEqual([{ ticket_type: "General", quantity: "1" }]);
  const add = linesText([{ ticket_type: " VIP ", quantity: "2" }, { ticket_type: "", quantity: "" }]);
  expect(readForm("change_order", input, { ...values, add, remove: "" }, SETTING)).toEqual({ input: { order: "1042", reason: "x", add: [{ ticket_type: "VIP", quantity: 2 }] } });
  const refused = readForm("change_order", input, { ...values, add: linesText([{ ticket_type: "VIP", quantity: "0" }]) }, SETTING);
  expect("errors" in refused && Object.keys(refused.errors)).toEqual(["add"]);
});

test("yes or no, lists of names and days keep what they are", () => {
  const input = { event: "Jazz", name: "Shared", size: 100, ticket_types: ["General", "VIP"] };
  const values = formValues("create_quota", input, SETTING);
  expect(values["ticket_types"]).toBe("General, VIP");
  expect(readForm("create_quota", input, { ...values, ticket_types: "General,  Student " }, SETTING)).toEqual({ input: { ...input, ticket_types: ["General", "Student"] } });
  const payout = { provider: "stripe", reference: "po_1", amount: 100, arrived_on: "2026-12-12" };
  expect(readForm("record_payout", payout, { ...formValues("record_payout", payout, SETTING), arrived_on: "2026-12-13" }, SETTING)).toEqual({ input: { ...payout, arrived_on: "2026-12-13" } });
  const tickets = { ...TICKETS, hidden: true };
  expect(readForm("create_ticket_type", tickets, { ...formValues("create_ticket_type", tickets, SETTING), hidden: "no" }, SETTING)).toEqual({ input: { ...tickets, hidden: false } });
});

test("a ticket type that lines name by id is called by the name the preview gives it", () => {
  const result = { items: [{ ticket_type_id: "t1", ticket_type_name: "General" }, { ticket_type_id: null, ticket_type_name: "Fee" }] };
  expect([...typeNames(result)]).toEqual([["t1", "General"]]);
  expect(typeNames(null).size + typeNames({ items: 5 }).size).toBe(0);
});
