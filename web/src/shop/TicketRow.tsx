/** One ticket on sale: what it is, what it costs, why it can not be had, and how many are wanted. */
import { Badge } from "../ui/Badge";
import { IconButton } from "../ui/Button";
import type { TicketType } from "./types";
import { contained, mark, most, priceText, terms, whyNot } from "./words";

const ROUND = "border border-line-strong";

type TicketRowProps = { type: TicketType; zone: string; chosen: number; onChoose: (quantity: number) => void };

export function TicketRow({ type, zone, chosen, onChoose }: TicketRowProps) {
  const obstacle = whyNot(type, zone);
  const label = mark(type);
  const within = contained(type, type.currency);
  return (
    <li className={`rounded-2xl border bg-surface px-4 py-3.5 transition-colors ${chosen > 0 ? "border-accent" : "border-line"}`}>
      <div className="flex items-center justify-between gap-4">
        <div className="min-w-0">
          <h3 className="font-semibold break-words">{type.name}</h3>
          {type.description && <p className="text-[14px] break-words whitespace-pre-line text-ink-soft">{type.description}</p>}
          {terms(type).map((sentence) => (
            <p key={sentence} className="text-[13px] text-ink-faint">
              {sentence}
            </p>
          ))}
          <p className="tabular mt-0.5 flex flex-wrap items-baseline gap-x-2">
            <span className={`font-semibold ${obstacle ? "text-ink-faint" : ""}`}>{priceText(type.price_amount, type.currency)}</span>
            {type.full_price_amount !== null && (
              <s className="text-[13px] text-ink-faint">
                <span className="sr-only">Instead of </span>
                {priceText(type.full_price_amount, type.currency)}
              </s>
            )}
            {within && <span className="text-[13px] text-ink-faint">{within}</span>}
            {!obstacle && label && <span className="text-[13px] font-medium text-warn">{label}</span>}
          </p>
        </div>
        {obstacle ? label && <Badge>{label}</Badge> : <Stepper type={type} chosen={chosen} onChoose={onChoose} />}
      </div>
      {obstacle && obstacle !== label && <p className="mt-1.5 text-[13px] text-ink-soft">{obstacle}</p>}
    </li>
  );
}

function Stepper({ type, chosen, onChoose }: Omit<TicketRowProps, "zone">) {
  const fewest = type.min_per_order;
  const highest = most(type);
  return (
    <div role="group" aria-label={`How many ${type.name}`} className="flex shrink-0 items-center gap-1">
      <IconButton label={`One ${type.name} fewer`} icon="minus" className={ROUND} disabled={chosen === 0} onClick={() => onChoose(chosen <= fewest ? 0 : chosen - 1)} />
      <output aria-live="polite" className="tabular w-8 text-center text-[17px] font-semibold">
        {chosen}
        <span className="sr-only"> {type.name}</span>
      </output>
      <IconButton label={`One ${type.name} more`} icon="plus" className={ROUND} disabled={chosen >= highest} onClick={() => onChoose(chosen === 0 ? fewest : chosen + 1)} />
    </div>
  );
}
