/** Times: RFC 3339 on the wire, wall time of the event's zone for people. No React here. */

const DAY: Intl.DateTimeFormatOptions = { weekday: "short", day: "numeric", month: "short" };

function format(iso: string, zone: string | undefined, options: Intl.DateTimeFormatOptions, locale?: string): string {
  const instant = new Date(iso);
  if (Number.isNaN(instant.getTime())) return iso;
  try {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: zone }).format(instant);
  } catch {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC", timeZoneName: "short" }).format(instant);
  }
}

/** The day in the zone; the year only when it is not the current one. */
export function formatDay(iso: string, zone?: string, locale?: string, now = new Date()): string {
  const sameYear = format(iso, zone, { year: "numeric" }, "en") === String(now.getFullYear());
  return format(iso, zone, sameYear ? DAY : { ...DAY, year: "numeric" }, locale);
}

/** The clock in the zone, as the locale writes it: "8:00 pm" or "20:00", "00:00". */
export function formatClock(iso: string, zone?: string, locale?: string): string {
  const { hour12 } = new Intl.DateTimeFormat(locale, { hour: "numeric" }).resolvedOptions();
  return format(iso, zone, { hour: hour12 ? "numeric" : "2-digit", minute: "2-digit" }, locale);
}

export function formatMoment(iso: string, zone?: string, locale?: string, now = new Date()): string {
  return `${formatDay(iso, zone, locale, now)}, ${formatClock(iso, zone, locale)}`;
}

/** A span in the zone; an end on the same day shows its clock only. */
export function formatSpan(start: string, end: string | null, zone?: string, locale?: string, now = new Date()): string {
  const from = formatMoment(start, zone, locale, now);
  if (!end || end === start) return from;
  const sameDay = wallOf(start, zone)?.slice(0, 10) === wallOf(end, zone)?.slice(0, 10);
  return `${from} – ${sameDay ? formatClock(end, zone, locale) : formatMoment(end, zone, locale, now)}`;
}

/** Day of month and short month, for the calendar leaf beside an event. */
export function dayLeaf(iso: string, zone?: string, locale?: string): { day: string; month: string } {
  return { day: format(iso, zone, { day: "numeric" }, locale), month: format(iso, zone, { month: "short" }, locale) };
}

/** "YYYY-MM-DDTHH:MM" in the zone (what `datetime-local` wants), or null for something that is no time. */
export function wallOf(iso: string, zone = "UTC"): string | null {
  const instant = new Date(iso);
  if (Number.isNaN(instant.getTime())) return null;
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  }).formatToParts(instant);
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? "00";
  return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}`;
}

/** Minutes that the zone is ahead of UTC at an instant. */
function offsetMinutes(instant: number, zone: string): number {
  const wall = wallOf(new Date(instant).toISOString(), zone);
  return Math.round((Date.parse(`${wall}:00Z`) - Math.floor(instant / 60000) * 60000) / 60000);
}

/** Wall time in a zone as RFC 3339 with the zone's offset on that day, or null where it is no time. */
export function instantOf(wall: string, zone = "UTC"): string | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(wall)) return null;
  const asUtc = Date.parse(`${wall.slice(0, 16)}:00Z`);
  if (Number.isNaN(asUtc)) return null;
  // The first guess may lie on the other side of a clock change, the second does not.
  const guess = offsetMinutes(asUtc, zone);
  const offset = offsetMinutes(asUtc - guess * 60000, zone);
  const sign = offset < 0 ? "-" : "+";
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = two(Math.floor(Math.abs(offset) / 60));
  return `${wall.slice(0, 16)}:00${sign}${hours}:${two(Math.abs(offset) % 60)}`;
}

/** Today's date in a zone, as the list of events wants it. */
export function todayIn(zone: string, now = new Date()): string {
  return (wallOf(now.toISOString(), zone) ?? now.toISOString()).slice(0, 10);
}

/** Whether a value of unknown origin looks like an RFC 3339 instant. */
export function isInstant(value: unknown): value is string {
  return typeof value === "string" && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(value);
}
