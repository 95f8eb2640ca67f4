/** What an applied proposal left behind: one compact card per result, and the way back. */
import type { Proposal } from "../api/types";
import { EntityLine, isKnownResult } from "../cards/registry";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { operationDone } from "../words/operations";
import type { ProposalActions } from "./useProposalActions";

type OutcomeProps = { proposal: Proposal; actions: ProposalActions; undoing: boolean };

/** `undoing` says that a proposal to take this back is already on the table. */
export function Outcome({ proposal, actions, undoing }: OutcomeProps) {
  const done = proposal.steps.filter((step) => step.enabled);
  const undone = proposal.status === "undone";
  return (
    <>
      <ul aria-label="Results" className={undone ? "opacity-55" : ""}>
        {done.map((step) => {
          const preview = proposal.preview.steps.find((candidate) => candidate.index === step.index);
          const known = isKnownResult(preview?.result);
          return (
            <li key={step.index} className="border-t border-line px-1.5">
              {known ? (
                <>
                  <p className="eyebrow flex items-center gap-1 px-3.5 pt-2.5">
                    <span className="text-accent">
                      <Icon name="check" size={14} />
                    </span>
                    {operationDone(step.operation)}
                  </p>
                  <EntityLine value={preview?.result} />
                </>
              ) : (
                <p className="flex gap-2 px-3.5 py-2.5">
                  <span className="mt-1 text-accent">
                    <Icon name="check" size={14} />
                  </span>
                  {preview?.summary ?? operationDone(step.operation)}
                </p>
              )}
            </li>
          );
        })}
      </ul>
      {proposal.can_undo && !undone && !undoing && (
        <footer className="flex items-center gap-3 border-t border-line px-4 py-2.5 sm:px-5">
          <Button weight="quiet" icon="undo" busy={actions.acting === "undo"} onClick={() => void actions.undo()} className="-ml-2">
            Undo…
          </Button>
          <p className="text-[13px] text-ink-faint">Shows what would be taken back first.</p>
        </footer>
      )}
    </>
  );
}
