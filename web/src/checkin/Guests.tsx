/** People without their ticket: found by name, address, order or the end of a code, and let in or undone by a tap. */
import { useEffect, useId, useState } from "react";
import { problemOf, problemText } from "../api/problem";
import { Badge } from "../ui/Badge";
import { Button } from "../ui/Button";
import { Notice } from "../ui/Notice";
import { formatClock } from "../words/time";
import { useGuestsQuery } from "./api";
import type { Guest, Kind } from "./types";
import type { Door } from "./useDoor";

const PAUSE_MS = 250;

function state(guest: Guest) {
  if (guest.inside) return <Badge tone="good">In since {guest.entered_at ? formatClock(guest.entered_at) : "earlier"}</Badge>;
  if (guest.barred) return <Badge tone="bad">{guest.barred.replace(/_/g, " ")}</Badge>;
  return guest.entered_at ? <Badge tone="warn">Went out</Badge> : null;
}

type GuestsProps = { list: string; kind: Kind; door: Door };

export function Guests({ list, kind, door }: GuestsProps) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const [query, setQuery] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setQuery(typed.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const { data, error, isFetching, refetch } = useGuestsQuery({ list, query }, { skip: query.length < 2 });
  const guests = query.length < 2 ? [] : (data?.items ?? []);
  const then = (act: Promise<void>) => void act.then(() => refetch());
  const parties = new Map<string, number>();
  for (const guest of guests) if (!guest.inside && !guest.barred) parties.set(guest.order_number, (parties.get(guest.order_number) ?? 0) + 1);
  const whole = [...parties].filter(([, count]) => count > 1).slice(0, 3);

  return (
    <section aria-label="Search" className="flex flex-col gap-3">
      <label htmlFor={id} className="flex flex-col gap-1.5 text-[14px] font-medium">
        Name, e-mail or order number
        <input id={id} type="search" value={typed} onChange={(change) => setTyped(change.target.value)} autoComplete="off" className="field min-h-12 text-[16px] font-normal" />
      </label>
      {error && query.length >= 2 && <Notice tone="bad">{problemText(problemOf(error))}</Notice>}
      {query.length >= 2 && !error && !isFetching && guests.length === 0 && <p className="text-ink-soft">Nobody found. Try a part of the name, or the order number.</p>}
      {kind === "entry" && whole.map(([order, count]) => (
        <Button key={order} onClick={() => then(door.readOrder(order, kind))}>
          Check in all of order {order} ({count} not in yet)
        </Button>
      ))}
      <ul className="flex flex-col divide-y divide-line overflow-hidden rounded-2xl border border-line bg-surface empty:hidden">
        {guests.map((guest) => (
          <li key={guest.ticket_id} className="flex items-center gap-3 px-4 py-3">
            <div className="min-w-0 flex-1">
              <p className="truncate font-semibold">{guest.attendee_name || "No name"}</p>
              <p className="truncate text-[13px] text-ink-soft">
                {guest.ticket_type} · order {guest.order_number}
                {guest.email_hint && ` · ${guest.email_hint}`}
              </p>
              <div className="mt-1">{state(guest)}</div>
            </div>
            {kind === "entry" && guest.inside && guest.check_in_id ? (
              <Button weight="quiet" icon="undo" onClick={() => guest.check_in_id && then(door.undo(guest.check_in_id))}>
                Undo
              </Button>
            ) : (
              <Button weight={guest.barred && kind === "entry" ? "plain" : "primary"} disabled={door.busy} onClick={() => then(door.read({ ticket: guest.ticket_id }, kind))}>
                {kind === "exit" ? "Let out" : guest.barred ? "Check" : "Let in"}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
