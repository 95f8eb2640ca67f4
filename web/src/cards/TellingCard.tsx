/** Draws what a kind tells: its line, what must be seen, facts, tables, and what can be taken along. */
import { Button } from "../ui/Button";
import { CopyButton } from "../ui/CopyButton";
import { Icon } from "../ui/Icon";
import { Notice } from "../ui/Notice";
import { CardLine } from "./CardLine";
import type { Telling } from "./kind";
import { Table } from "./Table";
import { saveFile } from "./saving";

function Facts({ facts }: { facts: NonNullable<Telling["facts"]> }) {
  return (
    <dl className="grid grid-cols-[minmax(96px,auto)_1fr] gap-x-4 gap-y-1 border-t border-line px-3.5 py-3 text-[13px]">
      {facts.map(([label, text]) => (
        <div key={label} className="contents">
          <dt className="text-ink-faint">{label}</dt>
          <dd className="tabular min-w-0 break-words">{text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** `whole` shows all there is; otherwise one line that opens, and what must be seen. */
export function TellingCard({ telling, whole }: { telling: Telling; whole: boolean }) {
  const { line, notes = [], facts = [], tables = [], text, copy, file } = telling;
  const more = facts.length + tables.length > 0 || text || copy || file;
  const rest = more && (
    <>
      {tables.map((table) => (
        <div key={table.caption} className="border-t border-line">
          <Table {...table} />
        </div>
      ))}
      {facts.length > 0 && <Facts facts={facts} />}
      {text && <p className="border-t border-line px-3.5 py-3 text-[14px] break-words whitespace-pre-line">{text}</p>}
      {(copy || file) && (
        <div className="flex flex-wrap gap-2 border-t border-line px-3.5 py-3">
          {copy && <CopyButton {...copy} />}
          {file && <Button onClick={() => saveFile(file.name, new Blob([file.text], { type: "text/csv" }))}>Download CSV</Button>}
        </div>
      )}
    </>
  );
  const seen = notes.length > 0 && (
    <div className="flex flex-col gap-2 px-3.5 pb-3">
      {notes.map((note) => (
        <Notice key={note.text} tone={note.tone}>
          {note.text}
        </Notice>
      ))}
    </div>
  );
  if (whole || !rest) {
    return (
      <>
        <CardLine line={line} />
        {seen}
        {rest}
      </>
    );
  }
  return (
    <>
      <details className="group">
        <summary className="flex items-center pr-2 transition-colors hover:bg-sunken">
          <div className="min-w-0 flex-1">
            <CardLine line={line} />
          </div>
          <span className="text-ink-faint transition-transform group-open:rotate-90">
            <Icon name="chevron" size={14} />
          </span>
        </summary>
        {rest}
      </details>
      {seen}
    </>
  );
}
