/** The currency and the zone in which a value is shown when it carries none of its own. */
import { useEventQuery, useEventsQuery, useMeQuery } from "../api/greenroom";
import { todayIn } from "../words/time";

/** The organisation's currency and zone. */
export function useSetting(): { currency: string; timezone: string } {
  const { data } = useMeQuery();
  return { currency: data?.organization?.currency ?? "EUR", timezone: data?.organization?.timezone ?? "UTC" };
}

/** The zone of a value: its own, its event's, else the organisation's. Events ahead are known; one that is over is asked for. */
export function useZone(value: unknown): string {
  const { timezone } = useSetting();
  const { timezone: own, event_id } = (typeof value === "object" && value !== null ? value : {}) as { timezone?: unknown; event_id?: unknown };
  const eventId = typeof own !== "string" && typeof event_id === "string" ? event_id : "";
  const { ahead, waits } = useEventsQuery(
    { from_date: todayIn(timezone) },
    { skip: !eventId, selectFromResult: ({ data, isLoading }) => ({ ahead: data?.items.find((event) => event.id === eventId)?.timezone, waits: isLoading }) },
  );
  const { data: event } = useEventQuery(eventId, { skip: !eventId || waits || ahead !== undefined });
  if (typeof own === "string" && own) return own;
  return ahead ?? event?.timezone ?? timezone;
}
