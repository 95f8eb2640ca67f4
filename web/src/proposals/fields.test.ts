import { formFields, formValues, readForm, settingOf } from "./fields";

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
