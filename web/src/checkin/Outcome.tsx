/** What came of the last scan, large enough for an arm's length. Colour only repeats what the words say. */
import { Icon, type IconName } from "../ui/Icon";
import type { Shown } from "./types";

const TONES: Record<Shown["tone"], { look: string; icon: IconName; word: string }> = {
  accepted: { look: "bg-accent text-accent-ink", icon: "check", word: "OK" },
  refused: { look: "bg-bad text-canvas", icon: "cross", word: "Stop" },
  undecided: { look: "bg-warn text-canvas", icon: "warning", word: "Note" },
};

const AGAIN = "mt-4 inline-flex min-h-11 items-center gap-2 self-start rounded-xl border border-current px-4 text-[14px] font-medium";

/** `onForce` only for who may let people in whatever stands against it. */
type OutcomeProps = { last: Shown | null; busy: boolean; onUndo: (id: string) => void; onForce: ((ticket: string) => void) | null };

export function Outcome({ last, busy, onUndo, onForce }: OutcomeProps) {
  const frame = "flex min-h-[232px] flex-col justify-center rounded-3xl p-6";
  if (!last) return <div className={`${frame} border border-dashed border-line-strong text-ink-faint`}>{busy ? "Checking…" : "Scan a ticket, or type its code below."}</div>;
  const { look, icon, word } = TONES[last.tone];
  return (
    <div role={last.tone === "refused" ? "alert" : "status"} aria-busy={busy} data-outcome={last.tone} className={`${frame} ${look} ${busy ? "opacity-60" : ""}`}>
      <p className="flex items-center gap-2 text-[15px] font-semibold">
        <Icon name={icon} size={26} />
        {word}
        {last.offline && <span className="ml-auto rounded-full border border-current px-2.5 py-0.5 text-[12px] font-medium">without connection</span>}
      </p>
      <p className="mt-3 text-[30px] leading-tight font-semibold text-balance">{last.headline}</p>
      {last.name && <p className="mt-2 text-[19px] leading-snug font-medium">{last.name}</p>}
      {last.detail && <p className="mt-1 text-[15px]">{last.detail}</p>}
      {last.undo && (
        <button type="button" onClick={() => last.undo && onUndo(last.undo)} className={AGAIN}>
          <Icon name="undo" />
          Undo
        </button>
      )}
      {last.force && onForce && (
        <button type="button" disabled={busy} onClick={() => last.force && onForce(last.force)} className={AGAIN}>
          Let through anyway
        </button>
      )}
    </div>
  );
}
