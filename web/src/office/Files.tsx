/** Posters, logos, contracts and what was shown to the copilot: bringing one in, looking at it, deleting it. */
import { useState } from "react";
import { useDeleteFileMutation, useFilesInfiniteQuery, type FileKind } from "../api/files";
import { useEventsQuery } from "../api/greenroom";
import type { File as StoredFile } from "../api/types";
import { useAct } from "../api/useAct";
import { RULES } from "../files/choosing";
import { Thumb, useShown } from "../files/Thumb";
import { Button } from "../ui/Button";
import { Choices } from "../ui/Choices";
import { formatSize } from "../words/size";
import { formatDay, todayIn } from "../words/time";
import type { Here } from "./OfficePage";
import { Heading, List, Sure } from "./parts";
import { UploadBox } from "./UploadBox";

const FILTERS: Record<string, FileKind | null> = { All: null, Posters: "event_poster", Logos: "sponsor_logo", Contracts: "contract", Attachments: "attachment" };

function Delete({ file, onClose }: { file: StoredFile; onClose: () => void }) {
  const [remove] = useDeleteFileMutation();
  const { act, busy, problem } = useAct(remove);
  const go = async () => {
    if (await act({ id: file.id, version: file.version })) onClose();
  };
  return (
    <Sure title={`Delete ${file.name}?`} yes="Delete it" busy={busy} problem={problem} onYes={() => void go()} onClose={onClose}>
      Its content is gone for good.{file.kind === "event_poster" && " The shop shows the event without a poster then."}
    </Sure>
  );
}

function FileRow({ file, zone, ofWhat, onDelete }: { file: StoredFile; zone: string; ofWhat: string | undefined; onDelete: (() => void) | null }) {
  const { box, file: shown } = useShown(file.id);
  const size = file.width && file.height ? `${file.width} × ${file.height}` : null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
      <span ref={box}>
        <Thumb file={shown} />
      </span>
      <div className="min-w-0 flex-1 basis-48">
        <p className="truncate font-medium">{file.name}</p>
        <p className="text-[13px] text-ink-soft">{[RULES[file.kind].words + (ofWhat ? ` of ${ofWhat}` : ""), size, formatSize(file.bytes), formatDay(file.created_at, zone)].filter(Boolean).join(" · ")}</p>
      </div>
      <div className="flex gap-1">
        {shown?.url && (
          <a href={shown.url} target="_blank" rel="noreferrer" aria-label={`Open ${file.name}`} className="inline-flex min-h-9 items-center rounded-xl border border-line-strong px-3 text-[14px] font-medium hover:bg-sunken">
            Open
          </a>
        )}
        {onDelete && (
          <Button aria-label={`Delete ${file.name}`} weight="danger" className="min-h-9! px-3!" onClick={onDelete}>
            Delete…
          </Button>
        )}
      </div>
    </div>
  );
}

export function Files({ me, organization }: Here) {
  const [filter, setFilter] = useState("All");
  const kind = FILTERS[filter];
  const files = useFilesInfiniteQuery(kind ? { kind } : undefined, { refetchOnMountOrArgChange: true });
  const { data: events } = useEventsQuery({ from_date: todayIn(organization.timezone) });
  const [ending, setEnding] = useState<StoredFile | null>(null);
  const writes = me.scopes.includes("files:write");
  const names = new Map(events?.items.map((event) => [event.id, event.name]));
  return (
    <>
      <Heading title="Files" lead="Posters of events, logos of sponsors, contracts, and what you sent along in a conversation." />
      {writes && <UploadBox />}
      <Choices label="Which files" all={Object.keys(FILTERS)} chosen={filter} onChoose={setFilter} />
      <List
        label="Files"
        empty={kind ? "There is none of these." : "There are no files yet."}
        query={files}
        of={(file) => <FileRow file={file} zone={organization.timezone} ofWhat={names.get(file.event_id ?? "")} onDelete={writes ? () => setEnding(file) : null} />}
      />
      {ending && <Delete file={ending} onClose={() => setEnding(null)} />}
    </>
  );
}
