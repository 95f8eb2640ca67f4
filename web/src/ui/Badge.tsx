/** A small word for a state. Colour only repeats what the word says. */
import type { ReactNode } from "react";

export type Tone = "neutral" | "good" | "warn" | "bad";

const TONES: Record<Tone, string> = {
  neutral: "bg-sunken text-ink-soft",
  good: "bg-accent-soft text-accent-strong",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
};

const STATE_TONES: Record<string, Tone> = {
  published: "good",
  confirmed: "good",
  paid: "good",
  applied: "good",
  agreed: "good",
  available: "good",
  cancelled: "bad",
  rejected: "bad",
  failed: "bad",
  declined: "bad",
  sold_out: "bad",
  refused: "bad",
  valid: "good",
  checked_in: "good",
  done: "good",
  sent: "good",
  accepted: "good",
  open: "good",
  proposed: "warn",
  stale: "warn",
  pending: "warn",
  unknown: "warn",
  "needs approval": "warn",
  expired: "warn",
};

export function Badge({ tone = "neutral", children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`inline-flex items-center rounded-full px-2.5 py-0.5 text-[12px] font-medium whitespace-nowrap ${TONES[tone]}`}>{children}</span>;
}

/** The badge of a status word from the wire. */
export function StatusBadge({ status }: { status: string }) {
  return <Badge tone={STATE_TONES[status] ?? "neutral"}>{status.replace(/_/g, " ")}</Badge>;
}
