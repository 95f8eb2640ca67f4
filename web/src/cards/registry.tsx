/** From what a tool gave to what is shown: one entry per kind, a small default for the unknown. */
import type { ReactNode } from "react";
import { useMeQuery } from "../api/greenroom";
import { Notice } from "../ui/Notice";
import { operationDoing, operationTitle, humanize } from "../words/operations";
import { CardLine } from "./CardLine";
import { entityOf } from "./entity";
import { EventFacts } from "./EventFacts";
import { lineOf } from "./lines";
import type { Reading, ToolProblem } from "./reading";
import { SalesReportCard } from "./SalesReportCard";

const SHOWN = 6;

/** The organisation's currency and zone, for what carries none of its own. */
export function useSetting(): { currency: string; timezone: string } {
  const { data } = useMeQuery();
  return { currency: data?.organization?.currency ?? "EUR", timezone: data?.organization?.timezone ?? "UTC" };
}

function Frame({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div role="group" aria-label={title} className="appear w-full overflow-hidden rounded-2xl border border-line bg-surface shadow-card">
      {children}
    </div>
  );
}

/** One thing as a compact card line; what the page does not know is shown by its simple values. */
export function EntityLine({ value }: { value: unknown }) {
  const { timezone } = useSetting();
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

function PageCard({ title, items, more }: { title: string; items: unknown[]; more: boolean }) {
  if (items.length === 0) return <p className="text-[14px] text-ink-faint">{title}: nothing found.</p>;
  const rest = items.length - SHOWN;
  const entries = (list: unknown[]) =>
    list.map((item, index) => (
      <li key={index} className="border-t border-line">
        <EntityLine value={item} />
      </li>
    ));
  return (
    <Frame title={title}>
      <p className="eyebrow px-3.5 py-2">
        {title} ({items.length}
        {more ? "+" : ""})
      </p>
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
      return <PageCard title={operationTitle(name)} items={reading.items} more={reading.more} />;
    case "object":
      return (
        <Frame title={operationTitle(name)}>
          <EntityLine value={reading.value} />
        </Frame>
      );
    case "text":
      return reading.text.trim() ? <p className="text-[14px] text-ink-faint">{reading.text.slice(0, 500)}</p> : null;
    case "proposal":
      return null;
  }
}
