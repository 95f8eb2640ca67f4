/** From what a tool gave to what is shown: one entry per kind, a small default for the unknown. */
import type { ReactNode } from "react";
import type { ToSettle } from "../api/types";
import { Notice } from "../ui/Notice";
import { humanize } from "../words/fields";
import { formatMoney } from "../words/money";
import { operationDoing, operationTitle } from "../words/operations";
import { CardLine } from "./CardLine";
import { entityOf } from "./entity";
import { EventFacts } from "./EventFacts";
import { lineOf } from "./lines";
import type { Reading, ToolProblem } from "./reading";
import { ReportCard } from "./ReportCard";
import { reportOf } from "./reports";
import { telling } from "./kinds";
import { SalesReportCard } from "./SalesReportCard";
import { TellingCard } from "./TellingCard";
import { useZone } from "./useSetting";

const SHOWN = 6;

function Frame({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div role="group" aria-label={title} className="appear w-full overflow-hidden rounded-2xl border border-line bg-surface shadow-card">
      {children}
    </div>
  );
}

/** Whether there is a card for it better than its simple values. */
export function isKnownResult(value: unknown): boolean {
  return telling(value, "UTC") !== null || reportOf(value) !== null || entityOf(value).kind !== "unknown";
}

type EntityProps = { value: unknown; whole?: boolean };

/** One thing as a compact card line, or as a whole card; what the page does not know is shown by its simple values. */
export function EntityLine({ value, whole = false }: EntityProps) {
  const timezone = useZone(value);
  const told = telling(value, timezone);
  if (told) return <TellingCard telling={told} whole={whole} />;
  const report = reportOf(value);
  if (report) return <ReportCard report={report} timezone={timezone} />;
  const entity = entityOf(value);
  if (entity.kind === "sales_report") return <SalesReportCard report={entity.value} />;
  if (entity.kind === "event_detail") return <EventFacts event={entity.value} />;
  if (entity.kind !== "unknown") return <CardLine line={lineOf(entity, timezone)} />;
  if (typeof value !== "object" || value === null) return <p className="px-3.5 py-2.5 text-ink-soft">{String(value)}</p>;
  const simple = Object.entries(value).filter(([, field]) => ["string", "number", "boolean"].includes(typeof field));
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 px-3.5 py-2.5 text-[13px]">
      {simple.slice(0, 8).map(([name, field]) => (
        <div key={name} className="contents">
          <dt className="text-ink-faint">{humanize(name)}</dt>
          <dd className="min-w-0 break-words">{String(field)}</dd>
        </div>
      ))}
    </dl>
  );
}

export function ProblemCard({ problem }: { problem: ToolProblem }) {
  return (
    <Notice tone="warn" title={problem.message}>
      {problem.remedy && <p className="mt-0.5 text-ink-soft">{problem.remedy}</p>}
    </Notice>
  );
}

/** What all that is open comes to, for lists that say so. */
function SettleTotals({ totals }: { totals: ToSettle[] }) {
  return (
    <p className="tabular px-3.5 pb-2 text-[13px] text-ink-soft">
      {totals.map(({ reason, currency, orders, amount }) => `${humanize(reason)}: ${orders.toLocaleString()} (${formatMoney(amount, currency)})`).join(" · ")}
    </p>
  );
}

function PageCard({ title, items, more, totals }: { title: string; items: unknown[]; more: boolean; totals: unknown[] }) {
  if (items.length === 0) return <p className="text-[14px] text-ink-faint">{title}: nothing found.</p>;
  const rest = items.length - SHOWN;
  const entries = (list: unknown[]) =>
    list.map((item, index) => (
      <li key={index} className="border-t border-line">
        <EntityLine value={item} whole={items.length === 1} />
      </li>
    ));
  return (
    <Frame title={title}>
      <p className="eyebrow px-3.5 py-2">
        {title} ({items.length}
        {more ? "+" : ""})
      </p>
      {totals.length > 0 && <SettleTotals totals={totals as ToSettle[]} />}
      <ul>{entries(items.slice(0, SHOWN))}</ul>
      {rest > 0 && (
        <details className="border-t border-line">
          <summary className="min-h-11 px-3.5 py-2.5 text-[14px] font-medium text-accent">Show {rest} more</summary>
          <ul>{entries(items.slice(SHOWN))}</ul>
        </details>
      )}
    </Frame>
  );
}

/** The card of a read tool's result. Proposals have their own card and never come here. */
export function ResultCard({ name, reading }: { name: string; reading: Reading }) {
  switch (reading.kind) {
    case "running":
      return (
        <p className="flex items-center gap-2 text-[14px] text-ink-soft">
          <span aria-hidden="true" className="pulse-dot size-2 rounded-full bg-accent" />
          {operationDoing(name)}…
        </p>
      );
    case "problem":
      return <ProblemCard problem={reading.problem} />;
    case "page":
      return <PageCard title={operationTitle(name)} items={reading.items} more={reading.more} totals={reading.totals} />;
    case "object":
      return (
        <Frame title={operationTitle(name)}>
          <EntityLine value={reading.value} whole />
        </Frame>
      );
    case "text":
      return reading.text.trim() ? <p className="text-[14px] text-ink-faint">{reading.text.slice(0, 500)}</p> : null;
    case "proposal":
      return null;
  }
}
