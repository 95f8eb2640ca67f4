/** What a webhook was sent lately and what became of it; sending again, and sending a test. */
import { useState } from "react";
import { useDeliveriesQuery, useRedeliverWebhookMutation, useSendTestWebhookMutation } from "../api/integrations";
import { problemOf, problemText } from "../api/problem";
import type { Webhook, WebhookDelivery } from "../api/types";
import { useAct } from "../api/useAct";
import { Badge, type Tone } from "../ui/Badge";
import { Button } from "../ui/Button";
import { Refusal } from "../ui/Refusal";
import { formatMoment } from "../words/time";

// Attempts are made while one looks.
const POLL_MS = 5_000;
const STATES: Record<WebhookDelivery["status"], [words: string, tone: Tone]> = { waiting: ["waiting", "warn"], delivered: ["delivered", "good"], given_up: ["given up", "bad"] };

function attemptsWords({ attempts, last_status, last_error, next_attempt_at, status }: WebhookDelivery, zone: string): string {
  const answered = last_status !== null ? `answered ${last_status}` : last_error;
  const next = status === "waiting" && attempts > 0 && next_attempt_at ? `next ${formatMoment(next_attempt_at, zone)}` : null;
  const tried = attempts === 0 ? "not sent yet" : attempts === 1 ? "1 attempt" : `${attempts} attempts`;
  return [tried, answered, next].filter(Boolean).join(" · ");
}

function Delivery({ delivery, zone, again }: { delivery: WebhookDelivery; zone: string; again: boolean }) {
  const [redeliver] = useRedeliverWebhookMutation();
  const { act, busy, problem } = useAct(redeliver);
  const [words, tone] = STATES[delivery.status];
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
      <div className="min-w-0 flex-1 basis-44">
        <p className="text-[14px] break-all">{delivery.kind}</p>
        <p className="tabular text-[13px] text-ink-faint">
          {formatMoment(delivery.created_at, zone)} · {attemptsWords(delivery, zone)}
        </p>
      </div>
      <Badge tone={tone}>{words}</Badge>
      {again && delivery.status !== "waiting" && (
        <Button weight="quiet" className="min-h-9! px-3!" busy={busy} onClick={() => void act({ id: delivery.id })}>
          Send again
        </Button>
      )}
      <Refusal problem={problem} />
    </li>
  );
}

function Log({ webhook, zone, writes }: { webhook: Webhook; zone: string; writes: boolean }) {
  const { data, error, isLoading } = useDeliveriesQuery(webhook.id, { pollingInterval: POLL_MS, skipPollingIfUnfocused: true, refetchOnMountOrArgChange: true });
  const [test] = useSendTestWebhookMutation();
  const { act, busy, problem } = useAct(test);
  return (
    <div className="border-t border-line pt-2">
      {writes && webhook.active && (
        <Button className="min-h-9! px-3!" busy={busy} onClick={() => void act({ id: webhook.id })}>
          Send a test
        </Button>
      )}
      <Refusal problem={problem} />
      {error !== undefined && <p className="py-2 text-[14px] text-bad">{problemText(problemOf(error))}</p>}
      {isLoading && <p className="py-2 text-[14px] text-ink-faint">One moment…</p>}
      {data?.items.length === 0 && <p className="py-2 text-[14px] text-ink-soft">Nothing was sent in the last 30 days.</p>}
      <ul aria-label="Messages" className="divide-y divide-line">
        {data?.items.map((delivery) => (
          <Delivery key={delivery.id} delivery={delivery} zone={zone} again={writes && webhook.active} />
        ))}
      </ul>
    </div>
  );
}

export function Deliveries({ webhook, zone, writes }: { webhook: Webhook; zone: string; writes: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)} className="min-h-9 text-[14px] font-medium text-accent">
        {open ? "Hide the messages" : "Show the messages"}
      </button>
      {open && <Log webhook={webhook} zone={zone} writes={writes} />}
    </>
  );
}
