/** The organisation's events beside the chat: what is coming, how it sells, and one event in full. */
import { useEventQuery, useEventsQuery } from "../api/greenroom";
import { problemOf, problemText } from "../api/problem";
import type { Event } from "../api/types";
import { EventFacts } from "../cards/EventFacts";
import { useSetting } from "../cards/useSetting";
import { StatusBadge } from "../ui/Badge";
import { eventClosed, eventOpened } from "./panelSlice";
import { Button } from "../ui/Button";
import { Meter } from "../ui/Meter";
import { useAppDispatch, useAppSelector } from "../store";
import { dayLeaf, formatClock, todayIn } from "../words/time";

function EventRow({ event, onOpen }: { event: Event; onOpen: () => void }) {
  const leaf = dayLeaf(event.start_date, event.timezone);
  return (
    <button type="button" onClick={onOpen} className="flex w-full gap-3.5 rounded-2xl px-3 py-3 text-left transition-colors hover:bg-sunken">
      <span className="flex h-12 w-11 shrink-0 flex-col items-center justify-center rounded-xl border border-line bg-surface leading-none">
        <span className="text-[11px] font-medium text-accent">{leaf.month}</span>
        <span className="tabular mt-0.5 text-[18px] font-semibold">{leaf.day}</span>
      </span>
      <span className="min-w-0 flex-1">
        <span className="flex items-start justify-between gap-2">
          <span className="font-semibold">{event.name}</span>
          {event.status !== "published" && <StatusBadge status={event.status} />}
        </span>
        <span className="block truncate text-[13px] text-ink-soft">
          {formatClock(event.start_date, event.timezone)} · {event.venue_name ?? "no venue yet"}
        </span>
        {event.tickets_total > 0 ? (
          <>
            <Meter label="Tickets sold" value={event.tickets_sold} max={event.tickets_total} />
            <span className="tabular block text-[13px] text-ink-soft">
              {event.tickets_sold} of {event.tickets_total} sold
            </span>
          </>
        ) : (
          <span className="block text-[13px] text-ink-faint">No tickets yet</span>
        )}
      </span>
    </button>
  );
}

function EventDetailView({ id, onBack }: { id: string; onBack: () => void }) {
  const { data: event, error } = useEventQuery(id);
  return (
    <div className="px-3 py-3">
      <Button weight="quiet" icon="back" onClick={onBack} className="-ml-1 mb-2">
        All events
      </Button>
      {error && <p className="px-3 text-[14px] text-bad">{problemText(problemOf(error))}</p>}
      {event && (
        <article aria-label={event.name} className="appear overflow-hidden rounded-2xl border border-line bg-surface shadow-card">
          <EventFacts event={event} />
        </article>
      )}
    </div>
  );
}

export function EventsPanel() {
  const { timezone } = useSetting();
  const { data, error, isLoading } = useEventsQuery({ from_date: todayIn(timezone) });
  const dispatch = useAppDispatch();
  const openId = useAppSelector((state) => state.panel.eventId);
  if (openId) return <EventDetailView id={openId} onBack={() => dispatch(eventClosed())} />;
  const events = data?.items ?? [];
  return (
    <div className="px-3 py-4">
      <h2 className="px-3 pb-2 text-[17px] font-semibold">Coming up</h2>
      {error && <p className="px-3 text-[14px] text-bad">{problemText(problemOf(error))}</p>}
      {isLoading && <p className="px-3 text-[14px] text-ink-faint">Loading events…</p>}
      {data && events.length === 0 && <p className="px-3 text-ink-soft">No events ahead. Ask the copilot to set one up and it appears here.</p>}
      <ul className="flex flex-col gap-0.5">
        {events.map((event) => (
          <li key={event.id}>
            <EventRow event={event} onOpen={() => dispatch(eventOpened(event.id))} />
          </li>
        ))}
      </ul>
    </div>
  );
}
