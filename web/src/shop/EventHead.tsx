/** What, when and where; in brief once tickets are kept, so that the form comes first. */
import { Icon } from "../ui/Icon";
import { dayLeaf, formatSpan } from "../words/time";
import { PosterPicture } from "./PosterPicture";
import type { ShopEvent } from "./types";

export function EventHead({ event, brief }: { event: ShopEvent; brief: boolean }) {
  const leaf = dayLeaf(event.start_date, event.timezone);
  const place = event.venue && [event.venue.name, event.venue.address, event.venue.city].filter(Boolean).join(", ");
  return (
    <section aria-label="Event" className={brief ? "pb-4" : "pt-3 pb-6"}>
      {!brief && event.poster && <PosterPicture poster={event.poster} />}
      <div className="flex items-start gap-4">
        <div aria-hidden="true" className="w-14 shrink-0 overflow-hidden rounded-xl border border-line bg-surface text-center shadow-card">
          <span className="block bg-accent py-0.5 text-[12px] font-semibold text-accent-ink uppercase">{leaf.month}</span>
          <span className="tabular block py-1.5 text-[22px] leading-none font-semibold">{leaf.day}</span>
        </div>
        <div className="min-w-0">
          <h1 className={`leading-tight font-semibold break-words ${brief ? "text-[19px]" : "text-[28px]"}`}>{event.name}</h1>
          <p className="mt-1.5 text-ink-soft">
            <time dateTime={event.start_date}>{formatSpan(event.start_date, event.end_date, event.timezone)}</time>
          </p>
          {place && (
            <p className="mt-0.5 flex items-start gap-1.5 text-ink-soft">
              <span className="mt-1 -ml-0.5">
                <Icon name="place" size={15} />
              </span>
              {place}
            </p>
          )}
        </div>
      </div>
      {!brief && event.description && <p className="mt-5 whitespace-pre-line break-words">{event.description}</p>}
    </section>
  );
}
