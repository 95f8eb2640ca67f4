/** Where news goes, and which. The same form adds a webhook and changes one. */
import { useState, type FormEvent } from "react";
import { useCreateWebhookMutation, useUpdateWebhookMutation, type WebhookWithSecret } from "../api/integrations";
import type { Webhook } from "../api/types";
import { useAct } from "../api/useAct";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { Line, Tick } from "../ui/Labelled";
import { Refusal } from "../ui/Refusal";
import { groupedKinds, happening } from "./kinds";

function KindsField({ kinds, onKinds }: { kinds: string[]; onKinds: (kinds: string[]) => void }) {
  const set = (changed: string[], on: boolean) => onKinds(on ? [...new Set([...kinds, ...changed])] : kinds.filter((kind) => !changed.includes(kind)));
  return (
    <fieldset className="-mt-3 flex max-h-72 flex-col gap-1 overflow-y-auto rounded-xl border border-line px-3.5 py-2">
      <legend className="px-1 text-[13px] font-medium">It is told of</legend>
      {groupedKinds().map(([noun, all]) => (
        <details key={noun} className="group">
          <summary className="flex min-h-9 items-center gap-2 text-[14px]">
            <input type="checkbox" aria-label={`Everything of ${noun}`} checked={all.every((kind) => kinds.includes(kind))} onChange={(change) => set(all, change.target.checked)} onClick={(event) => event.stopPropagation()} className="size-[18px] accent-accent" />
            <span className="flex-1">{noun}</span>
            <span className="text-[13px] text-ink-faint">
              {all.filter((kind) => kinds.includes(kind)).length} of {all.length}
            </span>
          </summary>
          <div className="ml-7 grid gap-x-4 sm:grid-cols-2">
            {all.map((kind) => (
              <Tick key={kind} label={happening(kind)} checked={kinds.includes(kind)} onChecked={(on) => set([kind], on)} />
            ))}
          </div>
        </details>
      ))}
    </fieldset>
  );
}

type WebhookFormProps = { webhook?: Webhook; onClose: () => void; onMade?: (webhook: WebhookWithSecret) => void };

export function WebhookForm({ webhook, onClose, onMade }: WebhookFormProps) {
  const [create] = useCreateWebhookMutation();
  const [update] = useUpdateWebhookMutation();
  const [url, setUrl] = useState(webhook?.url ?? "");
  const [description, setDescription] = useState(webhook?.description ?? "");
  const [some, setSome] = useState((webhook?.kinds.length ?? 0) > 0);
  const [kinds, setKinds] = useState(webhook?.kinds ?? []);
  const adding = useAct(create);
  const changing = useAct(update);
  const { busy, problem } = webhook ? changing : adding;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wish = { url: url.trim(), description: description.trim() || null, kinds: some ? kinds : [] };
    if (webhook) {
      if (await changing.act({ ...wish, id: webhook.id, version: webhook.version })) onClose();
      return;
    }
    const made = await adding.act(wish);
    if (made) onMade?.(made);
  };
  return (
    <Dialog title={webhook ? "Change the webhook" : "New webhook"} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Line label="Address" hint="It begins with https:// and can be reached from outside." type="url" required placeholder="https://example.com/greenroom" value={url} onValue={setUrl} />
        <Line label="What is it for?" maxLength={200} placeholder="The CRM" value={description} onValue={setDescription} />
        <Tick label="Only some kinds of news" checked={some} onChecked={setSome} />
        {some && <KindsField kinds={kinds} onKinds={setKinds} />}
        <Refusal problem={problem} />
        <Button weight="primary" type="submit" busy={busy} disabled={some && kinds.length === 0}>
          {webhook ? "Save" : "Add the webhook"}
        </Button>
      </form>
    </Dialog>
  );
}
