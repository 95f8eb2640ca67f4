/** What every organisation has: a name, the zone its times are told in, the currency of its prices. */
import { useState, type FormEvent, type ReactNode } from "react";
import type { NewOrganization } from "../api/belonging";
import type { Problem } from "../api/types";
import { Button } from "../ui/Button";
import { Labelled, Line } from "../ui/Labelled";
import { Refusal } from "../ui/Refusal";

const ZONES = Intl.supportedValuesOf("timeZone");
const CURRENCIES = Intl.supportedValuesOf("currency");

type OrganizationFormProps = { from: NewOrganization; busy: boolean; problem: Problem | null; saveWords: string; onSave: (values: NewOrganization) => void; readOnly?: boolean; about?: string; children?: ReactNode };

export function OrganizationForm({ from, busy, problem, saveWords, onSave, readOnly = false, about, children }: OrganizationFormProps) {
  const [values, setValues] = useState(from);
  const set = (name: keyof NewOrganization) => (value: string) => setValues({ ...values, [name]: value });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave({ ...values, name: values.name.trim() });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Line label="Name" required maxLength={200} readOnly={readOnly} value={values.name} onValue={set("name")} autoComplete="organization" />
      <div className="grid gap-4 sm:grid-cols-2">
        <Labelled label="Time zone">
          {(ids) => (
            <select {...ids} disabled={readOnly} value={values.timezone} onChange={(change) => set("timezone")(change.target.value)} className="field">
              {[...new Set([values.timezone, ...ZONES])].map((zone) => (
                <option key={zone} value={zone}>
                  {zone.replaceAll("_", " ")}
                </option>
              ))}
            </select>
          )}
        </Labelled>
        <Labelled label="Currency" hint={about}>
          {(ids) => (
            <select {...ids} disabled={readOnly} value={values.currency} onChange={(change) => set("currency")(change.target.value)} className="field">
              {[...new Set([values.currency, ...CURRENCIES])].map((currency) => (
                <option key={currency}>{currency}</option>
              ))}
            </select>
          )}
        </Labelled>
      </div>
      {children}
      <Refusal problem={problem} />
      {!readOnly && (
        <div>
          <Button weight="primary" type="submit" busy={busy}>
            {saveWords}
          </Button>
        </div>
      )}
    </form>
  );
}
