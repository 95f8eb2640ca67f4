/** A plain table of a card: a caption for those who hear it, figures to the right, scrolled sideways rather than squeezed. */
import type { ReactNode } from "react";
import type { Column } from "./kind";

/** `unwrapped` keeps each row on one line, as in a sheet. */
type TableProps = { caption: string; columns: Column[]; rows: ReactNode[][]; unwrapped?: boolean };

export function Table({ caption, columns, rows, unwrapped = false }: TableProps) {
  const side = (column: Column | undefined) => (column?.right ? "text-right whitespace-nowrap" : "text-left");
  return (
    <div className="overflow-x-auto">
      <table className={`w-full text-[14px] ${unwrapped ? "whitespace-nowrap" : ""}`}>
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="text-[12px] text-ink-faint">
            {columns.map((column) => (
              <th key={column.name} scope="col" className={`px-3.5 py-2 font-semibold ${side(column)}`}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="tabular">
          {rows.map((row, index) => (
            <tr key={index} className="border-t border-line">
              {row.map((cell, place) => (
                <td key={place} className={`px-3.5 py-2 ${side(columns[place])}`}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
