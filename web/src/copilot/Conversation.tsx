/** The copilot's middle column for one thread: transcript or welcome, errors, composer. Mount it keyed by thread. */
import { useEffect } from "react";
import { useMeQuery } from "../api/greenroom";
import type { File as StoredFile, Proposal } from "../api/types";
import { useWatchedProposal } from "../proposals/useWatchedProposal";
import { Button, IconButton } from "../ui/Button";
import { Notice } from "../ui/Notice";
import { Composer } from "./Composer";
import type { Failure } from "./failure";
import { FollowUps } from "./FollowUps";
import { Starters } from "./Starters";
import { Transcript } from "./Transcript";
import { useConversation } from "./useConversation";

type WatchProps = { id: string; idle: boolean; onDecided: (proposal: Proposal) => void };

/** Waits for a decision on a proposal, made by this card, another tab or plain REST, and lets the run go on. */
function DecisionWatch({ id, idle, onDecided }: WatchProps) {
  const { proposal, decided } = useWatchedProposal(id);
  useEffect(() => {
    if (proposal && decided && idle) onDecided(proposal);
  }, [proposal, decided, idle, onDecided]);
  return null;
}

function ErrorBanner({ failure, onRetry, onDismiss }: { failure: Failure; onRetry: () => void; onDismiss: () => void }) {
  return (
    <div className="mx-auto w-full max-w-[760px] px-4 pb-3">
      <Notice tone="bad" role="alert">
        <div className="flex items-start gap-2">
          <div className="min-w-0 flex-1">
            <p className="font-semibold">{failure.title}</p>
            <p className="break-words">{failure.detail}</p>
            {failure.retry && (
              <Button className="mt-2" onClick={onRetry}>
                Try again
              </Button>
            )}
          </div>
          <IconButton label="Dismiss" icon="cross" small onClick={onDismiss} />
        </div>
      </Notice>
    </div>
  );
}

function announcement(running: boolean, awaiting: boolean): string {
  if (running) return "Greenroom is working.";
  return awaiting ? "A proposal waits for your decision." : "";
}

type ConversationProps = { threadId: string; runtimeAgentId: string; onRunEnd: () => void };

export function Conversation({ threadId, runtimeAgentId, onRunEnd }: ConversationProps) {
  const conversation = useConversation(threadId, runtimeAgentId, onRunEnd);
  const { items, awaited, isRunning, restored, failure } = conversation;
  const { data: me } = useMeQuery();
  const send = (text: string, files: StoredFile[] = []) => void conversation.send(text, files);
  const empty = items.length === 0 && !isRunning;
  return (
    <section aria-label="Copilot" className="flex min-h-0 flex-1 flex-col">
      <p className="sr-only" role="status">
        {announcement(isRunning, awaited.length > 0)}
      </p>
      {empty && restored ? (
        <div className="relative flex min-h-0 flex-1 flex-col overflow-y-auto">
          <Starters onPick={(text) => send(text)} />
        </div>
      ) : (
        <Transcript items={items} running={isRunning} />
      )}
      {awaited.map((id) => (
        <DecisionWatch key={id} id={id} idle={conversation.idle} onDecided={conversation.decided} />
      ))}
      {failure && <ErrorBanner failure={failure} onRetry={() => void conversation.retry()} onDismiss={conversation.dismiss} />}
      <FollowUps agentId={conversation.agentId} runtimeAgentId={runtimeAgentId} hidden={empty || isRunning || awaited.length > 0 || failure !== null} onPick={(text) => send(text)} />
      <Composer running={isRunning} waiting={awaited.length > 0} thread={items.length > 0 ? threadId : null} attaches={me?.scopes.includes("files:write") ?? false} onSend={send} onStop={conversation.stop} />
    </section>
  );
}
