/** Programs that are told what happens: adding one, switching it off and on, its secret, its messages. */
import { useState } from "react";
import { useDeleteWebhookMutation, useRotateWebhookSecretMutation, useUpdateWebhookMutation, useWebhooksInfiniteQuery, type WebhookWithSecret } from "../api/integrations";
import type { Webhook } from "../api/types";
import { useAct } from "../api/useAct";
import { Badge } from "../ui/Badge";
import { Button } from "../ui/Button";
import { Notice } from "../ui/Notice";
import { Refusal } from "../ui/Refusal";
import { Deliveries } from "./Deliveries";
import { kindsWords } from "./kinds";
import type { Here } from "./OfficePage";
import { Heading, List, ShownOnce, Sure } from "./parts";
import { WebhookForm } from "./WebhookForm";

const WHY: Record<NonNullable<Webhook["disabled_reason"]>, string> = {
  gone: "Its address answered that it is gone (410).",
  failing: "Nothing arrived there for three days.",
};

type Doing = { what: "add" } | { what: "change" | "rotate" | "delete"; webhook: Webhook } | null;

function Delete({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const [remove] = useDeleteWebhookMutation();
  const { act, busy, problem } = useAct(remove);
  const go = async () => {
    if (await act({ id: webhook.id, version: webhook.version })) onClose();
  };
  return (
    <Sure title="Delete this webhook?" yes="Delete it" busy={busy} problem={problem} onYes={() => void go()} onClose={onClose}>
      {webhook.url} is told nothing more, and the list of its messages goes too.
    </Sure>
  );
}

function Rotate({ webhook, onRotated, onClose }: { webhook: Webhook; onRotated: (webhook: WebhookWithSecret) => void; onClose: () => void }) {
  const [rotate] = useRotateWebhookSecretMutation();
  const { act, busy, problem } = useAct(rotate);
  const go = async () => {
    const rotated = await act({ id: webhook.id });
    if (rotated) onRotated(rotated);
  };
  return (
    <Sure title="Make a new secret?" yes="Make a new one" busy={busy} problem={problem} onYes={() => void go()} onClose={onClose}>
      For 24 hours messages are signed with both, then with the new one alone.
    </Sure>
  );
}

function WebhookRow({ webhook, here, onDo }: { webhook: Webhook; here: Here; onDo: (doing: Doing) => void }) {
  const [update] = useUpdateWebhookMutation();
  const { act, busy, problem } = useAct(update);
  const writes = here.me.scopes.includes("integrations:write");
  return (
    <div className="px-4 py-3">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-56">
          <p className="font-medium break-all">{webhook.description || webhook.url}</p>
          {webhook.description && <p className="text-[13px] break-all text-ink-soft">{webhook.url}</p>}
          <p className="text-[13px] text-ink-soft">{kindsWords(webhook.kinds)}</p>
        </div>
        <Badge tone={webhook.active ? "good" : "warn"}>{webhook.active ? "on" : "off"}</Badge>
      </div>
      {webhook.disabled_reason && (
        <div className="mt-2">
          <Notice tone="bad" title="It was switched off by itself">
            {WHY[webhook.disabled_reason]} Mend the receiver, then switch it on again.
          </Notice>
        </div>
      )}
      {writes && (
        <div className="mt-2 -ml-3 flex flex-wrap gap-1">
          <Button weight="quiet" className="min-h-9! px-3!" busy={busy} onClick={() => void act({ id: webhook.id, version: webhook.version, active: !webhook.active })}>
            {webhook.active ? "Switch off" : "Switch on"}
          </Button>
          <Button weight="quiet" className="min-h-9! px-3!" onClick={() => onDo({ what: "change", webhook })}>
            Change…
          </Button>
          <Button weight="quiet" className="min-h-9! px-3!" onClick={() => onDo({ what: "rotate", webhook })}>
            New secret…
          </Button>
          <Button weight="danger" className="min-h-9! px-3!" onClick={() => onDo({ what: "delete", webhook })}>
            Delete…
          </Button>
        </div>
      )}
      <Refusal problem={problem} />
      <Deliveries webhook={webhook} zone={here.organization.timezone} writes={writes} />
    </div>
  );
}

export function Webhooks(here: Here) {
  const webhooks = useWebhooksInfiniteQuery(undefined, { refetchOnMountOrArgChange: true });
  const [doing, setDoing] = useState<Doing>(null);
  const [made, setMade] = useState<WebhookWithSecret | null>(null);
  const close = () => setDoing(null);
  const show = (webhook: WebhookWithSecret) => {
    close();
    setMade(webhook);
  };
  return (
    <>
      <Heading title="Webhooks" lead="Other programs that are told at once when something happens here, by a signed message with ids and nothing personal.">
        {here.me.scopes.includes("integrations:write") && (
          <Button weight="primary" icon="plus" onClick={() => setDoing({ what: "add" })}>
            New webhook
          </Button>
        )}
      </Heading>
      <List label="Webhooks" empty="No other program is told what happens." query={webhooks} of={(webhook) => <WebhookRow webhook={webhook} here={here} onDo={setDoing} />} />
      {doing?.what === "add" && <WebhookForm onClose={close} onMade={show} />}
      {doing?.what === "change" && <WebhookForm webhook={doing.webhook} onClose={close} />}
      {doing?.what === "rotate" && <Rotate webhook={doing.webhook} onRotated={show} onClose={close} />}
      {doing?.what === "delete" && <Delete webhook={doing.webhook} onClose={close} />}
      {made?.secret && (
        <ShownOnce title="The webhook’s secret" secret={made.secret} onClose={() => setMade(null)}>
          The receiver checks with it that a message is from us.
        </ShownOnce>
      )}
    </>
  );
}
