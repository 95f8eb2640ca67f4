/** What the parts of the office are made of: a heading with its action, a list that comes page by page, a question before an end. */
import { useState, type ReactNode } from "react";
import { problemOf, problemText } from "../api/problem";
import type { Page, Problem } from "../api/types";
import { Button } from "../ui/Button";
import { CopyButton } from "../ui/CopyButton";
import { Dialog } from "../ui/Dialog";
import { Line } from "../ui/Labelled";
import { Notice } from "../ui/Notice";
import { Refusal } from "../ui/Refusal";

export function Heading({ title, lead, children }: { title: string; lead: string; children?: ReactNode }) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-3">
      <div className="min-w-0 flex-1 basis-72">
        <h1 className="text-[22px] leading-tight font-semibold">{title}</h1>
        <p className="mt-1 text-[14px] text-ink-soft">{lead}</p>
      </div>
      {children}
    </div>
  );
}

type Listed<Item> = { data?: { pages: Page<Item>[] } | undefined; error?: unknown; isLoading: boolean; hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
type ListProps<Item> = { label: string; empty: string; query: Listed<Item>; of: (item: Item) => ReactNode };

export function List<Item extends { id: string }>({ label, empty, query, of }: ListProps<Item>) {
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (query.error && items.length === 0) return <Notice tone="bad" title={problemText(problemOf(query.error))} role="alert" />;
  if (query.isLoading) return <p className="text-[14px] text-ink-faint">One moment…</p>;
  if (items.length === 0) return <p className="rounded-2xl border border-dashed border-line-strong px-4 py-6 text-center text-ink-soft">{empty}</p>;
  return (
    <>
      <ul aria-label={label} className="divide-y divide-line rounded-2xl border border-line bg-surface">
        {items.map((item) => (
          <li key={item.id}>{of(item)}</li>
        ))}
      </ul>
      {query.hasNextPage && (
        <Button weight="quiet" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          Show more
        </Button>
      )}
    </>
  );
}

type SureProps = { title: string; children: ReactNode; yes: string; typed?: string; busy: boolean; problem: Problem | null; onYes: () => void; onClose: () => void };

/** Asks before what cannot be taken back. `typed` has to be written out by whoever means it. */
export function Sure({ title, children, yes, typed, busy, problem, onYes, onClose }: SureProps) {
  const [text, setText] = useState("");
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          onYes();
        }}
      >
        <div className="text-[14px] text-ink-soft">{children}</div>
        {typed && <Line label={`To be sure, type “${typed}”`} autoComplete="off" value={text} onValue={setText} />}
        <Refusal problem={problem} />
        <div className="flex flex-wrap justify-end gap-2">
          <Button weight="quiet" onClick={onClose}>
            Keep as it is
          </Button>
          <Button type="submit" weight="danger" busy={busy} disabled={typed !== undefined && text.trim() !== typed} className="border border-bad/40">
            {yes}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** A secret at the one moment it is told. Closing is a choice of its own: there is no second look. */
export function ShownOnce({ title, secret, children, onClose }: { title: string; secret: string; children: ReactNode; onClose: () => void }) {
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="flex flex-col gap-4">
        <Notice tone="warn" title="It is shown this once">
          {children}
        </Notice>
        <code className="block rounded-xl bg-sunken px-3.5 py-3 font-mono text-[13px] break-all select-all">{secret}</code>
        <div className="flex flex-wrap justify-end gap-2">
          <CopyButton label="Copy" text={secret} primary />
          <Button onClick={onClose}>I have kept it</Button>
        </div>
      </div>
    </Dialog>
  );
}
