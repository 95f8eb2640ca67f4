/** The small form in which one step of a proposal is edited. Saving makes a new preview; nothing is applied. */
import { useEffect, useId, useRef, useState, type FormEvent } from "react";
import type { StepInput } from "../api/types";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { humanize, type FieldSpec } from "../words/fields";
import { formFields, formValues, readForm, type Setting } from "./fields";
import { LinesField } from "./LinesField";

type StepFormProps = {
  operation: string;
  input: StepInput;
  setting: Setting;
  busy: boolean;
  /** Ticket types by id, as far as anything told them. */
  names?: ReadonlyMap<string, string>;
  /** What the button that ends the form says. */
  saveWords?: string;
  onSave: (input: StepInput) => void;
  onCancel: () => void;
};

type FieldProps = { field: FieldSpec; value: string; error: string | undefined; setting: Setting; names: ReadonlyMap<string, string>; onChange: (value: string) => void };

function labelOf(field: FieldSpec, setting: Setting): string {
  if (field.kind === "money") return `${field.label} (${setting.currency})`;
  if (field.kind === "instant") return `${field.label} (${setting.timezone})`;
  if (field.kind === "names") return `${field.label}, with commas between`;
  return field.label;
}

function Field({ field, value, error, setting, names, onChange }: FieldProps) {
  const id = useId();
  const common = {
    id,
    name: field.name,
    value,
    className: "field font-normal",
    "aria-invalid": error ? true : undefined,
    "aria-describedby": error ? `${id}-error` : undefined,
    onChange: (change: { target: { value: string } }) => onChange(change.target.value),
  };
  if (field.kind === "lines") return <LinesField field={field} value={value} error={error} names={names} onChange={onChange} />;
  const wide = field.kind === "long" || field.kind === "instant" || field.kind === "names";
  return (
    <div className={wide ? "col-span-full" : "col-span-full min-[480px]:col-span-1"}>
      <label htmlFor={id} className="mb-1 block text-[13px] font-medium text-ink-soft">
        {labelOf(field, setting)}
      </label>
      {field.kind === "long" && <textarea {...common} rows={2} />}
      {field.kind === "choice" && (
        <select {...common}>
          <option value="">Not given</option>
          {field.choices?.map((choice) => (
            <option key={choice} value={choice}>
              {humanize(choice)}
            </option>
          ))}
        </select>
      )}
      {field.kind === "flag" && (
        <select {...common}>
          <option value="">Not said</option>
          <option value="yes">Yes</option>
          <option value="no">No</option>
        </select>
      )}
      {field.kind === "day" && <input {...common} type="date" />}
      {field.kind === "instant" && <input {...common} type="datetime-local" />}
      {(field.kind === "money" || field.kind === "percent") && <input {...common} inputMode="decimal" autoComplete="off" />}
      {field.kind === "count" && <input {...common} inputMode="numeric" autoComplete="off" />}
      {(field.kind === "text" || field.kind === "names") && <input {...common} autoComplete="off" />}
      {error && (
        <p id={`${id}-error`} className="mt-1 text-[13px] text-bad">
          {error}
        </p>
      )}
    </div>
  );
}

const NAMELESS: ReadonlyMap<string, string> = new Map();

export function StepForm({ operation, input, setting, busy, names = NAMELESS, saveWords = "Save step", onSave, onCancel }: StepFormProps) {
  const [values, setValues] = useState(() => formValues(operation, input, setting));
  const [errors, setErrors] = useState<Record<string, string>>({});

  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    form.current?.scrollIntoView({ block: "nearest" });
    form.current?.querySelector<HTMLElement>("input, textarea, select")?.focus({ preventScroll: true });
  }, []);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const reading = readForm(operation, input, values, setting);
    if ("errors" in reading) setErrors(reading.errors);
    else onSave(reading.input);
  };

  const fields = formFields(operation, input);
  const folded = fields.filter((field) => field.extra && !formValues(operation, input, setting)[field.name]);
  const draw = (field: FieldSpec) => (
    <Field key={field.name} field={field} value={values[field.name] ?? ""} error={errors[field.name]} setting={setting} names={names} onChange={(value) => setValues((all) => ({ ...all, [field.name]: value }))} />
  );

  return (
    <form ref={form} onSubmit={submit} onKeyDown={(event) => event.key === "Escape" && onCancel()} className="appear mt-3 scroll-mb-32 rounded-xl bg-sunken p-3.5" noValidate>
      <div className="grid grid-cols-2 gap-3">{fields.filter((field) => !folded.includes(field)).map(draw)}</div>
      {folded.length > 0 && (
        <details className="group mt-2" open={folded.some((field) => errors[field.name]) || undefined}>
          <summary className="inline-flex min-h-11 items-center gap-1 text-[14px] text-ink-soft hover:text-ink">
            <span className="transition-transform group-open:rotate-90">
              <Icon name="chevron" size={14} />
            </span>
            More fields
          </summary>
          <div className="mt-1 grid grid-cols-2 gap-3">{folded.map(draw)}</div>
        </details>
      )}
      <div className="mt-3.5 flex gap-2">
        <Button weight="primary" type="submit" busy={busy}>
          {saveWords}
        </Button>
        <Button weight="quiet" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
