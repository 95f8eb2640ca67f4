/** How many are expected, came, and are inside now. */
import { Meter } from "../ui/Meter";
import type { CheckInList } from "./types";

const number = (value: number) => new Intl.NumberFormat().format(value);

export function Counts({ list }: { list: CheckInList }) {
  return (
    <section aria-label="Counts" className="tabular rounded-2xl border border-line bg-surface px-4 py-3">
      <p className="flex items-baseline justify-between gap-3">
        <span>
          <span className="text-[24px] font-semibold">{number(list.entered)}</span> <span className="text-ink-soft">of {number(list.expected)} came</span>
        </span>
        <span className="text-ink-soft">
          <span className="font-semibold text-ink">{number(list.inside)}</span> inside now
        </span>
      </p>
      <Meter label="Came" value={list.entered} max={list.expected} />
      {list.by_type.length > 1 && (
        <ul className="mt-1 text-[13px] text-ink-soft">
          {list.by_type.map((type) => (
            <li key={type.ticket_type_id} className="flex justify-between gap-3">
              <span className="truncate">{type.name}</span>
              <span>
                {number(type.entered)} of {number(type.expected)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
