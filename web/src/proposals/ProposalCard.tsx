/** The card of one proposal. What it shows is always GET /api/proposals/{id}, wherever the card came from. */
import { useContext, useEffect, useRef, useState, type ReactNode } from "react";
import { useThreadProposalsQuery } from "../api/greenroom";
import { problemOf, problemText } from "../api/problem";
import type { Proposal } from "../api/types";
import { Badge, type Tone } from "../ui/Badge";
import { Notice } from "../ui/Notice";
import { formatClock } from "../words/time";
import { changeCount } from "./changes";
import { DecisionBar, RenewBar } from "./DecisionBar";
import { Findings } from "./Findings";
import { Outcome } from "./Outcome";
import { STATE_WORDS, isOverdue, isWaiting } from "./status";
import { ShownInChat } from "./shownInChat";
import { StepList } from "./StepList";
import { Totals } from "./Totals";
import { useProposalActions } from "./useProposalActions";
import { useWatchedProposal } from "./useWatchedProposal";

const TONES: Partial<Record<Proposal["status"], Tone>> = { proposed: "warn", stale: "warn", applied: "good", failed: "bad", rejected: "bad" };

function Header({ proposal, waiting, overdue }: { proposal: Proposal; waiting: boolean; overdue: boolean }) {
  const status = overdue ? "expired" : proposal.status;
  return (
    <header className="flex items-start justify-between gap-3 px-4 pt-4 pb-3 sm:px-5">
      <div className="min-w-0">
        <h2 className="text-[17px] leading-snug font-semibold">{proposal.title}</h2>
        <p className="text-[13px] text-ink-soft">
          {waiting
            ? `${proposal.preview.ok ? `${changeCount(proposal.preview)}. ` : ""}Nothing is done until you approve, by ${formatClock(proposal.expires_at)}.`
            : proposal.undo_of
              ? "Takes back an earlier proposal."
              : `${proposal.steps.filter((step) => step.enabled).length} of ${proposal.steps.length} steps`}
        </p>
      </div>
      <Badge tone={TONES[status] ?? "neutral"}>{STATE_WORDS[status]}</Badge>
    </header>
  );
}

/** Ids of the undo proposals of this one that still matter; `fresh` is one this card has just asked for. */
function useUndos(proposal: Proposal | undefined, fresh: string | null): string[] {
  const threadId = proposal?.thread_id ?? "";
  const applied = proposal?.status === "applied" || proposal?.status === "undone";
  const elsewhere = useContext(ShownInChat);
  const { data } = useThreadProposalsQuery(threadId, { skip: !threadId || !applied });
  if (!proposal || !applied) return [];
  const listed = (data?.items ?? []).filter((other) => other.undo_of === proposal.id);
  const over = new Set(listed.filter(({ status }) => status === "rejected" || status === "expired").map(({ id }) => id));
  const ids = [...listed.map(({ id }) => id), proposal.undone_by, fresh];
  return [...new Set(ids)].filter((id) => id !== null).filter((id) => !over.has(id) && !elsewhere.has(id));
}

/** What is over and left nothing behind takes no room, but can still be read. */
function Folded({ folded, children }: { folded: boolean; children: ReactNode }) {
  if (!folded) return children;
  return (
    <details className="border-t border-line">
      <summary className="flex min-h-11 items-center px-4 text-[14px] text-ink-soft hover:text-ink sm:px-5">Show what was proposed</summary>
      {children}
    </details>
  );
}

export function ProposalCard({ id }: { id: string }) {
  const { proposal, error, now } = useWatchedProposal(id);
  const actions = useProposalActions(id);
  const undos = useUndos(proposal, actions.undoId);
  const [editing, setEditing] = useState<number | null>(null);
  const below = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (actions.undoId) below.current?.scrollIntoView({ block: "nearest" });
  }, [actions.undoId]);
  if (!proposal && error) {
    return (
      <Notice tone="bad" title="This proposal cannot be shown">
        {problemText(problemOf(error))}
      </Notice>
    );
  }
  if (!proposal) return <div aria-busy="true" aria-label="Loading the proposal" className="h-40 w-full animate-pulse rounded-2xl bg-sunken" />;

  const overdue = isOverdue(proposal, now);
  const waiting = isWaiting(proposal, now) && !overdue;
  const applied = proposal.status === "applied" || proposal.status === "undone";
  return (
    <div className="flex w-full flex-col gap-4">
      <article
        aria-label={`Proposal: ${proposal.title}`}
        data-proposal={proposal.id}
        data-status={proposal.status}
        className={`appear w-full overflow-clip rounded-2xl border bg-surface shadow-card ${waiting ? "border-accent/45" : "border-line"}`}
      >
        <Header proposal={proposal} waiting={waiting} overdue={overdue} />
        {applied ? (
          <Outcome proposal={proposal} actions={actions} undoing={undos.length > 0} />
        ) : (
          <Folded folded={!waiting && proposal.status !== "approved"}>
            <StepList proposal={proposal} actions={actions} editable={waiting} editing={editing} onEditing={setEditing} />
            <Totals totals={proposal.preview.totals} />
          </Folded>
        )}
        <Findings proposal={proposal} actions={actions} waiting={waiting} />
        {waiting && <DecisionBar proposal={proposal} actions={actions} editing={editing !== null} />}
        {overdue && <RenewBar actions={actions} />}
      </article>
      <div ref={below} className="flex flex-col gap-4 empty:hidden">
        {undos.map((undoId) => (
          <ProposalCard key={undoId} id={undoId} />
        ))}
      </div>
    </div>
  );
}
