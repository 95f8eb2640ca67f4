import { dayLeaf, formatMoment, formatSpan, instantOf, isInstant, todayIn, wallOf } from "./time";

const NOW = new Date("2026-08-01T12:00:00Z");

/** The comma after the weekday depends on the version of the locale data. */
const plain = (text: string) => text.replace(/^(\w+),/, "$1");

test("a time is shown in the event's zone, not in the reader's", () => {
  expect(plain(formatMoment("2026-12-12T19:00:00Z", "Europe/Brussels", "en-GB", NOW))).toBe("Sat 12 Dec, 20:00");
  expect(plain(formatMoment("2026-12-12T23:30:00Z", "Asia/Tokyo", "en-GB", NOW))).toMatch(/^Sun 13 Dec, 0?8:30$/);
});

test("another year is written out", () => {
  expect(plain(formatMoment("2027-01-02T10:00:00+00:00", "UTC", "en-GB", NOW))).toBe("Sat 2 Jan 2027, 10:00");
});

test("a span on one day shows the day once", () => {
  const span = (end: string | null) => plain(formatSpan("2026-12-12T20:00:00+01:00", end, "Europe/Brussels", "en-GB", NOW));
  expect(span("2026-12-12T23:00:00+01:00")).toBe("Sat 12 Dec, 20:00 – 23:00");
  expect(span(null)).toBe("Sat 12 Dec, 20:00");
});

test("a zone nobody knows falls back to UTC and says so", () => {
  expect(formatMoment("2026-12-12T19:00:00Z", "Nowhere/Land", "en-GB", NOW)).toContain("UTC");
});

test("what is no time is shown as it is", () => {
  expect(formatMoment("soon", "UTC", "en-GB", NOW)).toContain("soon");
  expect(wallOf("soon")).toBeNull();
  expect(instantOf("soon")).toBeNull();
});

test("wall time and instant are each other's inverse on both sides of a clock change", () => {
  for (const wall of ["2026-07-01T20:00", "2026-12-12T20:00", "2026-03-29T01:30", "2026-03-29T03:30", "2026-10-25T05:00"]) {
    const instant = instantOf(wall, "Europe/Brussels");
    expect(wallOf(instant ?? "", "Europe/Brussels")).toBe(wall);
  }
  expect(instantOf("2026-07-01T20:00", "Europe/Brussels")).toBe("2026-07-01T20:00:00+02:00");
  expect(instantOf("2026-12-12T20:00", "Europe/Brussels")).toBe("2026-12-12T20:00:00+01:00");
  expect(instantOf("2026-12-12T20:00", "America/St_Johns")).toBe("2026-12-12T20:00:00-03:30");
});

test("today is the organisation's day", () => {
  const lateEvening = new Date("2026-08-01T23:30:00Z");
  expect(todayIn("Europe/Brussels", lateEvening)).toBe("2026-08-02");
  expect(todayIn("America/New_York", lateEvening)).toBe("2026-08-01");
});

test("the calendar leaf follows the zone", () => {
  expect(dayLeaf("2026-12-12T23:30:00Z", "Asia/Tokyo", "en")).toEqual({ day: "13", month: "Dec" });
});

test("only text with a date, a clock and an offset counts as an instant", () => {
  expect(isInstant("2026-12-12T20:00:00+01:00")).toBe(true);
  for (const value of ["2026-12-12", "2026-12-12T20:00", 5, null]) expect(isInstant(value)).toBe(false);
});
