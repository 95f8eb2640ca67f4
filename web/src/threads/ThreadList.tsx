/** The person's conversations: open, new, rename, archive, delete. */
import type { useThreads } from "@copilotkit/react-core/v2/headless";
import { useState } from "react";
import { Button } from "../ui/Button";
import { ThreadRow, type ThreadActions } from "./ThreadRow";

export type Threads = ReturnType<typeof useThreads>;

type ThreadListProps = { threads: Threads; current: string; onOpen: (id: string) => void; onNew: () => void };

export function ThreadList({ threads, current, onOpen, onNew }: ThreadListProps) {
  const [failed, setFailed] = useState(false);
  const attempt = (change: Promise<void>) => {
    setFailed(false);
    change.catch(() => setFailed(true)).finally(threads.refetchThreads);
  };
  const actions: ThreadActions = {
    open: onOpen,
    rename: (id, name) => attempt(threads.renameThread(id, name)),
    setArchived: (id, archived) => attempt(archived ? threads.archiveThread(id) : threads.unarchiveThread(id)),
    remove: (id) => {
      attempt(threads.deleteThread(id));
      if (id === current) onNew();
    },
  };
  const rows = (archived: boolean) =>
    threads.threads
      .filter((thread) => thread.archived === archived)
      .map((thread) => (
        <li key={thread.id}>
          <ThreadRow id={thread.id} name={thread.name || "New conversation"} archived={archived} current={thread.id === current} actions={actions} />
        </li>
      ));
  const [open, archived] = [rows(false), rows(true)];

  return (
    <nav aria-label="Conversations" className="flex min-h-0 flex-1 flex-col">
      <div className="p-3">
        <Button icon="plus" onClick={onNew} className="w-full justify-start">
          New conversation
        </Button>
      </div>
      <div className="relative min-h-0 flex-1 overflow-y-auto px-3 pb-24">
        {failed && (
          <p role="alert" className="mb-2 text-[13px] text-bad">
            That did not work. Please try again.
          </p>
        )}
        <ul className="flex flex-col gap-0.5">{open}</ul>
        {!threads.isLoading && open.length === 0 && <p className="px-3 text-[14px] text-ink-faint">{threads.listError ? "Conversations cannot be loaded just now." : "No conversations yet."}</p>}
        {threads.hasMoreThreads && (
          <Button weight="quiet" busy={threads.isFetchingMoreThreads} onClick={threads.fetchMoreThreads} className="w-full">
            Show older
          </Button>
        )}
        {archived.length > 0 && (
          <details className="mt-3">
            <summary className="min-h-11 px-3 py-2.5 text-[13px] text-ink-faint">Archived ({archived.length})</summary>
            <ul className="flex flex-col gap-0.5">{archived}</ul>
          </details>
        )}
      </div>
    </nav>
  );
}
