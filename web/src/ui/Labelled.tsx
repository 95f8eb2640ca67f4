/** A label with what is typed or chosen below it, and a hint that belongs to it. */
import { useId, type ComponentProps, type ReactNode } from "react";

type LabelledProps = { label: string; hint?: ReactNode; children: (ids: { id: string; "aria-describedby": string | undefined }) => ReactNode };

export function Labelled({ label, hint, children }: LabelledProps) {
  const [field, about] = [useId(), useId()];
  return (
    <div className="flex flex-col gap-1.5 text-[14px]">
      <label htmlFor={field} className="font-medium">
        {label}
      </label>
      {children({ id: field, "aria-describedby": hint ? about : undefined })}
      {hint && (
        <span id={about} className="text-[13px] text-ink-faint">
          {hint}
        </span>
      )}
    </div>
  );
}

type LineProps = Omit<ComponentProps<"input">, "onChange" | "value"> & { label: string; hint?: ReactNode; value: string; onValue: (value: string) => void };

/** One line to fill in. */
export function Line({ label, hint, value, onValue, className = "", ...rest }: LineProps) {
  return (
    <Labelled label={label} hint={hint}>
      {(ids) => <input {...rest} {...ids} value={value} onChange={(change) => onValue(change.target.value)} className={`field ${className}`} />}
    </Labelled>
  );
}

type PickProps<Name extends string> = { label: string; hint?: ReactNode; value: Name; all: readonly (readonly [name: Name, words: string])[]; onValue: (value: Name) => void; disabled?: boolean };

/** One of a few. */
export function Pick<Name extends string>({ label, hint, value, all, onValue, disabled }: PickProps<Name>) {
  return (
    <Labelled label={label} hint={hint}>
      {(ids) => (
        <select {...ids} disabled={disabled} value={value} onChange={(change) => onValue(change.target.value as Name)} className="field">
          {all.map(([name, words]) => (
            <option key={name} value={name}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

type TickProps = { label: ReactNode; hint?: ReactNode; checked: boolean; onChecked: (checked: boolean) => void; disabled?: boolean };

/** Yes or no. */
export function Tick({ label, hint, checked, onChecked, disabled }: TickProps) {
  return (
    <label className="flex min-h-9 items-start gap-2.5 text-[14px] max-sm:min-h-11">
      <input type="checkbox" checked={checked} disabled={disabled} onChange={(change) => onChecked(change.target.checked)} className="mt-0.5 size-[18px] shrink-0 accent-accent" />
      <span className="min-w-0">
        {label}
        {hint && <span className="block text-[13px] text-ink-faint">{hint}</span>}
      </span>
    </label>
  );
}
