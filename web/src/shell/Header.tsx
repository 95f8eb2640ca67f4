/** The top bar: product, organisation, which planner reads the requests, colours, the signed-in person. */
import { useId, useState } from "react";
import { useHealthQuery, useLogoutMutation, useMeQuery } from "../api/greenroom";
import { sessionEnded } from "../session/sessionSlice";
import { useAppDispatch } from "../store";
import { IconButton } from "../ui/Button";
import { Icon, Mark } from "../ui/Icon";
import { plannerWords } from "./planner";
import { ThemeToggle } from "./ThemeToggle";

/** `slim` is the phone's form: a line under the organisation instead of a pill. */
function PlannerBadge({ slim = false }: { slim?: boolean }) {
  const { data } = useHealthQuery();
  const [open, setOpen] = useState(false);
  const id = useId();
  const words = plannerWords(data?.model);
  if (!words) return null;
  return (
    <div className="relative" onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setOpen(false)}>
      <button type="button" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)} className={`flex items-center gap-2 text-[13px] whitespace-nowrap text-ink-soft ${slim ? "-my-1 py-1" : "min-h-9 rounded-full border border-line px-3 hover:bg-sunken"}`}>
        <span aria-hidden="true" className="size-1.5 rounded-full bg-accent" />
        {words.label}
      </button>
      <p id={id} hidden={!open} className={`absolute top-full z-30 mt-2 w-72 ${slim ? "-left-10" : "right-0"} rounded-xl border border-line bg-surface p-3.5 text-[13px] text-ink-soft shadow-card`}>
        {words.detail}
      </p>
    </div>
  );
}

export function Header({ onThreads }: { onThreads: () => void }) {
  const dispatch = useAppDispatch();
  const { data: me } = useMeQuery();
  const [logout] = useLogoutMutation();
  const leave = async () => {
    await logout();
    dispatch(sessionEnded("signed_out"));
  };
  return (
    <header className="flex h-14 shrink-0 items-center gap-3 border-b border-line bg-canvas px-3 sm:px-4">
      <span className="-ml-1.5 hidden min-[900px]:block min-[1200px]:hidden">
        <IconButton label="Conversations" icon="threads" onClick={onThreads} />
      </span>
      <Mark />
      <div className="min-w-0 flex-1 leading-tight">
        <h1 className="text-[15px] font-semibold max-sm:sr-only">Greenroom</h1>
        {me?.organization && <p className="truncate text-[13px] text-ink-soft max-sm:text-[15px] max-sm:font-semibold max-sm:text-ink">{me.organization.name}</p>}
        <div className="sm:hidden">
          <PlannerBadge slim />
        </div>
      </div>
      <div className="hidden sm:block">
        <PlannerBadge />
      </div>
      {me && (
        <p className="hidden max-w-56 truncate text-[13px] text-ink-soft lg:block" title={me.user.email}>
          {me.user.email}
          {me.organization && <span className="text-ink-faint"> · {me.organization.role}</span>}
        </p>
      )}
      <div className="flex">
        <a href="/checkin" aria-label="Check-in at the door" title="Check-in at the door" className="inline-flex size-11 items-center justify-center rounded-xl text-ink-soft transition-colors hover:bg-sunken hover:text-ink">
          <Icon name="ticket" />
        </a>
        <ThemeToggle />
        <IconButton label={me ? `Sign out ${me.user.email}` : "Sign out"} icon="leave" onClick={() => void leave()} />
      </div>
    </header>
  );
}
