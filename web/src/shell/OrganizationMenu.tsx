/** Which organisation this tab works in, as what role, and the way to another one. */
import { useCallback, useState } from "react";
import { useMeQuery } from "../api/greenroom";
import type { Organization } from "../api/types";
import { useSwitching } from "../session/useSwitching";
import { Icon, type IconName } from "../ui/Icon";
import { useDismiss } from "../ui/useDismiss";
import { roleTitle } from "../words/roles";
import { NewOrganization } from "./NewOrganization";

function Entry({ organization, current, onChoose }: { organization: Organization; current: boolean; onChoose: () => void }) {
  return (
    <button type="button" role="menuitemradio" aria-checked={current} onClick={onChoose} className="flex min-h-11 w-full items-center gap-2.5 rounded-lg px-3 py-1.5 text-left text-[14px] hover:bg-sunken">
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{organization.name}</span>
        <span className="block text-[13px] text-ink-soft">
          {roleTitle(organization.role)}
          {organization.suspended_reason !== null && <span className="text-bad"> · suspended</span>}
        </span>
      </span>
      {current && (
        <span className="text-accent">
          <Icon name="check" />
        </span>
      )}
    </button>
  );
}

function Action({ icon, label, onClick }: { icon: IconName; label: string; onClick: () => void }) {
  return (
    <button type="button" role="menuitem" onClick={onClick} className="flex min-h-11 w-full items-center gap-2.5 rounded-lg px-3 text-left text-[14px] text-ink-soft hover:bg-sunken hover:text-ink">
      <Icon name={icon} size={16} />
      {label}
    </button>
  );
}

/** `leaves` adds the way out, for pages without one of their own; `dense` keeps to one line on a phone. */
export function OrganizationMenu({ leaves = false, dense = false }: { leaves?: boolean; dense?: boolean }) {
  const { data: me } = useMeQuery();
  const { switchTo, signOut } = useSwitching();
  const [open, setOpen] = useState(false);
  const [founding, setFounding] = useState(false);
  const close = useCallback(() => setOpen(false), []);
  const box = useDismiss(open, close);
  const here = me?.organization;
  if (!here) return null;
  const choose = (id: string) => {
    close();
    if (id !== here.id) switchTo(id);
  };
  return (
    <div ref={box} className="relative min-w-0" onBlur={(event) => event.relatedTarget && !event.currentTarget.contains(event.relatedTarget) && close()}>
      <button type="button" aria-haspopup="menu" aria-expanded={open} aria-label={`Organisation: ${here.name}, you are ${roleTitle(here.role)}. Change`} onClick={() => setOpen(!open)} className={`-ml-2 flex min-h-11 max-w-full items-center gap-1.5 rounded-xl px-2 text-left leading-tight hover:bg-sunken ${dense ? "max-sm:min-h-8" : ""}`}>
        <span className="min-w-0">
          <span className="block truncate text-[15px] font-semibold">{here.name}</span>
          <span className={`block truncate text-[12px] text-ink-soft ${dense ? "max-sm:hidden" : ""}`}>{roleTitle(here.role)}</span>
        </span>
        <span className="rotate-90 text-ink-faint">
          <Icon name="chevron" size={14} />
        </span>
      </button>
      {open && (
        <div role="menu" aria-label="Organisations" className="absolute top-full left-0 z-30 mt-1 max-h-[70dvh] w-72 max-w-[calc(100vw-24px)] overflow-y-auto rounded-xl border border-line bg-surface p-1 shadow-card">
          {me.organizations.map((organization) => (
            <Entry key={organization.id} organization={organization} current={organization.id === here.id} onChoose={() => choose(organization.id)} />
          ))}
          <div className="mt-1 border-t border-line pt-1">
            <Action
              icon="plus"
              label="New organisation…"
              onClick={() => {
                close();
                setFounding(true);
              }}
            />
            {leaves && <Action icon="leave" label={`Sign out ${me.user.email}`} onClick={() => void signOut()} />}
          </div>
        </div>
      )}
      {founding && <NewOrganization from={here} onClose={() => setFounding(false)} onFounded={switchTo} />}
    </div>
  );
}
