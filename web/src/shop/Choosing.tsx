/** What is on sale, a promo code, and the bar that goes on to the till. */
import { Button } from "../ui/Button";
import { Notice } from "../ui/Notice";
import { PromoCode } from "./PromoCode";
import { TicketRow } from "./TicketRow";
import type { EventDetail } from "./types";
import type { Shopping } from "./useShop";
import { priceText, sumOf } from "./words";

type ChoosingProps = { event: EventDetail; shopping: Shopping };

export function Choosing({ event, shopping }: ChoosingProps) {
  const { basket, busy, trouble } = shopping;
  const sum = sumOf(event, basket);
  const over = event.ticket_types.every((type) => type.sales === "closed");
  return (
    <section aria-labelledby="tickets">
      <h2 id="tickets" className="mb-3 text-[19px] font-semibold">
        Tickets
      </h2>
      {event.ticket_types.length === 0 && <Notice tone="calm">There are no tickets on sale for this event yet.</Notice>}
      {event.ticket_types.length > 0 && over && <Notice tone="calm">Ticket sales for this event have ended.</Notice>}
      <ul className="flex flex-col gap-3">
        {event.ticket_types.map((type) => (
          <TicketRow key={type.id} type={type} zone={event.timezone} chosen={basket[type.id] ?? 0} onChoose={(quantity) => shopping.choose(type.id, quantity)} />
        ))}
      </ul>
      <PromoCode applied={event.promo_code} onUse={shopping.useCode} />
      {trouble && (
        <div className="mt-4">
          <Notice tone="bad" role="alert">
            {trouble}
          </Notice>
        </div>
      )}
      {event.ticket_types.length > 0 && (
        <div className="sticky bottom-0 z-10 -mx-4 mt-6 border-t border-line bg-canvas px-4 py-3 pb-[max(12px,env(safe-area-inset-bottom))] sm:-mx-6 sm:px-6">
          <div className="flex items-center justify-between gap-4">
            <p aria-live="polite" className="min-w-0">
              <span className="block text-[13px] text-ink-soft">{sum.tickets === 0 ? "Nothing chosen yet" : sum.tickets === 1 ? "1 ticket" : `${sum.tickets} tickets`}</span>
              <span className="tabular block text-[19px] leading-tight font-semibold">{sum.tickets > 0 ? priceText(sum.amount, sum.currency) : "\u00a0"}</span>
            </p>
            <Button weight="primary" disabled={sum.tickets === 0} busy={busy} onClick={() => void shopping.start()} className="min-w-40 text-[16px]">
              {busy ? "Keeping them for you…" : "Continue"}
            </Button>
          </div>
        </div>
      )}
    </section>
  );
}
