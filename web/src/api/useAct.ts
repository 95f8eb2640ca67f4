/** One way to write: a key per intent that stays until the server has answered, so that a lost answer does not act twice. */
import { useRef, useState } from "react";
import { problemOf } from "./problem";
import type { Problem } from "./types";

type Answer<Result> = PromiseLike<{ data?: Result; error?: unknown }>;

/** `act` resolves to the answer, or to null where there is none; then `problem` says why. */
export function useAct<Args extends { key: string }, Result>(call: (args: Args) => Answer<Result>) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const intent = useRef({ of: "", key: "" });

  const act = async (args: Omit<Args, "key">): Promise<Result | null> => {
    const of = JSON.stringify(args);
    if (intent.current.of !== of) intent.current = { of, key: crypto.randomUUID() };
    setProblem(null);
    setBusy(true);
    const answer = await call({ ...args, key: intent.current.key } as Args);
    const found = answer.error === undefined ? null : problemOf(answer.error);
    if (found?.status !== 0) intent.current = { of: "", key: "" };
    setBusy(false);
    setProblem(found);
    return answer.data ?? null;
  };
  return { act, busy, problem, clear: () => setProblem(null) };
}
