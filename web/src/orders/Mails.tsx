/** What was sent to whom: each mail with its state, and its words once opened. */
import { useState } from "react";
import { useMailQuery, useMailsQuery } from "../api/office";
import { problemOf, problemText } from "../api/problem";
import type { MailSummary } from "../api/types";
import { EntityLine } from "../cards/registry";
import { Button } from "../ui/Button";

function Words({ id }: { id: string }) {
  const { data, error, isLoading } = useMailQuery(id);
  if (error) return <p className="px-3.5 pb-3 text-[14px] text-bad">{problemText(problemOf(error))}</p>;
  if (isLoading) return <p className="px-3.5 pb-3 text-[14px] text-ink-faint">Opening the mail…</p>;
  return <p className="mx-3.5 mt-1 mb-3.5 rounded-xl bg-sunken p-3.5 text-[14px] break-words whitespace-pre-line">{data?.body ?? "It has not been written yet."}</p>;
}

export function MailRow({ mail }: { mail: MailSummary }) {
  const [open, setOpen] = useState(false);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="transition-colors hover:bg-sunken">
        <EntityLine value={mail} />
      </summary>
      {open && <Words id={mail.id} />}
    </details>
  );
}

function MailPage({ cursor }: { cursor?: string }) {
  const { data, error, isLoading } = useMailsQuery(cursor ? { cursor } : {}, { refetchOnMountOrArgChange: true });
  const [more, setMore] = useState(false);
  if (error) return <p className="px-3.5 py-3 text-[14px] text-bad">{problemText(problemOf(error))}</p>;
  if (isLoading) return <p className="px-3.5 py-3 text-[14px] text-ink-faint">Loading mails…</p>;
  if (data?.items.length === 0) return <p className="px-3.5 py-3 text-ink-soft">Nothing was sent yet.</p>;
  const next = data?.next_cursor;
  return (
    <>
      <ul className="divide-y divide-line">
        {data?.items.map((mail) => (
          <li key={mail.id}>
            <MailRow mail={mail} />
          </li>
        ))}
      </ul>
      {next && (more ? <MailPage cursor={next} /> : <Button weight="quiet" className="w-full" onClick={() => setMore(true)}>Show more</Button>)}
    </>
  );
}

export function Mails() {
  return (
    <div className="overflow-hidden rounded-2xl border border-line bg-surface">
      <MailPage />
    </div>
  );
}
