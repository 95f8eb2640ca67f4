/** The top bar: product, organisation, which planner reads the requests, colours, the signed-in person. */
import { useId, useState } from "react";
import { useHealthQuery, useMeQuery } from "../api/greenroom";
import { useSwitching } from "../session/useSwitching";
import { IconButton } from "../ui/Button";
import { Icon, Mark, type IconName } from "../ui/Icon";
import { OrganizationMenu } from "./OrganizationMenu";
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

/** The way to a page of its own. */
function Way({ href, label, icon }: { href: string; label: string; icon: IconName }) {
  return (
    <a href={href} aria-label={label} title={label} className="inline-flex size-11 items-center justify-center rounded-xl text-ink-soft transition-colors hover:bg-sunken hover:text-ink">
      <Icon name={icon} />
    </a>
  );
}

export function Header({ onThreads }: { onThreads: () => void }) {
  const { data: me } = useMeQuery();
  const { signOut } = useSwitching();
  return (
    <header className="flex h-14 shrink-0 items-center gap-3 border-b border-line bg-canvas px-3 sm:px-4">
      <span className="-ml-1.5 hidden min-[900px]:block min-[1200px]:hidden">
        <IconButton label="Conversations" icon="threads" onClick={onThreads} />
      </span>
      <span className="max-sm:hidden">
        <Mark />
      </span>
      <h1 className="sr-only">Greenroom</h1>
      <div className="min-w-0 flex-1 max-sm:pl-1">
        <OrganizationMenu dense />
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
        </p>
      )}
      <div className="flex">
        <Way href="/office" label="Office" icon="office" />
        <Way href="/checkin" label="Check-in at the door" icon="ticket" />
        <ThemeToggle />
        <IconButton label={me ? `Sign out ${me.user.email}` : "Sign out"} icon="leave" onClick={() => void signOut()} />
      </div>
    </header>
  );
}
