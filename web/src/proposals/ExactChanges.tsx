/** The exact rows that a step would change: table, label, and each field before and after. */
import type { Change } from "../api/types";
import { Icon } from "../ui/Icon";
import { changeRows, changeTitle, type Row } from "./changes";
import type { Setting } from "./fields";

const ACTIONS = { insert: "new", update: "changed", delete: "removed" };

/** Field rows as before → after; for a new row only what it will be, for a removed one what it was. */
export function Rows({ rows, action }: { rows: Row[]; action: Change["action"] }) {
  return (
    <dl className="grid grid-cols-[minmax(84px,auto)_1fr] gap-x-4 gap-y-1 text-[13px]">
      {rows.map((row) => (
        <div key={row.label} className="contents">
          <dt className="text-ink-faint">{row.label}</dt>
          <dd className="tabular min-w-0 break-words">
            {action !== "insert" && <span className={action === "update" ? "text-ink-faint line-through" : "text-ink-soft"}>{row.before}</span>}
            {action === "update" && <span className="px-1.5 text-ink-faint" aria-label="becomes">→</span>}
            {action !== "delete" && <span className="font-medium">{row.after}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function ChangedRow({ change, setting }: { change: Change; setting: Setting }) {
  const rows = changeRows(change, setting);
  // What is sold, held or used moves with every sale and is not shown: only that it is counted anew.
  const action = rows.length === 0 && change.action === "update" ? "counted anew" : ACTIONS[change.action];
  return (
    <li>
      <p className="mb-1 text-[13px]">
        <span className="font-semibold">{changeTitle(change)}</span>
        <span className="text-ink-faint"> · {action}</span>
      </p>
      <Rows rows={rows} action={change.action} />
    </li>
  );
}

export function ExactChanges({ changes, setting }: { changes: Change[]; setting: Setting }) {
  if (changes.length === 0) return null;
  const count = `${changes.length} ${changes.length === 1 ? "row" : "rows"}`;
  return (
    <details className="group">
      <summary className="-ml-1 inline-flex min-h-7 items-center gap-1 rounded-lg px-1 text-[13px] text-ink-soft hover:text-ink">
        <span className="transition-transform group-open:rotate-90">
          <Icon name="chevron" size={14} />
        </span>
        Exact changes: {count}
      </summary>
      <ul className="mt-1.5 flex flex-col gap-3 border-l-2 border-line pl-3.5">
        {changes.map((change) => (
          <ChangedRow key={`${change.table}:${change.id}:${change.action}`} change={change} setting={setting} />
        ))}
      </ul>
    </details>
  );
}
