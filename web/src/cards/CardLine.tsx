/** Draws one Line. Used alone, in lists, and in the side panel's detail. */
import { StatusBadge } from "../ui/Badge";
import { Icon } from "../ui/Icon";
import type { Line } from "./lines";

export function CardLine({ line }: { line: Line }) {
  return (
    <div className="flex items-center gap-3 px-3.5 py-2.5">
      <span className="flex size-8 items-center justify-center rounded-lg bg-accent-soft text-accent">
        <Icon name={line.icon} size={16} />
      </span>
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium" title={line.title}>
          {line.title}
        </p>
        {line.meta && <p className="text-[13px] leading-snug text-ink-soft">{line.meta}</p>}
      </div>
      <div className="flex flex-col items-end gap-1">
        {line.figure && <span className="tabular font-medium">{line.figure}</span>}
        {line.status && <StatusBadge status={line.status} />}
      </div>
    </div>
  );
}
