/** One order in full: money, lines, tickets with who holds them, payments, mails, and what can be done. */
import { useState } from "react";
import { useMailsQuery, useOrderAttendeesQuery, useOrderLinkQuery, useOrderQuery, usePaymentsQuery, useRefundsQuery } from "../api/office";
import { useMeQuery } from "../api/greenroom";
import { problemOf, problemText } from "../api/problem";
import type { Order } from "../api/types";
import { EntityLine } from "../cards/registry";
import { useZone } from "../cards/useSetting";
import { StatusBadge } from "../ui/Badge";
import { Button } from "../ui/Button";
import { ActionBar } from "./ActionBar";
import { MailRow } from "./Mails";

type TicketsProps = { order: Order; picked: string[]; onPick: (picked: string[]) => void };

/** The tickets still worth something can be ticked, to give only those back. */
function Tickets({ order, picked, onPick }: TicketsProps) {
  const { data } = useOrderAttendeesQuery({ event: order.event_id, query: order.number });
  const named = new Map(data?.items.map((attendee) => [attendee.id, attendee]));
  if (order.tickets.length === 0) return null;
  return (
    <fieldset className="border-t border-line px-3.5 py-3">
      <legend className="sr-only">Tickets of order {order.number}</legend>
      <p className="eyebrow mb-1" aria-hidden="true">
        Tickets ({order.tickets.length})
      </p>
      <ul>
        {order.tickets.map((ticket, index) => {
          const attendee = named.get(ticket.id);
          const usable = ticket.status === "valid" || ticket.status === "checked_in";
          return (
            <li key={ticket.id} className="flex items-center">
              <label className="flex min-h-11 min-w-0 flex-1 items-center gap-3">
                <input type="checkbox" className="size-[18px] shrink-0 accent-(--accent)" disabled={!usable} checked={usable && picked.includes(ticket.id)} onChange={(change) => onPick(change.target.checked ? [...picked, ticket.id] : picked.filter((id) => id !== ticket.id))} />
                <span className={`min-w-0 flex-1 truncate ${usable ? "" : "text-ink-faint line-through"}`}>
                  {attendee?.attendee_name || `Ticket ${index + 1}`}
                  {attendee && <span className="text-[13px] text-ink-soft"> · {attendee.ticket_type_name}</span>}
                </span>
              </label>
              {ticket.status !== "valid" && <StatusBadge status={ticket.status} />}
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}

function Happened({ order, mayReadMails, mayWrite }: { order: Order; mayReadMails: boolean; mayWrite: boolean }) {
  const { data: payments } = usePaymentsQuery({ order: order.id });
  const { data: refunds } = useRefundsQuery({ order: order.id });
  const { data: mails } = useMailsQuery({ order: order.id }, { skip: !mayReadMails });
  const { data: link } = useOrderLinkQuery(order.id, { skip: !mayWrite });
  const money = [...(payments?.items ?? []), ...(refunds?.items ?? [])];
  return (
    <>
      {link && (
        <div className="border-t border-line">
          <EntityLine value={link} whole />
        </div>
      )}
      {money.length > 0 && (
        <ul aria-label="Payments and refunds">
          {money.map((entry) => (
            <li key={entry.id} className="border-t border-line">
              <EntityLine value={entry} />
            </li>
          ))}
        </ul>
      )}
      {mails && mails.items.length > 0 && (
        <ul aria-label="Mails">
          {mails.items.map((mail) => (
            <li key={mail.id} className="border-t border-line">
              <MailRow mail={mail} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

export function OrderDetail({ id, onBack }: { id: string; onBack: () => void }) {
  const { data: order, error } = useOrderQuery(id);
  const { data: me } = useMeQuery();
  const timezone = useZone(order);
  const [picked, setPicked] = useState<string[]>([]);
  const valid = picked.filter((ticket) => order?.tickets.some(({ id: own, status }) => own === ticket && (status === "valid" || status === "checked_in")));
  return (
    <div className="flex flex-col gap-3 px-3 py-3">
      {/* The row that opened this is gone; the keyboard goes on from here. */}
      <Button weight="quiet" icon="back" autoFocus onClick={onBack} className="-ml-1 self-start">
        All orders
      </Button>
      {error && <p className="px-3 text-[14px] text-bad">{problemText(problemOf(error))}</p>}
      {order && (
        <>
          <ActionBar order={order} tickets={valid} timezone={timezone} />
          <article aria-label={`Order ${order.number}`} className="appear overflow-hidden rounded-2xl border border-line bg-surface shadow-card">
            <EntityLine value={order} whole />
            <Tickets order={order} picked={valid} onPick={setPicked} />
            <Happened order={order} mayReadMails={me?.scopes.includes("mails:read") ?? false} mayWrite={me?.scopes.includes("orders:write") ?? false} />
          </article>
        </>
      )}
    </div>
  );
}
