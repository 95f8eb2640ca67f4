/** One step of a proposal: tick, summary, warnings, exact changes, and its edit form. */
import { useId } from "react";
import type { ProposalStep, StepInput, StepPreview } from "../api/types";
import { useSetting, useZone } from "../cards/useSetting";
import { Badge } from "../ui/Badge";
import { IconButton } from "../ui/Button";
import { Notice } from "../ui/Notice";
import { operationTitle } from "../words/operations";
import { errorText } from "./changes";
import { ExactChanges } from "./ExactChanges";
import { settingOf, typeNames } from "./fields";
import { StepForm } from "./StepForm";

type StepItemProps = {
  step: ProposalStep;
  preview: StepPreview | undefined;
  editable: boolean;
  optional: boolean;
  busy: boolean;
  editing: boolean;
  onEditing: (open: boolean) => void;
  onToggle: () => void;
  onEdit: (input: StepInput) => Promise<boolean>;
};

const EFFECTS: Partial<Record<ProposalStep["effect"], string>> = { money: "moves money", external: "cannot be unsaid" };

export function StepItem({ step, preview, editable, optional, busy, editing, onEditing, onToggle, onEdit }: StepItemProps) {
  const id = useId();
  const organization = useSetting();
  const zone = useZone(preview?.result);
  const setting = settingOf(step.input, preview?.result, { ...organization, timezone: zone });
  const title = operationTitle(step.operation);
  const effect = EFFECTS[step.effect];
  // The summary is a whole sentence of what would happen; without one the operation's name must do.
  const said = preview && step.enabled && !preview.error && preview.summary;

  const save = async (input: StepInput) => {
    if (await onEdit(input)) onEditing(false);
  };

  return (
    <li className="border-t border-line px-4 py-2.5 first:border-t-0 sm:px-5">
      <div className="flex items-start gap-3">
        {editable && optional ? (
          <span className="-m-2.5 flex size-11 shrink-0 items-center justify-center">
            <input id={id} type="checkbox" checked={step.enabled} disabled={busy} onChange={onToggle} className="size-[18px] accent-(--accent)" />
          </span>
        ) : (
          <span aria-hidden="true" className="tabular mt-0.5 flex size-[22px] shrink-0 items-center justify-center rounded-full bg-sunken text-[12px] font-semibold text-ink-soft">
            {step.index + 1}
          </span>
        )}
        <div className={`min-w-0 flex-1 ${step.enabled ? "" : "opacity-55"}`}>
          <label htmlFor={editable && optional ? id : undefined} className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
            {said ? preview.summary : title}
            {effect && <Badge tone="warn">{effect}</Badge>}
            {!step.enabled && <Badge>left out</Badge>}
          </label>
        </div>
        {editable && step.enabled && (
          <IconButton label={`Edit: ${title}`} icon="pencil" aria-expanded={editing} disabled={busy} onClick={() => onEditing(!editing)} className="-my-2 -mr-2" />
        )}
      </div>
      {step.enabled && (
        <div className="sm:pl-[34px]">
          {preview?.error && (
            <div className="mt-2">
              <Notice tone="bad" title={errorText(preview.error)}>
                {preview.error.remedy && <p>{preview.error.remedy}</p>}
              </Notice>
            </div>
          )}
          {preview?.warnings.map((warning) => (
            <div key={warning} className="mt-2">
              <Notice tone="warn">{warning}</Notice>
            </div>
          ))}
          {editing && editable ? (
            <StepForm operation={step.operation} input={step.input} setting={setting} busy={busy} names={typeNames(preview?.result)} onSave={(input) => void save(input)} onCancel={() => onEditing(false)} />
          ) : (
            preview && <ExactChanges changes={preview.changes} setting={setting} />
          )}
        </div>
      )}
    </li>
  );
}
