/** The office, a page of its own: who belongs here, which programs act and listen, files, settings. Loads no copilot. */
import { useCallback, useEffect, useRef, useState } from "react";
import { useMeQuery } from "../api/greenroom";
import type { Me, Organization } from "../api/types";
import { OrganizationMenu } from "../shell/OrganizationMenu";
import { Suspended } from "../shell/Suspended";
import { ThemeToggle } from "../shell/ThemeToggle";
import { Icon } from "../ui/Icon";
import { ApiKeys } from "./ApiKeys";
import { Files } from "./Files";
import { Invitations } from "./Invitations";
import { Members } from "./Members";
import { offeredSections, SECTIONS, sectionIn, type Section } from "./sections";
import { Settings } from "./Settings";
import { Webhooks } from "./Webhooks";

export type Here = { me: Me; organization: Organization };

const PARTS: Record<Section, (here: Here) => React.ReactNode> = {
  members: (here) => <Members {...here} />,
  invitations: (here) => <Invitations {...here} />,
  keys: (here) => <ApiKeys {...here} />,
  webhooks: (here) => <Webhooks {...here} />,
  files: (here) => <Files {...here} />,
  organization: (here) => <Settings {...here} />,
};

/** Which part is open: in the address, so that a reload and the way back find it. */
function useSection(offered: Section[]) {
  const [path, setPath] = useState(() => window.location.pathname);
  useEffect(() => {
    const onMove = () => setPath(window.location.pathname);
    window.addEventListener("popstate", onMove);
    return () => window.removeEventListener("popstate", onMove);
  }, []);
  const open = useCallback((section: Section) => {
    window.history.pushState(null, "", `/office/${section}`);
    setPath(`/office/${section}`);
  }, []);
  return { section: sectionIn(path, offered), open };
}

function Parts({ offered, section, onOpen }: { offered: Section[]; section: Section; onOpen: (section: Section) => void }) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    void box.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [section]);
  return (
    <nav ref={box} aria-label="Parts of the office" className="shrink-0 border-line max-[899px]:overflow-x-auto max-[899px]:border-b min-[900px]:w-[232px] min-[900px]:border-r">
      <ul className="flex gap-1 p-2 min-[900px]:flex-col min-[900px]:p-3">
        {offered.map((name) => (
          <li key={name}>
            <a
              href={`/office/${name}`}
              aria-current={name === section ? "page" : undefined}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                event.preventDefault();
                onOpen(name);
              }}
              className={`flex min-h-11 items-center gap-2.5 rounded-xl px-3 text-[14px] font-medium whitespace-nowrap ${name === section ? "bg-sunken text-ink" : "text-ink-soft hover:bg-sunken/60"}`}
            >
              <Icon name={SECTIONS[name].icon} size={17} />
              {SECTIONS[name].words}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

export default function OfficePage() {
  const { data: me } = useMeQuery();
  const offered = offeredSections(me?.scopes ?? []);
  const { section, open } = useSection(offered);
  const organization = me?.organization;
  return (
    <div className="flex h-dvh flex-col">
      <header className="flex h-14 shrink-0 items-center gap-1 border-b border-line bg-canvas px-2">
        <a href="/" aria-label="Back to Greenroom" className="inline-flex min-h-11 items-center gap-2 rounded-xl px-3 text-[14px] font-medium text-ink-soft hover:bg-sunken">
          <Icon name="back" />
          <span className="max-sm:sr-only">Greenroom</span>
        </a>
        <div className="min-w-0 flex-1 pl-3">
          <OrganizationMenu />
        </div>
        <ThemeToggle />
      </header>
      <Suspended />
      {me && organization && section && (
        <div className="flex min-h-0 flex-1 max-[899px]:flex-col">
          <Parts offered={offered} section={section} onOpen={open} />
          <main className="min-h-0 flex-1 overflow-y-auto">
            <div className="mx-auto flex w-full max-w-[760px] flex-col gap-5 px-4 py-6">{PARTS[section]({ me, organization })}</div>
          </main>
        </div>
      )}
    </div>
  );
}
