/** What can be done with the open order: each action is filled in here and becomes a proposal, which the usual card shows. */
import { useState } from "react";
import { useMeQuery, useProposeMutation } from "../api/greenroom";
import type { Order, StepInput } from "../api/types";
import { useAct } from "../api/useAct";
import { ProposalCard } from "../proposals/ProposalCard";
import { StepForm } from "../proposals/StepForm";
import { Button } from "../ui/Button";
import { Refusal } from "../ui/Refusal";
import { orderActions, type OrderAction } from "./actions";

type ActionBarProps = { order: Order; tickets: string[]; timezone: string };

export function ActionBar({ order, tickets, timezone }: ActionBarProps) {
  const { data: me } = useMeQuery();
  const [propose] = useProposeMutation();
  const { act, busy, problem, clear } = useAct(propose);
  const [filling, setFilling] = useState<string | null>(null);
  const [proposalId, setProposalId] = useState<string | null>(null);
  const actions = orderActions(order, tickets, me?.scopes ?? []);
  // Found anew each time: what was ticked meanwhile belongs to it.
  const form = actions.find((action) => action.form && action.operation === filling);

  const ask = async ({ operation }: OrderAction, input: StepInput) => {
    const proposal = await act({ operation, input });
    if (!proposal) return;
    setProposalId(proposal.id);
    setFilling(null);
  };
  const start = (action: OrderAction) => {
    clear();
    if (action.form) setFilling(filling === action.operation ? null : action.operation);
    else void ask(action, action.input);
  };

  return (
    <section aria-label="What can be done" className="flex flex-col gap-3">
      {actions.length > 0 && (
        <div className="flex flex-wrap gap-2">
          {actions.map((action) => (
            <Button key={action.operation} busy={busy} aria-expanded={action.form ? filling === action.operation : undefined} onClick={() => start(action)} className="px-3!">
              {action.words}
            </Button>
          ))}
        </div>
      )}
      {form && (
        <StepForm key={form.operation} operation={form.operation} input={form.input} setting={{ currency: order.currency, timezone }} busy={busy} saveWords="Show what it changes" onSave={(input) => void ask(form, input)} onCancel={() => setFilling(null)} />
      )}
      <Refusal problem={problem} />
      {proposalId && <ProposalCard key={proposalId} id={proposalId} />}
    </section>
  );
}
