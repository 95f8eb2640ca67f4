/** A labelled line to fill in. */
import { useId, type ComponentProps } from "react";

type FieldProps = Omit<ComponentProps<"input">, "onChange" | "value"> & { label: string; hint?: string; value: string; onChange: (value: string) => void };

export function Field({ label, hint, value, onChange, ...rest }: FieldProps) {
  const ids = { field: useId(), hint: useId() };
  return (
    <div className="flex flex-col gap-1.5 text-[14px]">
      <label htmlFor={ids.field} className="font-medium">
        {label}
      </label>
      <input {...rest} id={ids.field} value={value} onChange={(change) => onChange(change.target.value)} aria-describedby={hint ? ids.hint : undefined} className="field text-[16px]" />
      {hint && (
        <span id={ids.hint} className="text-[13px] text-ink-faint">
          {hint}
        </span>
      )}
    </div>
  );
}
