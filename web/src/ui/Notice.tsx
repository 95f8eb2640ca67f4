/** A sentence that must be seen: warnings, conflicts and errors, each with a word that colour only repeats. */
import type { ReactNode } from "react";
import { Icon } from "./Icon";

const TONES = {
  warn: "border-warn/25 bg-warn-soft text-warn",
  bad: "border-bad/25 bg-bad-soft text-bad",
  calm: "border-line bg-sunken text-ink-soft",
};

type NoticeProps = { tone: keyof typeof TONES; title?: string; children?: ReactNode; role?: "alert" | "status" };

export function Notice({ tone, title, children, role }: NoticeProps) {
  return (
    <div role={role} className={`flex gap-2.5 rounded-xl border px-3.5 py-2.5 text-[14px] ${TONES[tone]}`}>
      <span className="mt-0.5">
        <Icon name="warning" size={17} />
      </span>
      <div className="min-w-0 flex-1">
        {title && <p className="font-semibold">{title}</p>}
        {children}
      </div>
    </div>
  );
}
