/** A sales report: a table by ticket type and the total of each currency. */
import type { SalesReport } from "../api/types";
import { formatMoney } from "../words/money";

export function SalesReportCard({ report }: { report: SalesReport }) {
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-[14px]">
        <caption className="sr-only">Sales by ticket type</caption>
        <thead>
          <tr className="text-left text-[12px] text-ink-faint">
            <th scope="col" className="px-3.5 py-2 font-semibold">Tickets</th>
            <th scope="col" className="px-3.5 py-2 text-right font-semibold">Sold</th>
            <th scope="col" className="px-3.5 py-2 text-right font-semibold">Refunded</th>
            <th scope="col" className="px-3.5 py-2 text-right font-semibold">Net</th>
          </tr>
        </thead>
        <tbody className="tabular">
          {report.lines.map((line) => (
            <tr key={`${line.event_id} ${line.ticket_type_name} ${line.currency}`} className="border-t border-line">
              <td className="px-3.5 py-2">
                <span className="font-medium">{line.ticket_type_name}</span>
                <span className="block text-[13px] text-ink-soft">{line.event_name}</span>
              </td>
              <td className="px-3.5 py-2 text-right">{line.sold}</td>
              <td className="px-3.5 py-2 text-right">{line.refunded_amount > 0 ? formatMoney(line.refunded_amount, line.currency) : "–"}</td>
              <td className="px-3.5 py-2 text-right">{formatMoney(line.net_amount, line.currency)}</td>
            </tr>
          ))}
          {(report.groups ?? []).map((group) => (
            <tr key={`${group.key} ${group.currency}`} className="border-t border-line text-ink-soft">
              <td className="px-3.5 py-2">{group.key || "Without a code"}</td>
              <td className="px-3.5 py-2 text-right">{group.sold}</td>
              <td className="px-3.5 py-2 text-right">{group.refunded_amount > 0 ? formatMoney(group.refunded_amount, group.currency) : "–"}</td>
              <td className="px-3.5 py-2 text-right">{formatMoney(group.net_amount, group.currency)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot className="tabular">
          {report.totals.map((total) => (
            <tr key={total.currency} className="border-t border-line-strong font-semibold">
              <th scope="row" className="px-3.5 py-2 text-left font-semibold">Total {total.currency}</th>
              <td className="px-3.5 py-2 text-right">{total.sold}</td>
              <td className="px-3.5 py-2 text-right">{total.refunded_amount > 0 ? formatMoney(total.refunded_amount, total.currency) : "–"}</td>
              <td className="px-3.5 py-2 text-right">{formatMoney(total.net_amount, total.currency)}</td>
            </tr>
          ))}
        </tfoot>
      </table>
      {report.lines.length === 0 && <p className="px-3.5 pb-3 text-ink-soft">Nothing was sold in this period.</p>}
    </div>
  );
}
