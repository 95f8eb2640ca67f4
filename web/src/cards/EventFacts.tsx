/** An event with everything that hangs on it: times, venue, tickets with their sales, sponsors. */
import type { ReactNode } from "react";
import type { EventDetail } from "../api/types";
import { placeName } from "./lines";
import { StatusBadge } from "../ui/Badge";
import { formatMoney } from "../words/money";
import { humanize } from "../words/fields";
import { formatSpan } from "../words/time";
import { Meter } from "../ui/Meter";

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-t border-line px-4 py-3.5">
      <h3 className="eyebrow mb-2">{title}</h3>
      {children}
    </section>
  );
}

export function EventFacts({ event }: { event: EventDetail }) {
  return (
    <div>
      <header className="px-4 py-4">
        <div className="flex items-start justify-between gap-3">
          <h2 className="text-[18px] leading-snug font-semibold">{event.name}</h2>
          <StatusBadge status={event.status} />
        </div>
        <p className="mt-1 text-ink-soft">{formatSpan(event.start_date, event.end_date, event.timezone)}</p>
        <p className="text-[13px] text-ink-faint">
          {event.venue_name ?? "No venue yet"}
          {event.capacity !== null && ` · ${event.capacity.toLocaleString()} places`} · {event.timezone}
        </p>
        {event.description && <p className="mt-3 whitespace-pre-line">{event.description}</p>}
      </header>

      <Section title="Tickets">
        {event.ticket_types.length === 0 && <p className="text-[14px] text-ink-soft">No tickets yet.</p>}
        <ul className="flex flex-col gap-3">
          {event.ticket_types.map((ticket) => (
            <li key={ticket.id}>
              <div className="flex justify-between gap-3">
                <span className="font-medium">{ticket.name}</span>
                <span className="tabular">{ticket.price_amount === 0 ? "Free" : formatMoney(ticket.price_amount, ticket.currency)}</span>
              </div>
              <Meter label={`${ticket.name} sold`} value={ticket.sold} max={ticket.quantity} />
              <p className="tabular text-[13px] text-ink-soft">
                {ticket.sold} of {ticket.quantity} sold, {ticket.available} left
              </p>
            </li>
          ))}
        </ul>
      </Section>

      {event.bookings.length > 0 && (
        <Section title="Venue bookings">
          <ul className="flex flex-col gap-2">
            {event.bookings.map((booking) => (
              <li key={booking.id}>
                <span className="font-medium">{placeName(booking.venue_name, booking.space_name)}</span>
                <span className="block text-[13px] text-ink-soft">{formatSpan(booking.start_date, booking.end_date, event.timezone)}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}

      {event.sponsorships.length > 0 && (
        <Section title="Sponsors">
          <ul className="flex flex-col gap-2">
            {event.sponsorships.map((sponsorship) => (
              <li key={sponsorship.id} className="flex items-start justify-between gap-3">
                <span>
                  <span className="font-medium">{sponsorship.sponsor_name}</span>
                  <span className="block text-[13px] text-ink-soft">
                    {humanize(sponsorship.level)} · {sponsorship.status}
                  </span>
                </span>
                <span className="tabular">{formatMoney(sponsorship.amount, sponsorship.currency)}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
}
