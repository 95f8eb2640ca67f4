/** The orders, newest first, by what is open on them or by who bought. */
import { useDeferredValue, useState } from "react";
import { useEventsQuery } from "../api/greenroom";
import { useOrdersQuery, type OrderFilter } from "../api/office";
import { problemOf, problemText } from "../api/problem";
import type { Order } from "../api/types";
import { CardLine } from "../cards/CardLine";
import { telling } from "../cards/kinds";
import { useSetting, useZone } from "../cards/useSetting";
import { orderOpened } from "../panel/panelSlice";
import { useAppDispatch } from "../store";
import { Button } from "../ui/Button";
import { Choices } from "../ui/Choices";
import { formatDay, todayIn } from "../words/time";

const FILTERS: Record<string, OrderFilter> = { All: {}, Unpaid: { owed: "unpaid" }, Overpaid: { owed: "overpaid" }, "Needs approval": { needs_approval: true } };
// Buyers order while the list is looked at.
const POLL_MS = 15_000;

function OrderRow({ order }: { order: Order }) {
  const dispatch = useAppDispatch();
  const zone = useZone(order);
  const line = telling(order, zone)?.line;
  if (!line) return null;
  return (
    <button type="button" onClick={() => dispatch(orderOpened(order.id))} className="block w-full text-left transition-colors hover:bg-sunken">
      <CardLine line={line} />
    </button>
  );
}

/** One page of the list; the next one is drawn below it once it is asked for. */
function OrderPage({ filter }: { filter: OrderFilter }) {
  const { data, error, isLoading } = useOrdersQuery(filter, { pollingInterval: POLL_MS, skipPollingIfUnfocused: true, refetchOnMountOrArgChange: true });
  const [more, setMore] = useState(false);
  if (error) return <p className="px-3.5 py-3 text-[14px] text-bad">{problemText(problemOf(error))}</p>;
  if (isLoading) return <p className="px-3.5 py-3 text-[14px] text-ink-faint">Loading orders…</p>;
  if (data?.items.length === 0) return <p className="px-3.5 py-3 text-ink-soft">No orders here.</p>;
  const next = data?.next_cursor;
  return (
    <>
      <ul className="divide-y divide-line">
        {data?.items.map((order) => (
          <li key={order.id}>
            <OrderRow order={order} />
          </li>
        ))}
      </ul>
      {next && (more ? <OrderPage filter={{ ...filter, cursor: next }} /> : <Button weight="quiet" className="w-full" onClick={() => setMore(true)}>Show more</Button>)}
    </>
  );
}

/** Every order, or those of one event that is still ahead. */
function EventChoice({ event, onEvent }: { event: string; onEvent: (event: string) => void }) {
  const { timezone } = useSetting();
  const { data } = useEventsQuery({ from_date: todayIn(timezone) });
  return (
    <select className="field" aria-label="Event" value={event} onChange={(change) => onEvent(change.target.value)}>
      <option value="">All events</option>
      {data?.items.map(({ id, name, start_date, timezone: zone }) => (
        <option key={id} value={id}>
          {name}, {formatDay(start_date, zone)}
        </option>
      ))}
    </select>
  );
}

export function OrderList() {
  const [event, setEvent] = useState("");
  const [chosen, setChosen] = useState("All");
  const [typed, setTyped] = useState("");
  const buyer = useDeferredValue(typed.trim());
  const filter = { ...FILTERS[chosen], ...(buyer ? { buyer } : {}), ...(event ? { event } : {}) };
  return (
    <div className="flex flex-col gap-3">
      <Choices label="Which orders" all={Object.keys(FILTERS)} chosen={chosen} onChoose={setChosen} />
      <EventChoice event={event} onEvent={setEvent} />
      <input type="search" className="field" aria-label="Buyer's name or e-mail" placeholder="Buyer's name or e-mail" autoComplete="off" value={typed} onChange={(change) => setTyped(change.target.value)} />
      <div className="overflow-hidden rounded-2xl border border-line bg-surface">
        <OrderPage key={JSON.stringify(filter)} filter={filter} />
      </div>
    </div>
  );
}
