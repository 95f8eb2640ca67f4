/** How long the tickets are kept, by the shop's clock, and more time on request. Said aloud at five minutes, one minute and the end. */
import { useEffect, useRef } from "react";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { useNow } from "../ui/useNow";
import type { Hold } from "./types";
import { clock } from "./words";

type HoldTimerProps = { hold: Hold; heldAt: number; busy: boolean; onExtend: () => void; onEnd: () => void };

export function HoldTimer({ hold, heldAt, busy, onExtend, onEnd }: HoldTimerProps) {
  const left = hold.seconds_left - (useNow(1000, true) - heldAt) / 1000;
  const ended = hold.status !== "active" || left <= 0;
  const told = useRef(false);
  useEffect(() => {
    if (ended && !told.current) onEnd();
    told.current = ended;
  }, [ended, onEnd]);

  const short = left < 120;
  const announced = ended ? "The time is up." : left < 60 ? "Less than a minute left." : left < 300 ? "Less than five minutes left." : "";
  if (ended) return null;
  return (
    <div className={`flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-2xl border px-4 py-2.5 ${short ? "border-warn/30 bg-warn-soft text-warn" : "border-line bg-accent-soft"}`}>
      <p className="flex items-center gap-2 text-[14px]">
        <Icon name="ticket" />
        <span>
          Kept for you for{" "}
          <span role="timer" className="tabular font-semibold">
            {clock(left)}
          </span>
        </span>
      </p>
      <span role="status" className="sr-only">
        {announced}
      </span>
      {hold.extensions_left > 0 && left < 600 && (
        <Button busy={busy} onClick={onExtend} className="min-h-10">
          I need more time
        </Button>
      )}
    </div>
  );
}
