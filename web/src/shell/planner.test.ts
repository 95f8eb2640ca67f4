import { plannerWords } from "./planner";

test("the rules planner is called what it is, with its measured coverage", () => {
  const words = plannerWords({ provider: "rules", name: "rules", coverage: 0.81 });
  expect(words?.label).toBe("Offline rules planner");
  expect(words?.detail).toContain("81 %");
});

test("a coverage in words is kept as a sentence and an unknown form is left out", () => {
  expect(plannerWords({ provider: "rules", name: "r", coverage: "61 of 72 tasks" })?.detail).toContain("61 of 72 tasks.");
  expect(plannerWords({ provider: "rules", name: "r", coverage: { a: 1 } })?.detail).not.toContain("object");
});

test("a model is named and nothing is said before the server answered", () => {
  expect(plannerWords({ provider: "openai", name: "gpt-x" })?.label).toBe("gpt-x");
  expect(plannerWords(undefined)).toBeNull();
});
