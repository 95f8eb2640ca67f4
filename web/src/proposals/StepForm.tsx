/** The small form in which one step of a proposal is edited. Saving makes a new preview; nothing is applied. */
import { useEffect, useId, useRef, useState, type FormEvent } from "react";
import type { StepInput } from "../api/types";
import { Button } from "../ui/Button";
import type { FieldSpec } from "../words/operations";
import { formFields, formValues, readForm, type Setting } from "./fields";

type StepFormProps = {
  operation: string;
  input: StepInput;
  setting: Setting;
  busy: boolean;
  onSave: (input: StepInput) => void;
  onCancel: () => void;
};

type FieldProps = { field: FieldSpec; value: string; error: string | undefined; setting: Setting; onChange: (value: string) => void };

function labelOf(field: FieldSpec, setting: Setting): string {
  if (field.kind === "money") return `${field.label} (${setting.currency})`;
  if (field.kind === "instant") return `${field.label} (${setting.timezone})`;
  return field.label;
}

function Field({ field, value, error, setting, onChange }: FieldProps) {
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
  const wide = field.kind === "long" || field.kind === "instant";
  return (
    <div className={wide ? "col-span-full" : "col-span-full min-[480px]:col-span-1"}>
      <label htmlFor={id} className="mb-1 block text-[13px] font-medium text-ink-soft">
        {labelOf(field, setting)}
      </label>
      {field.kind === "long" && <textarea {...common} rows={2} />}
      {field.kind === "choice" && (
        <select {...common}>
          <option value="">Not given</option>
          {field.choices?.map((choice) => <option key={choice}>{choice}</option>)}
        </select>
      )}
      {field.kind === "instant" && <input {...common} type="datetime-local" />}
      {field.kind === "money" && <input {...common} inputMode="decimal" autoComplete="off" />}
      {field.kind === "count" && <input {...common} inputMode="numeric" autoComplete="off" />}
      {field.kind === "text" && <input {...common} autoComplete="off" />}
      {error && (
        <p id={`${id}-error`} className="mt-1 text-[13px] text-bad">
          {error}
        </p>
      )}
    </div>
  );
}

export function StepForm({ operation, input, setting, busy, onSave, onCancel }: StepFormProps) {
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

  return (
    <form ref={form} onSubmit={submit} onKeyDown={(event) => event.key === "Escape" && onCancel()} className="appear mt-3 scroll-mb-32 rounded-xl bg-sunken p-3.5" noValidate>
      <div className="grid grid-cols-2 gap-3">
        {formFields(operation, input).map((field) => (
          <Field
            key={field.name}
            field={field}
            value={values[field.name] ?? ""}
            error={errors[field.name]}
            setting={setting}
            onChange={(value) => setValues((all) => ({ ...all, [field.name]: value }))}
          />
        ))}
      </div>
      <div className="mt-3.5 flex gap-2">
        <Button weight="primary" type="submit" busy={busy}>
          Save step
        </Button>
        <Button weight="quiet" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
