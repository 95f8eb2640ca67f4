import { formatPercent, fromPercentText, toPercentText } from "./percent";

test("a share is shown in percent and read back in basis points", () => {
  expect(formatPercent(2000)).toBe("20 %");
  expect(formatPercent(750)).toMatch(/^7[.,]5 %$/);
  for (const points of [0, 1, 750, 2000, 9999, 10_000]) expect(fromPercentText(toPercentText(points))).toBe(points);
  expect(fromPercentText("7,5 %")).toBe(750);
});

test("what is no share from 0 to 100 is refused", () => {
  for (const text of ["", "many", "-5", "100.01", "101", "7.555", "1e2"]) expect(fromPercentText(text)).toBeNull();
});
