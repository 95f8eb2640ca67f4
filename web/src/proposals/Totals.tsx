/** The totals of a preview, one line each, in the currency they are in. */
import type { Total } from "../api/types";
import { formatMoney } from "../words/money";

export function Totals({ totals }: { totals: Total[] }) {
  if (totals.length === 0) return null;
  return (
    <dl aria-label="Totals" className="border-t border-line px-4 py-3 sm:px-5">
      {totals.map((total) => (
        <div key={`${total.label}:${total.currency}`} className="flex items-baseline justify-between gap-4">
          <dt className="text-ink-soft">{total.label}</dt>
          <dd className="tabular text-[16px] font-semibold">{formatMoney(total.amount, total.currency)}</dd>
        </div>
      ))}
    </dl>
  );
}
