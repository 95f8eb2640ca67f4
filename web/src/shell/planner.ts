/** What the page says about the model behind the copilot. Pure. */
import type { Health } from "../api/types";

export type PlannerWords = { label: string; detail: string };

function coverageText(coverage: unknown): string {
  if (typeof coverage === "number") return ` It gets ${Math.round(coverage <= 1 ? coverage * 100 : coverage)} % of our test requests right.`;
  if (typeof coverage === "string" && coverage) return ` ${coverage.replace(/\.?$/, ".")}`;
  return "";
}

/** Plain words for the badge; null while the server has not said what it uses. */
export function plannerWords(model: Health["model"]): PlannerWords | null {
  if (!model) return null;
  if (model.provider === "rules") {
    return {
      label: "Offline rules planner",
      detail: `${model.description ?? "No language model is connected: requests are read by fixed rules on this server. What it does not understand, it asks."}${coverageText(model.coverage)}`,
    };
  }
  return { label: model.name, detail: model.description ?? `Requests are read by ${model.name} (${model.provider}). It proposes; only you approve.` };
}
