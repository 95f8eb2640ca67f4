import { formatMoney, fromMajorText, minorDigits, toMajorText } from "./money";

test("minor units follow the currency", () => {
  expect([minorDigits("EUR"), minorDigits("JPY"), minorDigits("KWD"), minorDigits("???")]).toEqual([2, 0, 3, 2]);
});

test("whole amounts lose their zeros and others keep all digits", () => {
  expect(formatMoney(500000, "EUR", "en")).toBe("€5,000");
  expect(formatMoney(2550, "EUR", "en")).toBe("€25.50");
  expect(formatMoney(1200, "JPY", "en")).toBe("¥1,200");
  expect(formatMoney(-1250, "USD", "en")).toBe("-$12.50");
});

test("an unknown currency code is shown beside the amount instead of failing", () => {
  expect(formatMoney(1250, "?", "en")).toBe("12.50 ?");
});

test("an amount survives editing unchanged", () => {
  for (const [amount, currency] of [[2500, "EUR"], [5, "EUR"], [0, "EUR"], [1200, "JPY"], [1005, "KWD"]] as const)
    expect(fromMajorText(toMajorText(amount, currency), currency)).toBe(amount);
});

test("what a person types is read without floating point", () => {
  expect(fromMajorText("25", "EUR")).toBe(2500);
  expect(fromMajorText("25,5", "EUR")).toBe(2550);
  expect(fromMajorText("19.99", "EUR")).toBe(1999);
  expect(fromMajorText("1 000.10", "EUR")).toBe(100010);
  expect(fromMajorText("25.", "EUR")).toBe(2500);
});

test("what is not an amount of the currency is refused", () => {
  for (const text of ["", "free", "-5", "1.005", "1,000.00", "1e3"]) expect(fromMajorText(text, "EUR")).toBeNull();
  expect(fromMajorText("10.5", "JPY")).toBeNull();
});
