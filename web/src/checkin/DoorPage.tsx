/** The check-in page, phone first: choose a list, name the device, then work at the door. Loaded only when it is opened. */
import { useId, useState } from "react";
import { useMeQuery } from "../api/greenroom";
import { problemOf, problemText } from "../api/problem";
import { OrganizationMenu } from "../shell/OrganizationMenu";
import { Suspended } from "../shell/Suspended";
import { ThemeToggle } from "../shell/ThemeToggle";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { Notice } from "../ui/Notice";
import { useCheckInListsQuery } from "./api";
import { AtTheDoor } from "./AtTheDoor";
import type { CheckInList } from "./types";

const DEVICE = "greenroom.device";

function deviceName(): string {
  try {
    return localStorage.getItem(DEVICE) ?? "";
  } catch {
    return "";
  }
}

function Setup({ device, inside, onDevice, onOpen }: { device: string; inside: boolean; onDevice: (name: string) => void; onOpen: (list: CheckInList) => void }) {
  const id = useId();
  const { data, error, isLoading, refetch } = useCheckInListsQuery(undefined, { refetchOnMountOrArgChange: true });
  return (
    <div className="mx-auto flex w-full max-w-[560px] flex-col gap-5 px-4 py-6">
      <label htmlFor={id} className="flex flex-col gap-1.5 text-[14px] font-medium">
        Name of this device
        <input id={id} value={device} maxLength={100} placeholder="Gate 1" onChange={(change) => onDevice(change.target.value)} className="field font-normal" />
        <span className="text-[13px] font-normal text-ink-faint">Others see it beside each scan.</span>
      </label>
      <section aria-label="Check-in lists" className="flex flex-col gap-2">
        <h2 className="text-[17px] font-semibold">Choose a list</h2>
        {isLoading && <p className="text-ink-faint">Looking for lists…</p>}
        {error && (
          <Notice tone="bad" role="alert">
            {problemText(problemOf(error))}{" "}
            <button type="button" onClick={() => void refetch()} className="underline">
              Try again
            </button>
          </Notice>
        )}
        {data?.items.length === 0 && <p className="text-ink-soft">{inside ? "There is no check-in list yet. Ask the copilot: “Add a check-in list Main door to my event”." : "There is no list at your door yet. Whoever invited you can add one."}</p>}
        {data?.items.map((list) => (
          <button key={list.id} type="button" onClick={() => onOpen(list)} className="flex min-h-16 items-center gap-3 rounded-2xl border border-line bg-surface px-4 py-3 text-left hover:bg-sunken">
            <span className="min-w-0 flex-1">
              <span className="block truncate font-semibold">{list.name}</span>
              <span className="block truncate text-[13px] text-ink-soft">{list.event_name}</span>
            </span>
            <span className="tabular text-[13px] whitespace-nowrap text-ink-soft">
              {list.entered} of {list.expected}
            </span>
            <Icon name="chevron" />
          </button>
        ))}
      </section>
    </div>
  );
}

export default function DoorPage() {
  const [list, setList] = useState<CheckInList | null>(null);
  const [device, setDevice] = useState(deviceName);
  const { data: me } = useMeQuery();
  // Who only scans has no other page to go back to, and needs a way out.
  const inside = me?.scopes.includes("events:read") ?? true;
  const name = (chosen: string) => {
    setDevice(chosen);
    try {
      localStorage.setItem(DEVICE, chosen);
    } catch {
      // Without storage the name lasts until the tab is reloaded.
    }
  };
  return (
    <div className="flex h-dvh flex-col">
      <header className="flex h-14 shrink-0 items-center gap-2 border-b border-line bg-canvas px-2">
        {list ? (
          <Button weight="quiet" icon="back" onClick={() => setList(null)}>
            Lists
          </Button>
        ) : !inside ? (
          <span className="min-w-0 pl-2">
            <OrganizationMenu leaves />
          </span>
        ) : (
          <a href="/" className="inline-flex min-h-11 items-center gap-2 rounded-xl px-4 text-[14px] font-medium text-ink-soft hover:bg-sunken">
            <Icon name="back" />
            Greenroom
          </a>
        )}
        <h1 className="min-w-0 flex-1 truncate text-center leading-tight font-semibold">
          {list?.name ?? "Check-in"}
          {list && <span className="block truncate text-[12px] font-normal text-ink-soft">{[list.event_name, device.trim()].filter(Boolean).join(" · ")}</span>}
        </h1>
        <span className="flex min-w-[72px] justify-end">
          <ThemeToggle />
        </span>
      </header>
      <Suspended />
      <main className="min-h-0 flex-1 overflow-y-auto">{list ? <AtTheDoor key={list.id} list={list} device={device.trim()} /> : <Setup device={device} inside={inside} onDevice={name} onOpen={setList} />}</main>
    </div>
  );
}
