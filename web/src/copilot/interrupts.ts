/** Pending interrupts of the agent: which proposal they wait for, and how to answer them. Pure. */
import type { Interrupt, ResumeEntry } from "@copilotkit/react-core/v2/headless";
import type { Proposal } from "../api/types";

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** The proposal an interrupt waits for: its value sits in the metadata, wherever the adapter put it. */
export function proposalAwaited(interrupt: Interrupt): string | null {
  const metadata: unknown = interrupt.metadata;
  if (!isRecord(metadata)) return null;
  const adapter = metadata["langgraph"];
  for (const value of [isRecord(adapter) ? adapter["raw"] : null, metadata["value"], metadata]) {
    if (isRecord(value) && typeof value["proposal_id"] === "string") return value["proposal_id"];
  }
  return null;
}

/** Ids of the proposals that pending interrupts wait for, each once. */
export function awaitedProposals(interrupts: readonly Interrupt[]): string[] {
  return [...new Set(interrupts.map(proposalAwaited).filter((id) => id !== null))];
}

function answerAll(interrupts: readonly Interrupt[], payload: Record<string, unknown>): ResumeEntry[] {
  return interrupts.map(({ id }) => ({ interruptId: id, status: "resolved" as const, payload }));
}

/** The person wrote on instead of deciding: the run goes on with the message, nothing is approved. */
export function answeredByMessage(interrupts: readonly Interrupt[]): ResumeEntry[] {
  return answerAll(interrupts, { kind: "message" });
}

/** Tells the waiting run what became of its proposal. It carries no authority: the server reads the row. */
export function answeredByDecision(interrupts: readonly Interrupt[], proposal: Pick<Proposal, "id" | "status">): ResumeEntry[] {
  return answerAll(interrupts, { kind: "decision", proposal_id: proposal.id, status: proposal.status });
}
