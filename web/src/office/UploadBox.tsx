/** Bringing files in: what they are, what they are of, and how far each one is. */
import { useState } from "react";
import { useSponsorshipsQuery, useVenuesQuery } from "../api/files";
import { useEventsQuery } from "../api/greenroom";
import { problemText } from "../api/problem";
import { useSetting } from "../cards/useSetting";
import { RULES } from "../files/choosing";
import { DropZone } from "../files/DropZone";
import { useUploads, type Under } from "../files/useUploads";
import { IconButton } from "../ui/Button";
import { Pick } from "../ui/Labelled";
import { Meter } from "../ui/Meter";
import { todayIn } from "../words/time";

type Use = "event_poster" | "sponsor_logo" | "contract";
type Choice = readonly [value: string, words: string];

const USES = [
  ["event_poster", "Poster of an event"],
  ["sponsor_logo", "Logo of a sponsor"],
  ["contract", "Contract"],
] as const;
const NONE: Choice = ["", "Choose…"];

/** What a file of this use may be of, as "noun:reference". */
function useOwners(use: Use): Choice[] {
  const { timezone } = useSetting();
  const { data: events } = useEventsQuery({ from_date: todayIn(timezone) }, { skip: use === "sponsor_logo" });
  const { data: deals } = useSponsorshipsQuery(undefined, { skip: use === "event_poster" });
  const { data: venues } = useVenuesQuery(undefined, { skip: use !== "contract" });
  const ofEvents = events?.items.map((event): Choice => [`event:${event.id}`, event.name]) ?? [];
  const ofSponsors = [...new Set(deals?.items.map((deal) => deal.sponsor_name))].map((name): Choice => [`sponsor:${name}`, name]);
  const ofVenues = venues?.items.map((venue): Choice => [`venue:${venue.id}`, venue.name]) ?? [];
  if (use === "event_poster") return [NONE, ...ofEvents];
  if (use === "sponsor_logo") return [NONE, ...ofSponsors];
  return [["", "Nothing in particular"], ...ofEvents, ...ofSponsors, ...ofVenues];
}

function Row({ upload, onDrop }: { upload: Under; onDrop: () => void }) {
  const { name, part, file, problem } = upload;
  return (
    <li className="flex items-center gap-3 py-1.5 text-[14px]">
      <span className="min-w-0 flex-1">
        <span className="block truncate">{name}</span>
        {problem ? (
          <span role="alert" className="block text-[13px] text-bad">
            {problemText(problem)} {problem.remedy}
          </span>
        ) : file ? (
          <span role="status" className="block text-[13px] text-accent">
            Uploaded
          </span>
        ) : (
          <Meter label={`${name} is being uploaded`} value={Math.round(part * 100)} max={100} />
        )}
      </span>
      <IconButton small icon="cross" label={file || problem ? `Take ${name} off the list` : `Stop ${name}`} onClick={onDrop} />
    </li>
  );
}

export function UploadBox() {
  const [use, setUse] = useState<Use>("event_poster");
  const [of, setOf] = useState("");
  const { uploads, add, drop } = useUploads();
  const owners = useOwners(use);
  const needsOwner = use !== "contract";
  const [noun = "", ...rest] = of.split(":");
  const take = (files: File[]) => {
    for (const file of files) void add(file, { kind: use, ...(of && { [noun]: rest.join(":") }) });
  };
  return (
    <section aria-label="Upload" className="flex flex-col gap-4 rounded-2xl border border-line bg-surface p-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Pick
          label="What is it?"
          value={use}
          all={USES}
          onValue={(chosen) => {
            setUse(chosen);
            setOf("");
          }}
        />
        <Pick label="Of what?" value={of} all={owners} onValue={setOf} hint={needsOwner && owners.length === 1 ? `There is no ${use === "event_poster" ? "event" : "sponsor"} yet.` : undefined} />
      </div>
      <DropZone label={`Choose a ${RULES[use].words.toLowerCase()}`} accept={RULES[use].types} disabled={needsOwner && !of} onFiles={take} />
      {uploads.length > 0 && (
        <ul aria-label="Uploads" className="divide-y divide-line">
          {uploads.map((upload) => (
            <Row key={upload.key} upload={upload} onDrop={() => drop(upload.key)} />
          ))}
        </ul>
      )}
    </section>
  );
}
