/** What a proposal's state means for the card. Pure. */
import type { Proposal, ProposalState } from "../api/types";

/** Nobody has decided yet: buttons are shown, the run waits. */
export function isWaiting(proposal: Proposal, now = Date.now()): boolean {
  return (proposal.status === "proposed" || proposal.status === "stale") && !isOverdue(proposal, now);
}

/** Past its time, whether or not the server has marked it yet: it can be shown anew, not approved. */
export function isOverdue(proposal: Proposal, now = Date.now()): boolean {
  if (proposal.status === "expired") return true;
  return (proposal.status === "proposed" || proposal.status === "stale") && Date.parse(proposal.expires_at) <= now;
}

const DECIDED: readonly ProposalState[] = ["applied", "undone", "rejected", "expired", "failed"];

/** Whether the run that asked may go on. Only the server's word counts: our clock may be wrong and the run would ask again. */
export function isDecided(proposal: Proposal): boolean {
  return DECIDED.includes(proposal.status);
}

export function canApprove(proposal: Proposal, now = Date.now()): boolean {
  return isWaiting(proposal, now) && proposal.preview.ok && proposal.steps.some((step) => step.enabled);
}

export const STATE_WORDS: Record<ProposalState, string> = {
  proposed: "Waiting for you",
  approved: "Being applied",
  applied: "Applied",
  undone: "Undone",
  rejected: "Rejected",
  expired: "Expired",
  stale: "Out of date",
  failed: "Failed",
};
