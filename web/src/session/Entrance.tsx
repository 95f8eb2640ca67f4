/** The frame of every page before one is signed in: the name, what is asked, and the showcase beside it where there is room. */
import type { ReactNode } from "react";
import { ThemeToggle } from "../shell/ThemeToggle";
import { Mark } from "../ui/Icon";
import { Showcase } from "./Showcase";

type EntranceProps = { title: string; lead?: ReactNode; children: ReactNode };

export function Entrance({ title, lead, children }: EntranceProps) {
  return (
    <div className="flex min-h-full">
      <main className="relative flex flex-1 flex-col items-center justify-center px-5 py-12">
        <div className="absolute top-3 left-3">
          <ThemeToggle />
        </div>
        <div className="w-full max-w-[400px]">
          <div className="flex items-center gap-3">
            <Mark size={36} />
            <span className="text-[19px] font-semibold tracking-tight">Greenroom</span>
          </div>
          <h1 className="mt-8 text-[28px] leading-tight font-semibold">{title}</h1>
          {lead && <p className="mt-2 text-ink-soft">{lead}</p>}
          {children}
        </div>
      </main>
      <Showcase />
    </div>
  );
}
