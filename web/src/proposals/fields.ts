/** Turns a step's input into a form and back. Pure; what the form does not know stays in the input untouched. */
import type { StepInput } from "../api/types";
import { operationFields, fieldLabel, type FieldSpec } from "../words/operations";
import { fromMajorText, toMajorText } from "../words/money";
import { instantOf, isInstant, wallOf } from "../words/time";

export type Setting = { currency: string; timezone: string };
export type FormValues = Record<string, string>;
export type FormReading = { input: StepInput } | { errors: Record<string, string> };

/** What money and times of this step are meant in: the input, else what the preview found, else the organisation. */
export function settingOf(input: StepInput, result: unknown, organization: Setting): Setting {
  const found = (typeof result === "object" && result !== null ? result : {}) as Record<string, unknown>;
  const pick = (name: keyof Setting) => {
    for (const source of [input, found]) if (typeof source[name] === "string" && source[name]) return String(source[name]);
    return organization[name];
  };
  return { currency: pick("currency"), timezone: pick("timezone") };
}

function guessed(name: string, value: unknown): FieldSpec | null {
  const label = fieldLabel(name);
  if (isInstant(value)) return { name, label, kind: "instant" };
  if (typeof value === "number") return { name, label, kind: /amount$/.test(name) ? "money" : "count" };
  if (typeof value === "string") return { name, label, kind: "text" };
  return null;
}

const HIDDEN = new Set(["currency", "timezone"]);

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The fields of a step's form: the known ones in their order, then any other simple value the input carries.
 * What is named by id is left as it is: nobody types one.
 */
export function formFields(operation: string, input: StepInput): FieldSpec[] {
  const byId = new Set(Object.keys(input).filter((name) => UUID.test(String(input[name]))));
  const known = operationFields(operation).filter((field) => !byId.has(field.name));
  const names = new Set(known.map((field) => field.name));
  const others = Object.entries(input)
    .filter(([name]) => !names.has(name) && !HIDDEN.has(name) && !byId.has(name))
    .map(([name, value]) => guessed(name, value))
    .filter((field) => field !== null);
  return [...known, ...others];
}

function shown(field: FieldSpec, value: unknown, setting: Setting): string {
  if (value === null || value === undefined) return "";
  if (field.kind === "money" && typeof value === "number") return toMajorText(value, setting.currency);
  if (field.kind === "instant") return wallOf(String(value), setting.timezone) ?? "";
  if (typeof value === "object") return referenceName(value);
  return String(value);
}

function referenceName(value: object): string {
  const { name, number, id } = value as { name?: unknown; number?: unknown; id?: unknown };
  return String(name ?? number ?? id ?? "");
}

export function formValues(operation: string, input: StepInput, setting: Setting): FormValues {
  return Object.fromEntries(formFields(operation, input).map((field) => [field.name, shown(field, input[field.name], setting)]));
}

function readField(field: FieldSpec, typed: string, setting: Setting): { value: unknown } | { error: string } {
  if (field.kind === "money") {
    const amount = fromMajorText(typed, setting.currency);
    return amount === null ? { error: `Give an amount in ${setting.currency}, such as 25 or 25.50.` } : { value: amount };
  }
  if (field.kind === "count") return /^\d{1,9}$/.test(typed) ? { value: Number(typed) } : { error: "Give a whole number." };
  if (field.kind === "instant") {
    const instant = instantOf(typed, setting.timezone);
    return instant === null ? { error: "Give a date and a time." } : { value: instant };
  }
  return { value: typed };
}

/** The edited input; only what changed is touched, an emptied field leaves the input. */
export function readForm(operation: string, before: StepInput, values: FormValues, setting: Setting): FormReading {
  const initial = formValues(operation, before, setting);
  const input: StepInput = { ...before };
  const errors: Record<string, string> = {};
  for (const field of formFields(operation, before)) {
    const typed = (values[field.name] ?? "").trim();
    if (typed === initial[field.name]) continue;
    if (typed === "") {
      delete input[field.name];
      continue;
    }
    const reading = readField(field, typed, setting);
    if ("error" in reading) errors[field.name] = reading.error;
    else input[field.name] = reading.value;
  }
  return Object.keys(errors).length > 0 ? { errors } : { input };
}
