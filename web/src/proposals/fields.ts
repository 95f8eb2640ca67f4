/** Turns a step's input into a form and back. Pure; what the form does not know stays in the input untouched. */
import type { StepInput } from "../api/types";
import { fieldLabel, type FieldSpec } from "../words/fields";
import { fromMajorText, toMajorText } from "../words/money";
import { operationFields } from "../words/operations";
import { fromPercentText, toPercentText } from "../words/percent";
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
  if (typeof value === "number") return { name, label, kind: /amount$/.test(name) ? "money" : /basis_points$/.test(name) ? "percent" : "count" };
  if (typeof value === "boolean") return { name, label, kind: "flag" };
  if (typeof value === "string") return { name, label, kind: "text" };
  return null;
}

// Not for typing: what amounts and times are meant in, and a whole file.
const HIDDEN = new Set(["currency", "timezone", "csv", "csv_base64"]);

// Tickets that were picked one by one are not picked by words as well.
const PICKED: Record<string, string[]> = { tickets: ["attendee", "ticket_type", "quantity"] };

export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The fields of a step's form: the known ones in their order, then any other simple value the input carries.
 * What is named by id is left as it is: nobody types one.
 */
export function formFields(operation: string, input: StepInput): FieldSpec[] {
  const byId = new Set(Object.keys(input).filter((name) => UUID.test(String(input[name]))));
  for (const [name, words] of Object.entries(PICKED)) if (name in input) words.forEach((word) => byId.add(word));
  const known = operationFields(operation).filter((field) => !byId.has(field.name));
  const names = new Set(known.map((field) => field.name));
  const others = Object.entries(input)
    .filter(([name]) => !names.has(name) && !HIDDEN.has(name) && !byId.has(name))
    .map(([name, value]) => guessed(name, value))
    .filter((field) => field !== null);
  return [...known, ...others];
}

export type LineValue = { ticket_type: string; quantity: string };

/** The lines of a nested field as typed, from its form value. */
export function linesIn(value: string): LineValue[] {
  return value ? (JSON.parse(value) as LineValue[]) : [];
}

/** The form value of lines: empty without any, so that an emptied list leaves the input. */
export function linesText(lines: LineValue[]): string {
  return lines.length > 0 ? JSON.stringify(lines) : "";
}

/** Names of the ticket types that a result speaks of, by id: lines may name a type by id, and nobody reads those. */
export function typeNames(result: unknown): ReadonlyMap<string, string> {
  const { items, parts } = (typeof result === "object" && result !== null ? result : {}) as { items?: unknown; parts?: unknown };
  const found = [items, parts].flatMap((list) => (Array.isArray(list) ? (list as { ticket_type_id?: string | null; ticket_type_name?: string }[]) : []));
  return new Map(found.flatMap(({ ticket_type_id, ticket_type_name }) => (ticket_type_id && ticket_type_name ? [[ticket_type_id, ticket_type_name]] : [])));
}

function shownLines(value: unknown): string {
  const lines = (Array.isArray(value) ? value : []) as { ticket_type?: unknown; quantity?: unknown }[];
  return linesText(lines.map(({ ticket_type, quantity }) => ({ ticket_type: String(ticket_type ?? ""), quantity: String(quantity ?? 1) })));
}

function shown(field: FieldSpec, value: unknown, setting: Setting): string {
  if (value === null || value === undefined) return "";
  if (field.kind === "lines") return shownLines(value);
  if (field.kind === "names" && Array.isArray(value)) return value.join(", ");
  if (field.kind === "flag") return value ? "yes" : "no";
  if (field.kind === "percent" && typeof value === "number") return toPercentText(value);
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

function readLines(typed: string): { value: unknown } | { error: string } {
  const lines = linesIn(typed).filter(({ ticket_type, quantity }) => ticket_type.trim() || quantity.trim());
  if (lines.some(({ ticket_type, quantity }) => !ticket_type.trim() || !/^[1-9]\d{0,5}$/.test(quantity.trim()))) return { error: "Give each line a ticket type and a number." };
  return { value: lines.map(({ ticket_type, quantity }) => ({ ticket_type: ticket_type.trim(), quantity: Number(quantity) })) };
}

function readField(field: FieldSpec, typed: string, setting: Setting): { value: unknown } | { error: string } {
  if (field.kind === "lines") return readLines(typed);
  if (field.kind === "names") return { value: typed.split(",").map((name) => name.trim()).filter(Boolean) };
  if (field.kind === "flag") return { value: typed === "yes" };
  if (field.kind === "percent") {
    const points = fromPercentText(typed);
    return points === null ? { error: "Give a percentage from 0 to 100, such as 20 or 7.5." } : { value: points };
  }
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
