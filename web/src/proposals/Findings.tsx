/** What stands in the way or should be known: conflicts, warnings, what moved, why an action was refused. */
import type { Proposal } from "../api/types";
import { problemText } from "../api/problem";
import { Notice } from "../ui/Notice";
import { errorText } from "./changes";
import { Rows } from "./ExactChanges";
import type { ProposalActions } from "./useProposalActions";

type FindingsProps = { proposal: Proposal; actions: ProposalActions; waiting: boolean };

export function Findings({ proposal, actions, waiting }: FindingsProps) {
  const { preview, failure, status } = proposal;
  const { moved, problem } = actions;
  const inSteps = new Set(preview.steps.flatMap((step) => [...step.warnings, errorText(step.error)]));
  const conflicts = waiting ? preview.conflicts.filter((text) => !inSteps.has(text)) : [];
  const warnings = waiting ? preview.warnings.filter((text) => !inSteps.has(text)) : [];
  const failed = status === "failed" && failure;
  if (conflicts.length + warnings.length === 0 && !moved && !problem && !failed) return null;
  return (
    <div className="flex flex-col gap-2 px-4 pb-4 sm:px-5" aria-live="polite">
      {moved && (
        <Notice tone="warn" title="Things changed since you saw this" role="alert">
          <p>Nothing was done. This is the fresh preview: look again, then approve.</p>
          {moved.length > 0 && (
            <div className="mt-2 text-ink">
              <Rows rows={moved} action="update" />
            </div>
          )}
        </Notice>
      )}
      {conflicts.map((text) => (
        <Notice key={text} tone="bad" title="Conflict">
          {text}
        </Notice>
      ))}
      {warnings.map((text) => (
        <Notice key={text} tone="warn">
          {text}
        </Notice>
      ))}
      {failed && (
        <Notice tone="bad" title="Nothing was changed">
          {errorText(failure)}
        </Notice>
      )}
      {problem && (
        <Notice tone="bad" title={problemText(problem)} role="alert">
          {problem.remedy}
        </Notice>
      )}
    </div>
  );
}
