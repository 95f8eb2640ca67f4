/** The ordered steps of a proposal; a tick or an edit sends all of them back for a new preview. */
import type { Proposal, ProposalStep } from "../api/types";
import { StepItem } from "./StepItem";
import type { ProposalActions } from "./useProposalActions";

type StepListProps = {
  proposal: Proposal;
  actions: ProposalActions;
  editable: boolean;
  /** Index of the step whose form is open. */
  editing: number | null;
  onEditing: (index: number | null) => void;
};

export function StepList({ proposal, actions, editable, editing, onEditing }: StepListProps) {
  const { steps, preview } = proposal;
  const reviseStep = async (index: number, change: Partial<ProposalStep>) => {
    const revised = steps.map(({ operation, input, enabled, ...step }) => {
      const own = { operation, input, enabled };
      return step.index === index ? { ...own, ...change } : own;
    });
    return (await actions.revise(revised)) !== null;
  };
  return (
    <ol aria-label="Steps" aria-busy={actions.acting === "revise"} className="border-t border-line">
      {steps.map((step) => (
        <StepItem
          key={step.index}
          step={step}
          preview={preview.steps.find((candidate) => candidate.index === step.index)}
          editable={editable && !proposal.undo_of}
          optional={steps.length > 1}
          busy={actions.acting !== null}
          editing={editing === step.index}
          onEditing={(open) => onEditing(open ? step.index : null)}
          onToggle={() => void reviseStep(step.index, { enabled: !step.enabled })}
          onEdit={(input) => reviseStep(step.index, { input })}
        />
      ))}
    </ol>
  );
}
