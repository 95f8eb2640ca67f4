/** What the organisation is called and how it works, for its owners; and the way out of it, for everybody. */
import { useState } from "react";
import { useUpdateOrganizationMutation } from "../api/belonging";
import { useAct } from "../api/useAct";
import { OrganizationForm } from "../shell/OrganizationForm";
import { Button } from "../ui/Button";
import { Tick } from "../ui/Labelled";
import { Leave } from "./Leave";
import type { Here } from "./OfficePage";
import { Heading } from "./parts";

export function Settings({ me, organization }: Here) {
  const [update] = useUpdateOrganizationMutation();
  const { act, busy, problem } = useAct(update);
  const [autoApply, setAutoApply] = useState(organization.auto_apply);
  const [saved, setSaved] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const changes = me.scopes.includes("organization:write");
  return (
    <>
      <Heading title="Organisation" lead={changes ? "What it is called, and how it works." : "Its owners change this."} />
      <div className="rounded-2xl border border-line bg-surface p-4 sm:p-5">
        <OrganizationForm
          from={{ name: organization.name, timezone: organization.timezone, currency: organization.currency }}
          busy={busy}
          problem={problem}
          readOnly={!changes}
          saveWords="Save"
          about={changes ? "Of new prices; those that stand stay as they are." : undefined}
          onSave={async (values) => {
            setSaved(false);
            setSaved(Boolean(await act({ ...values, auto_apply: autoApply, version: organization.version })));
          }}
        >
          <Tick
            label="The copilot applies steps that can be undone without asking"
            hint="What moves money, publishes or reaches people always asks."
            checked={autoApply}
            disabled={!changes}
            onChecked={setAutoApply}
          />
        </OrganizationForm>
        <p role="status" className="mt-2 text-[14px] text-accent">
          {saved && !busy && !problem && "Saved."}
        </p>
      </div>
      <div className="flex flex-wrap items-center justify-between gap-3 rounded-2xl border border-line bg-surface px-4 py-3 sm:px-5">
        <p className="text-[14px] text-ink-soft">You are signed in as {me.user.email}.</p>
        <Button weight="danger" className="-mx-4" onClick={() => setLeaving(true)}>
          Leave the organisation…
        </Button>
      </div>
      {leaving && <Leave organization={organization} onClose={() => setLeaving(false)} />}
    </>
  );
}
