/** One thread's conversation: connect, send, stop, answer interrupts. The only place that drives the agent. */
import { useAgent, useCopilotKit } from "@copilotkit/react-core/v2/headless";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useRefreshMutation } from "../api/greenroom";
import type { File as StoredFile, Proposal } from "../api/types";
import { useAppStore } from "../store";
import { contentWith } from "./attachments";
import { failureOf, isSignedOut, isTakenElsewhere, type Failure } from "./failure";
import { answeredByDecision, answeredByMessage, awaitedProposals } from "./interrupts";
import { timeline, type WireMessage } from "./timeline";

type Agent = ReturnType<typeof useAgent>["agent"];
type Core = ReturnType<typeof useCopilotKit>["copilotkit"];

/** The person's last message if nothing has followed it yet. */
function unanswered(agent: Agent): Agent["messages"][number] | undefined {
  const last = agent.messages.at(-1);
  return last?.role === "user" ? last : undefined;
}

/** Reports failures of this agent; a run taken elsewhere is joined and an ended session renewed instead. */
function useFailures(core: Core, agent: Agent, rejoin: () => void) {
  const [failure, setFailure] = useState<Failure | null>(null);
  const [refresh] = useRefreshMutation();
  useEffect(() => {
    const subscription = core.subscribe({
      onError: (report) => {
        const owner: unknown = report.context?.["agentId"];
        if (typeof owner === "string" && owner !== agent.agentId) return;
        if (isTakenElsewhere(report.error) && !unanswered(agent)) return rejoin();
        if (isSignedOut(report.error)) void refresh();
        setFailure(failureOf(report));
      },
    });
    return () => subscription.unsubscribe();
  }, [core, agent, refresh, rejoin]);
  return { failure, setFailure };
}

/** Restores the thread from the server when it is shown and lets go of it when it is left. */
function useConnection(core: Core, agent: Agent, threadId: string, ready: boolean, attempt: number): boolean {
  const [restored, setRestored] = useState(false);
  useEffect(() => {
    if (!ready) return;
    let left = false;
    const abort = new AbortController();
    if ("abortController" in agent) agent.abortController = abort;
    agent.threadId = threadId;
    // A stale interrupt would make the client refuse to connect; the replay brings back one that still waits.
    agent.pendingInterrupts = [];
    void core.connectAgent({ agent }).finally(() => {
      if (!left) setRestored(true);
    });
    return () => {
      left = true;
      abort.abort();
      void agent.detachActiveRun();
    };
  }, [core, agent, threadId, ready, attempt]);
  return restored;
}

export function useConversation(threadId: string, runtimeAgentId: string, onRunEnd: () => void) {
  const { copilotkit: core } = useCopilotKit();
  const agentId = `thread:${threadId}`;
  const { agent, isReady } = useAgent({ agentId, runtimeAgentId, threadId });
  const [attempt, setAttempt] = useState(0);
  const rejoin = useCallback(() => setAttempt((count) => count + 1), []);
  const { failure, setFailure } = useFailures(core, agent, rejoin);
  const restored = useConnection(core, agent, threadId, isReady, attempt);
  const answering = useRef(false);
  const appStore = useAppStore();

  useEffect(() => {
    const subscription = agent.subscribe({ onRunFinalized: onRunEnd, onRunFailed: onRunEnd });
    return () => subscription.unsubscribe();
  }, [agent, onRunEnd]);

  const run = useCallback(
    async (resume?: ReturnType<typeof answeredByMessage>) => {
      setFailure(null);
      const { eventId } = appStore.getState().panel;
      // "it" in the next message may be what lies open beside the chat.
      agent.setState({ ...agent.state, focus: eventId ? { kind: "event", id: eventId } : null });
      await core.runAgent(resume && resume.length > 0 ? { agent, resume } : { agent });
    },
    [core, agent, setFailure, appStore],
  );

  const send = useCallback(
    async (text: string, files: StoredFile[]) => {
      agent.addMessage({ id: crypto.randomUUID(), role: "user", content: contentWith(text, files) });
      // The client refuses a message beside an open interrupt, so the same run answers it: "they wrote on".
      await run(answeredByMessage(agent.pendingInterrupts));
    },
    [agent, run],
  );

  const decided = useCallback(
    async (proposal: Proposal) => {
      if (answering.current || agent.isRunning || !awaitedProposals(agent.pendingInterrupts).includes(proposal.id)) return;
      answering.current = true;
      await run(answeredByDecision(agent.pendingInterrupts, proposal)).finally(() => {
        answering.current = false;
      });
    },
    [agent, run],
  );

  const stop = useCallback(() => core.stopAgent({ agent }), [core, agent]);
  const retry = useCallback(async () => {
    const message = unanswered(agent);
    setFailure(null);
    core.connect();
    if (!message) return rejoin();
    // The thread may have moved on without us: restore it first, then say it again.
    agent.pendingInterrupts = [];
    await core.connectAgent({ agent });
    if (!agent.messages.some(({ id }) => id === message.id)) agent.addMessage(message);
    await run(answeredByMessage(agent.pendingInterrupts));
  }, [agent, core, rejoin, run, setFailure]);

  const { messages, isRunning, pendingInterrupts } = agent;
  const awaited = useMemo(() => awaitedProposals(pendingInterrupts), [pendingInterrupts]);
  const items = timeline(messages as WireMessage[], awaited, isRunning);
  const known = restored || items.length > 0;
  return { agentId, items, awaited, isRunning: isRunning && known, idle: !isRunning, restored: known, failure, dismiss: () => setFailure(null), send, stop, decided, retry };
}

export type Conversation = ReturnType<typeof useConversation>;
