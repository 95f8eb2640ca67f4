/** Which role somebody gets, in what it means; at the door also for which events. */
import { useEventsQuery } from "../api/greenroom";
import type { Role } from "../api/types";
import { useSetting } from "../cards/useSetting";
import { Tick } from "../ui/Labelled";
import { roleMay, roleTitle } from "../words/roles";
import { formatDay, todayIn } from "../words/time";

export type Granted = { role: Role; events: string[] };

function DoorEvents({ events, onEvents }: { events: string[]; onEvents: (events: string[]) => void }) {
  const { timezone } = useSetting();
  const { data } = useEventsQuery({ from_date: todayIn(timezone) });
  const toggle = (id: string, on: boolean) => onEvents(on ? [...events, id] : events.filter((each) => each !== id));
  return (
    <fieldset className="ml-7 rounded-xl border border-line px-3.5 py-2">
      <legend className="px-1 text-[13px] font-medium">At the doors of</legend>
      {data?.items.length === 0 && <p className="py-1 text-[14px] text-ink-soft">There is no event ahead to scan at.</p>}
      {data?.items.map((event) => (
        <Tick key={event.id} label={event.name} hint={formatDay(event.start_date, event.timezone)} checked={events.includes(event.id)} onChecked={(on) => toggle(event.id, on)} />
      ))}
    </fieldset>
  );
}

type RoleFieldsProps = { roles: Role[]; granted: Granted; onGranted: (granted: Granted) => void };

export function RoleFields({ roles, granted, onGranted }: RoleFieldsProps) {
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-[14px] font-medium">Role</legend>
      {roles.map((role) => (
        <label key={role} className={`flex items-start gap-2.5 rounded-xl border px-3 py-2 text-[14px] ${granted.role === role ? "border-accent bg-accent-soft/50" : "border-line hover:bg-sunken"}`}>
          <input type="radio" name="role" checked={granted.role === role} onChange={() => onGranted({ role, events: [] })} className="mt-1 size-4 shrink-0 accent-accent" />
          <span>
            <span className="font-medium">{roleTitle(role)}</span>
            <span className="block text-[13px] text-ink-soft">{roleMay(role)}</span>
          </span>
        </label>
      ))}
      {granted.role === "door" && <DoorEvents events={granted.events} onEvents={(events) => onGranted({ role: "door", events })} />}
    </fieldset>
  );
}

/** Whether it can be sent: somebody at the door has a door. */
export const isComplete = ({ role, events }: Granted): boolean => role !== "door" || events.length > 0;
