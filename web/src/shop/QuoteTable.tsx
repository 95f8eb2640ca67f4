/** What is kept and what it costs, to the cent. */
import { formatMoney } from "../words/money";
import type { Quote } from "./types";
import { contained, priceText } from "./words";

export function QuoteTable({ quote }: { quote: Quote }) {
  const money = (amount: number) => formatMoney(amount, quote.currency);
  const within = contained(quote, quote.currency);
  return (
    <table className="w-full text-left">
      <caption className="sr-only">Your order</caption>
      <tbody>
        {quote.lines.map((line, index) => (
          <tr key={`${line.ticket_type_id}-${index}`} className="border-b border-line align-top">
            <th scope="row" className="py-2.5 pr-4 font-normal break-words">
              {line.quantity} × {line.name}
              {line.parts.length > 0 && <span className="block text-[13px] text-ink-faint">{line.parts.map((part) => `${part.quantity} × ${part.name}`).join(", ")}</span>}
              {line.discount_amount > 0 && <span className="block text-[13px] text-accent">with your code {money(-line.discount_amount)}</span>}
            </th>
            <td className="tabular py-2.5 text-right whitespace-nowrap">{priceText(line.total_amount, quote.currency)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr className="align-top">
          <th scope="row" className="pt-3 font-semibold">
            Total
            {within && <span className="block text-[13px] font-normal text-ink-faint">{within}</span>}
          </th>
          <td className="tabular pt-3 text-right text-[19px] font-semibold whitespace-nowrap">{priceText(quote.total_amount, quote.currency)}</td>
        </tr>
      </tfoot>
    </table>
  );
}
