/** Reads a tool result (JSON text from the wire) into a closed union. Pure; never throws on what it does not know. */
import type { Proposal } from "../api/types";

export type ToolProblem = { code: string; message: string; remedy: string | null };

export type Reading =
  | { kind: "running" }
  | { kind: "proposal"; id: string; proposal: Proposal | null }
  | { kind: "problem"; problem: ToolProblem }
  | { kind: "page"; items: unknown[]; more: boolean; totals: unknown[] }
  | { kind: "object"; value: Record<string, unknown> }
  | { kind: "text"; text: string };

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function proposalOf(value: Record<string, unknown>): Reading | null {
  const { proposal, proposal_id } = value;
  if (isRecord(proposal) && typeof proposal["id"] === "string") {
    return { kind: "proposal", id: proposal["id"], proposal: "preview" in proposal ? (proposal as Proposal) : null };
  }
  if (typeof proposal === "string") return { kind: "proposal", id: proposal, proposal: null };
  if (typeof proposal_id === "string") return { kind: "proposal", id: proposal_id, proposal: null };
  return null;
}

function problemIn(error: unknown): ToolProblem | null {
  if (!isRecord(error)) return null;
  const { code, message, detail, remedy } = error;
  const sentence = typeof message === "string" ? message : typeof detail === "string" ? detail : "This did not work.";
  return { code: String(code ?? "unknown"), message: sentence, remedy: typeof remedy === "string" ? remedy : null };
}

/** The reading of a tool's result; `undefined` stands for a call that has not answered yet. */
export function readResult(content: string | undefined): Reading {
  if (content === undefined) return { kind: "running" };
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    return { kind: "text", text: content };
  }
  if (Array.isArray(value)) return { kind: "page", items: value, more: false, totals: [] };
  if (!isRecord(value)) return { kind: "text", text: value === null ? "" : String(value) };
  const problem = problemIn(value["error"]);
  if (problem) return { kind: "problem", problem };
  const proposal = proposalOf(value);
  if (proposal) return proposal;
  // An order and a hold have items of their own; what has an id is one thing.
  if (Array.isArray(value["items"]) && !("id" in value)) {
    return { kind: "page", items: value["items"], more: Boolean(value["next_cursor"]), totals: Array.isArray(value["totals"]) ? value["totals"] : [] };
  }
  return { kind: "object", value };
}
