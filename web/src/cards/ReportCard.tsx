/** Cards of reports: balances, a comparison, what is wrong with the books, and a file to download. */
import { useState } from "react";
import { useStore } from "react-redux";
import type { SessionState } from "../session/sessionSlice";
import { Notice } from "../ui/Notice";
import { formatMoney } from "../words/money";
import { humanize } from "../words/fields";
import { formatMoment } from "../words/time";
import { CardLine } from "./CardLine";
import { saveFile } from "./saving";
import { Table } from "./Table";
import { reportLine, type ExportedFile, type LedgerCheck, type LedgerReport, type Report, type SalesComparison } from "./reports";

function Balances({ report }: { report: LedgerReport }) {
  const rows = report.balances.map(({ account, currency, entries, amount }) => [humanize(account), entries.toLocaleString(), formatMoney(amount, currency)]);
  const wrong = Object.entries(report.unbalanced);
  return (
    <>
      {wrong.length > 0 && <Notice tone="warn" title={`The accounts do not sum to zero: ${wrong.map(([currency, amount]) => formatMoney(amount, currency)).join(", ")}`} />}
      <Table caption="Balances" columns={[{ name: "Account" }, { name: "Entries", right: true }, { name: "Balance", right: true }]} rows={rows} />
    </>
  );
}

function Comparison({ report, timezone }: { report: SalesComparison; timezone: string }) {
  const sign = (number: number) => `${number > 0 ? "+" : ""}${number.toLocaleString()}`;
  const rows = report.differences.map(({ ticket_type_name, currency, tickets, net_amount }) => [ticket_type_name ?? "All", sign(tickets), `${net_amount > 0 ? "+" : ""}${formatMoney(net_amount, currency)}`]);
  return (
    <>
      {[report.event, report.other].map(({ event_name, as_of, admitted, no_shows }, index) => (
        <p key={index} className="px-3.5 pt-2 text-[13px] text-ink-soft">
          <span className="font-medium text-ink">{event_name}</span>, as of {formatMoment(as_of, timezone)}
          {no_shows !== null && `; ${admitted} came, ${no_shows} did not`}
        </p>
      ))}
      <Table caption="Difference" columns={[{ name: "Difference" }, { name: "Tickets", right: true }, { name: "Money", right: true }]} rows={rows} />
    </>
  );
}

function Check({ report }: { report: LedgerCheck }) {
  if (report.problems.length === 0) return <p className="px-3.5 py-2.5">The books are right: {report.orders.toLocaleString()} orders looked at.</p>;
  const rows = report.problems.map(({ problem, order_number, currency, expected, found }) => [order_number ?? "–", humanize(problem), formatMoney(expected, currency), formatMoney(found, currency)]);
  return <Table caption="What does not agree" columns={[{ name: "Order" }, { name: "Sum" }, { name: "Expected", right: true }, { name: "Found", right: true }]} rows={rows} />;
}

/** The file is fetched with the session's token, which a plain link would not carry. */
function Download({ file }: { file: ExportedFile }) {
  const store = useStore<{ session: SessionState }>();
  const [state, setState] = useState<"idle" | "busy" | "failed">("idle");
  const save = async () => {
    setState("busy");
    try {
      const token = store.getState().session.session?.accessToken;
      const answer = await fetch(file.path, { headers: token ? { Authorization: `Bearer ${token}` } : {} });
      if (!answer.ok) throw new Error(String(answer.status));
      saveFile(file.file_name, await answer.blob());
      setState("idle");
    } catch {
      setState("failed");
    }
  };
  return (
    <>
      <div className="flex items-center justify-between gap-3 px-3.5 py-2.5">
        <p className="min-w-0 break-words text-[14px]">{file.file_name}<span className="block text-[13px] text-ink-soft">{file.rows.toLocaleString()} rows</span></p>
        <button type="button" className="min-h-11 font-medium text-accent" disabled={state === "busy"} onClick={() => void save()}>
          {state === "busy" ? "Making the file…" : "Download"}
        </button>
      </div>
      {state === "failed" && <Notice tone="warn" title="The file could not be downloaded. Try again in a moment." />}
      <Table caption="The first rows" columns={file.columns.map((name) => ({ name: humanize(name) }))} rows={file.preview} unwrapped />
    </>
  );
}

export function ReportCard({ report, timezone }: { report: Report; timezone: string }) {
  switch (report.kind) {
    case "ledger":
      return <Balances report={report.value} />;
    case "comparison":
      return <Comparison report={report.value} timezone={timezone} />;
    case "file":
      return <Download file={report.value} />;
    case "check":
      return <Check report={report.value} />;
    case "line":
      return <CardLine line={reportLine(report.value, timezone)} />;
  }
}
