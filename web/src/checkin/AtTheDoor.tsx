/** A door at work: the outcome, where codes come in, the counts, and people without a ticket. */
import { useState } from "react";
import { useMeQuery } from "../api/greenroom";
import { Notice } from "../ui/Notice";
import { useCheckInListQuery } from "./api";
import { Counts } from "./Counts";
import { Guests } from "./Guests";
import { Outcome } from "./Outcome";
import { Scanner } from "./Scanner";
import type { CheckInList, Kind } from "./types";
import { useDoor } from "./useDoor";

const COUNT_EVERY_MS = 4000;
const KINDS: [Kind, string][] = [
  ["entry", "In"],
  ["exit", "Out"],
];

export function AtTheDoor({ list, device }: { list: CheckInList; device: string }) {
  const [kind, setKind] = useState<Kind>("entry");
  const { data, isError, refetch } = useCheckInListQuery(list.id, { pollingInterval: COUNT_EVERY_MS, skipPollingIfUnfocused: true });
  const door = useDoor(list.id, device, () => void refetch());
  const role = useMeQuery().data?.organization?.role;
  const supervises = role === "admin" || role === "owner";

  return (
    <div className="mx-auto grid w-full max-w-[1040px] gap-4 px-4 py-4 min-[900px]:grid-cols-[minmax(0,1fr)_400px] min-[900px]:gap-6">
      <div className="flex flex-col gap-4">
        <fieldset className="grid grid-cols-2 gap-1 rounded-2xl bg-sunken p-1">
          <legend className="sr-only">Direction</legend>
          {KINDS.map(([value, label]) => (
            <label key={value} className={`flex min-h-11 items-center justify-center rounded-xl font-semibold has-focus-visible:outline-2 has-focus-visible:outline-accent ${kind === value ? "bg-ink text-canvas" : "text-ink-soft"}`}>
              <input type="radio" name="kind" value={value} checked={kind === value} onChange={() => setKind(value)} className="sr-only" />
              {label}
            </label>
          ))}
        </fieldset>
        <Outcome last={door.last} busy={door.busy} onUndo={(id) => void door.undo(id)} onForce={supervises ? (ticket) => void door.read({ ticket }, kind, true) : null} />
        <Scanner busy={door.busy} onRead={(code) => void door.read({ code }, kind)} />
      </div>
      <div className="flex flex-col gap-4">
        {door.waiting > 0 && (
          <Notice tone="warn" role="status" title={`${door.waiting} ${door.waiting === 1 ? "scan waits" : "scans wait"} for a connection`}>
            They are kept on this device and sent by themselves. Keep this page open.
          </Notice>
        )}
        {door.conflicts > 0 && (
          <Notice tone="bad" role="alert" title={`${door.conflicts} let in who should not have been`}>
            Another device had scanned the same ticket, or it was not valid. The list keeps both scans.
          </Notice>
        )}
        <Counts list={data ?? list} />
        <p className="text-[13px] text-ink-faint">
          {isError ? "No connection: these counts are old. " : ""}
          {door.known === null ? "Fetching the list for work without a connection…" : `Works without a connection: ${door.known} tickets on this device.`}
        </p>
        <Guests list={list.id} kind={kind} door={door} />
      </div>
    </div>
  );
}
