/** One compact line per thing: what stands left, below, and right on its card. Pure. */
import type { IconName } from "../ui/Icon";
import { formatMoney } from "../words/money";
import { humanize } from "../words/fields";
import { formatMoment, formatSpan } from "../words/time";
import type { Entity } from "./entity";

export type Line = { icon: IconName; title: string; meta: string; figure: string; status: string | null };

const joined = (...parts: (string | null | undefined | false)[]) => parts.filter(Boolean).join(" · ");

/** A space that only repeats its venue's name, as a venue with one room has, is not named twice. */
export function placeName(venue: string, space: string): string {
  return space && space !== venue ? `${venue}, ${space}` : venue;
}

function seats(count: number | null): string | null {
  return count === null ? null : `${count.toLocaleString()} places`;
}

/** The line of an entity. `timezone` is the organisation's, for what carries no zone of its own. */
export function lineOf(entity: Exclude<Entity, { kind: "unknown" | "sales_report" }>, timezone: string): Line {
  switch (entity.kind) {
    case "event":
    case "event_detail": {
      const { name, start_date, end_date, timezone: zone, venue_name, tickets_sold, tickets_total, status } = entity.value;
      const figure = tickets_total > 0 ? `${tickets_sold}/${tickets_total}` : "";
      return { icon: "calendar", title: name, meta: joined(formatSpan(start_date, end_date, zone), venue_name), figure, status };
    }
    case "venue": {
      const { name, city, address, capacity, spaces } = entity.value;
      const rooms = (spaces ?? []).length > 1 && `${spaces.length} spaces`;
      return { icon: "place", title: name, meta: joined(address, city, rooms), figure: seats(capacity) ?? "", status: null };
    }
    case "booking": {
      const { venue_name, space_name, event_name, start_date, end_date, timezone: zone, setup_minutes, status } = entity.value;
      const setup = setup_minutes > 0 && `set-up ${setup_minutes} min`;
      return { icon: "place", title: placeName(venue_name, space_name), meta: joined(event_name, formatSpan(start_date, end_date, zone), setup), figure: "", status };
    }
    case "sponsorship": {
      const { sponsor_name, level, event_name, amount, currency, status } = entity.value;
      return { icon: "star", title: sponsor_name, meta: joined(humanize(level), event_name), figure: formatMoney(amount, currency), status };
    }
    case "proposal": {
      const { title, steps, created_at, status } = entity.value;
      return { icon: "check", title, meta: joined(`${steps.length} ${steps.length === 1 ? "step" : "steps"}`, formatMoment(created_at, timezone)), figure: "", status };
    }
    case "audit": {
      const { operation, actor_name, actor_kind, summary, at } = entity.value;
      const by = joined(actor_name, actor_kind !== "person" && `by ${actor_kind}`);
      return { icon: "threads", title: summary || humanize(operation), meta: joined(by, formatMoment(at, timezone)), figure: "", status: null };
    }
  }
}
