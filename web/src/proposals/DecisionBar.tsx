/** Approve or reject, bound to the digest of what this card shows; an expired proposal can be shown anew. */
import type { Proposal } from "../api/types";
import { Button } from "../ui/Button";
import { canApprove } from "./status";
import type { ProposalActions } from "./useProposalActions";

/** `editing` says that a step's form is open: what it holds is not part of the preview, so nothing can be approved. */
export function DecisionBar({ proposal, actions, editing }: { proposal: Proposal; actions: ProposalActions; editing: boolean }) {
  const count = proposal.steps.filter((step) => step.enabled).length;
  const busy = actions.acting !== null;
  const approveWords = proposal.undo_of ? "Undo it" : count > 1 ? `Approve ${count} steps` : "Approve";
  const hint =
    actions.acting === "revise"
      ? "Making a new preview…"
      : editing
        ? "Save or cancel your edit first."
      : count === 0
        ? "Tick at least one step."
        : proposal.preview.ok
          ? "All steps or none."
          : "This cannot be done as it stands. Edit or untick the step in the way.";
  return (
    <footer className="sticky bottom-0 z-10 flex flex-wrap items-center gap-x-3 gap-y-2 border-t border-line bg-surface px-4 py-3 sm:px-5">
      <Button weight="primary" icon="check" disabled={busy || editing || !canApprove(proposal)} aria-busy={actions.acting === "approve"} onClick={() => void actions.approve()} className="max-sm:flex-1">
        {actions.acting === "approve" ? "Applying…" : approveWords}
      </Button>
      <Button weight="plain" disabled={busy} onClick={() => void actions.reject()}>
        {actions.acting === "reject" ? "Rejecting…" : "Reject"}
      </Button>
      <p aria-live="polite" className="text-[13px] text-ink-soft max-sm:w-full">
        {hint}
      </p>
    </footer>
  );
}

/** What an expired proposal offers: the same steps once more, previewed against the world as it is now. */
export function RenewBar({ actions }: { actions: ProposalActions }) {
  return (
    <footer className="flex flex-wrap items-center gap-3 border-t border-line px-4 py-3 sm:px-5">
      <Button busy={actions.acting !== null} onClick={() => void actions.renew()}>
        {actions.acting ? "Making a new preview…" : "Show it anew"}
      </Button>
      <p className="text-[13px] text-ink-soft">Nothing was done. A new preview shows what it would change now.</p>
    </footer>
  );
}
