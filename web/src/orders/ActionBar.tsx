/** What can be done with the open order: each action is filled in here and becomes a proposal, which the usual card shows. */
import { useRef, useState } from "react";
import { useMeQuery, useProposeMutation } from "../api/greenroom";
import { problemOf, problemText } from "../api/problem";
import type { Order, Problem, StepInput } from "../api/types";
import { ProposalCard } from "../proposals/ProposalCard";
import { StepForm } from "../proposals/StepForm";
import { Button } from "../ui/Button";
import { Notice } from "../ui/Notice";
import { orderActions, type OrderAction } from "./actions";

type ActionBarProps = { order: Order; tickets: string[]; timezone: string };

export function ActionBar({ order, tickets, timezone }: ActionBarProps) {
  const { data: me } = useMeQuery();
  const [propose, { isLoading }] = useProposeMutation();
  const [filling, setFilling] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [proposalId, setProposalId] = useState<string | null>(null);
  // The same key until the server has answered: a lost answer does not make a second proposal.
  const intent = useRef({ of: "", key: "" });
  const actions = orderActions(order, tickets, me?.scopes ?? []);
  // Found anew each time: what was ticked meanwhile belongs to it.
  const form = actions.find((action) => action.form && action.operation === filling);

  const ask = async (action: OrderAction, input: StepInput) => {
    const of = JSON.stringify([action.operation, input]);
    if (intent.current.of !== of) intent.current = { of, key: crypto.randomUUID() };
    setProblem(null);
    const answer = await propose({ operation: action.operation, input, key: intent.current.key });
    const found = answer.data ? null : problemOf(answer.error);
    if (found?.status !== 0) intent.current = { of: "", key: "" };
    setProblem(found);
    if (!answer.data) return;
    setProposalId(answer.data.id);
    setFilling(null);
  };
  const start = (action: OrderAction) => {
    setProblem(null);
    if (action.form) setFilling(filling === action.operation ? null : action.operation);
    else void ask(action, action.input);
  };

  return (
    <section aria-label="What can be done" className="flex flex-col gap-3">
      {actions.length > 0 && (
        <div className="flex flex-wrap gap-2">
          {actions.map((action) => (
            <Button key={action.operation} busy={isLoading} aria-expanded={action.form ? filling === action.operation : undefined} onClick={() => start(action)} className="px-3!">
              {action.words}
            </Button>
          ))}
        </div>
      )}
      {form && (
        <StepForm key={form.operation} operation={form.operation} input={form.input} setting={{ currency: order.currency, timezone }} busy={isLoading} saveWords="Show what it changes" onSave={(input) => void ask(form, input)} onCancel={() => setFilling(null)} />
      )}
      {problem && (
        <Notice tone="bad" title={problemText(problem)} role="alert">
          {problem.remedy}
        </Notice>
      )}
      {proposalId && <ProposalCard key={proposalId} id={proposalId} />}
    </section>
  );
}
