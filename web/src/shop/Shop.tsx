/** The shop of one event: what it is, what it sells, and the way to the till. */
import { Mark } from "../ui/Icon";
import { ThemeToggle } from "../shell/ThemeToggle";
import { Checkout } from "./Checkout";
import { Choosing } from "./Choosing";
import { Done } from "./Done";
import { EventHead } from "./EventHead";
import { useShop } from "./useShop";

type ShopProps = { eventId: string; search: string };

export function Shop({ eventId, search }: ShopProps) {
  const shopping = useShop(eventId, search);
  const { event, missing, hold, order } = shopping;

  return (
    <div className="mx-auto flex min-h-full w-full max-w-[680px] flex-col px-4 sm:px-6">
      <header className="flex items-center justify-between py-3">
        <span className="text-[14px] text-ink-soft">{event?.organizer ?? "Tickets"}</span>
        <ThemeToggle />
      </header>
      <main className="flex-1 pb-10">
        {missing && <Missing code={missing.problem.code} />}
        {!missing && !event && <p role="status" className="py-16 text-ink-faint">Looking up the event…</p>}
        {event && (
          <>
            <title>{`${event.name}: tickets`}</title>
            <EventHead event={event} brief={hold !== null || order !== null} />
            {order ? <Done order={order} /> : hold ? <Checkout key={hold.id} hold={hold} shopping={shopping} /> : <Choosing event={event} shopping={shopping} />}
          </>
        )}
      </main>
      <footer className="flex items-center gap-2 border-t border-line py-5 text-[13px] text-ink-faint">
        <Mark size={20} />
        Tickets by Greenroom
      </footer>
    </div>
  );
}

function Missing({ code }: { code: string }) {
  const away = code !== "not_found";
  return (
    <section className="py-20 text-center">
      <h1 className="text-[24px] font-semibold">{away ? "The shop can not be reached" : "Nothing is sold here"}</h1>
      <p className="mt-3 text-ink-soft">
        {away ? "Check your connection and load the page again." : "The event may be over, or not announced yet. Check the link, or ask the organiser."}
      </p>
    </section>
  );
}
