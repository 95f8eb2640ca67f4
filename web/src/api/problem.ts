/** Reads whatever a failed call left behind as one Problem. Pure: no requests, no React. */
import type { Problem } from "./types";

const UNREACHABLE: Problem = {
  status: 0,
  code: "unreachable",
  title: "Greenroom cannot be reached",
  detail: "The server did not answer. Check the connection and try again.",
  retryable: true,
};

/** The problem in an RTK Query error (`{status, data}`), an Error, or anything else that was thrown. */
export function problemOf(error: unknown): Problem {
  if (typeof error !== "object" || error === null) return { ...UNREACHABLE, code: "unknown", detail: String(error) };
  const { status, data } = error as { status?: unknown; data?: unknown };
  if (typeof status !== "number") return UNREACHABLE;
  const body = (typeof data === "object" && data !== null ? data : {}) as Partial<Problem>;
  return { title: "Something went wrong", ...body, status, code: body.code ?? `http_${status}` };
}

/** One sentence for a banner or a field: the most specific text that the problem carries. */
export function problemText(problem: Problem): string {
  const first = problem.errors?.[0];
  const field = first ? `${first.pointer.split("/").filter(Boolean).pop() ?? "input"}: ${first.message}` : undefined;
  return problem.detail ?? field ?? problem.title ?? "Something went wrong";
}
