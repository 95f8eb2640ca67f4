import { formatSize } from "./size";

test("a size is told in the unit that fits", () => {
  expect([0, 820, 1_400, 26_214_400].map(formatSize)).toEqual(["0 bytes", "820 bytes", expect.stringMatching(/^1[.,]4 kB$/), expect.stringMatching(/^26[.,]2 MB$/)]);
});
