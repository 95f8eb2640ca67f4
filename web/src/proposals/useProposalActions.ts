/** Everything a person can do to a proposal, with one idempotency key per intent, and what the server refused. */
import { useCallback, useRef, useState } from "react";
import {
  useApproveProposalMutation,
  useProposalQuery,
  useRejectProposalMutation,
  useReviseProposalMutation,
  useUndoProposalMutation,
} from "../api/greenroom";
import { problemOf } from "../api/problem";
import type { Problem, Proposal, RevisedStep } from "../api/types";
import { drift, type Row } from "./changes";

/** Refusals after which the card shows a fresh preview and what differs from the one that was seen. */
const SHOWN_ANEW: ReadonlySet<string> = new Set(["proposal_stale", "proposal_changed"]);

export type Act = "revise" | "approve" | "reject" | "undo";

/** A key that stays the same until the server has answered, so that a lost answer cannot act twice. */
function useIntentKeys() {
  const keys = useRef(new Map<string, string>());
  const keyOf = useCallback((intent: string) => {
    const key = keys.current.get(intent) ?? crypto.randomUUID();
    keys.current.set(intent, key);
    return key;
  }, []);
  const answered = useCallback(() => keys.current.clear(), []);
  return { keyOf, answered };
}

export function useProposalActions(id: string) {
  const { data: proposal, refetch } = useProposalQuery(id);
  const [revise] = useReviseProposalMutation();
  const [approve] = useApproveProposalMutation();
  const [reject] = useRejectProposalMutation();
  const [undo] = useUndoProposalMutation();
  const { keyOf, answered } = useIntentKeys();
  const [acting, setActing] = useState<Act | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [moved, setMoved] = useState<Row[] | null>(null);
  const [undoId, setUndoId] = useState<string | null>(null);

  const attempt = async (act: Act, call: (seen: Proposal) => Promise<{ data?: Proposal; error?: unknown }>): Promise<Proposal | null> => {
    if (!proposal || acting) return null;
    setActing(act);
    setProblem(null);
    if (act !== "revise") setMoved(null);
    try {
      const answer = await call(proposal);
      const found = answer.data ? null : problemOf(answer.error);
      if (found?.status !== 0) answered();
      if (!found) return answer.data ?? null;
      const fresh = (await refetch()).data;
      // Decided elsewhere in the meantime: the refetched card says it all.
      if (found.code === "proposal_already_decided") return null;
      if (SHOWN_ANEW.has(found.code) && fresh) setMoved(drift(proposal, fresh));
      else setProblem(found);
      return null;
    } finally {
      setActing(null);
    }
  };

  return {
    acting,
    problem,
    moved,
    undoId,
    approve: () => attempt("approve", ({ digest }) => approve({ id, digest, key: keyOf(`approve:${digest}`) })),
    reject: () => attempt("reject", ({ version }) => reject({ id, key: keyOf(`reject:${version}`) })),
    undo: async () => {
      const way = await attempt("undo", ({ version }) => undo({ id, key: keyOf(`undo:${version}`) }));
      if (way) setUndoId(way.id);
    },
    revise: (steps: RevisedStep[]) =>
      attempt("revise", ({ version }) => revise({ id, version, steps, key: keyOf(`revise:${version}:${JSON.stringify(steps)}`) })),
    /** The same steps once more: an expired proposal waits again, with what they would change now. */
    renew: () =>
      attempt("revise", ({ version, steps }) =>
        revise({ id, version, steps: steps.map(({ operation, input, enabled }) => ({ operation, input, enabled })), key: keyOf(`renew:${version}`) }),
      ),
  };
}

export type ProposalActions = ReturnType<typeof useProposalActions>;
