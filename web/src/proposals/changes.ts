/** Makes the rows of a preview readable, and finds what differs between two previews. Pure. */
import type { Change, Preview, Proposal, StepError } from "../api/types";
import { formatMoney } from "../words/money";
import { fieldLabel, humanize } from "../words/fields";
import { formatPercent } from "../words/percent";
import { formatMoment, isInstant } from "../words/time";
import { UUID, type Setting } from "./fields";

export type Row = { label: string; before: string; after: string };

const NOISE = new Set(["id", "org_id", "organization_id", "version", "created_at", "updated_at", "created_by", "proposal_id"]);
const NOTHING = "–";

/** One value as a person reads it: money by its column name, times in the zone, nothing as a dash. */
export function valueText(name: string, value: unknown, setting: Setting): string {
  if (value === null || value === undefined || value === "") return NOTHING;
  if (typeof value === "number") {
    if (/(^|_)amount$/.test(name)) return formatMoney(value, setting.currency);
    return /(^|_)basis_points$/.test(name) ? formatPercent(value) : value.toLocaleString();
  }
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (isInstant(value)) return formatMoment(value, setting.timezone);
  if (Array.isArray(value)) return value.map((item) => valueText(name, item, setting)).join(", ");
  if (typeof value === "object") return JSON.stringify(value);
  // Words of the wire such as "let_choose"; anything else a person wrote and stays as it is.
  return typeof value === "string" && /^[a-z]+(_[a-z]+)+$/.test(value) ? value.replace(/_/g, " ") : String(value);
}

function currencyIn(change: Change, fallback: string): string {
  const field = change.fields.find((candidate) => candidate.name === "currency");
  const value = field?.after ?? field?.before;
  return typeof value === "string" ? value : fallback;
}

/** The rows worth showing of one change; bookkeeping columns and id columns that only repeat a link are left out. */
export function changeRows(change: Change, setting: Setting): Row[] {
  const own = { ...setting, currency: currencyIn(change, setting.currency) };
  return change.fields
    .filter(({ name, before, after }) => !NOISE.has(name) && !/_id$/.test(name) && !UUID.test(String(after ?? before)) && valueText(name, before, own) !== valueText(name, after, own))
    .map(({ name, before, after }) => ({
      label: fieldLabel(name),
      before: valueText(name, before, own),
      after: valueText(name, after, own),
    }));
}

/** What a changed row is called: the server's label ("event Jazz night"), else its table. */
export function changeTitle(change: Change): string {
  const label = change.label || change.table;
  return humanize(label);
}

/** A failure or step error as one sentence. */
export function errorText(error: StepError | null): string {
  if (error === null) return "";
  return error.message ?? error.detail ?? humanize(error.code);
}

/** How many rows all steps together would change. */
export function changeCount(preview: Preview): string {
  const all = preview.steps.reduce((sum, step) => sum + step.changes.length, 0);
  return `${all} ${all === 1 ? "row" : "rows"} would change`;
}

/** What a fresh preview shows that the older one did not; empty when a person would see no difference. */
export function drift(before: Proposal, after: Proposal): Row[] {
  const rows: Row[] = [];
  const compare = (label: string, old: string, fresh: string) => {
    if (old !== fresh) rows.push({ label, before: old || NOTHING, after: fresh || NOTHING });
  };
  for (const step of after.preview.steps) {
    const old = before.preview.steps.find((candidate) => candidate.index === step.index);
    compare(`Step ${step.index + 1}`, old?.error ? errorText(old.error) : (old?.summary ?? ""), step.error ? errorText(step.error) : step.summary);
  }
  const labels = new Set([...before.preview.totals, ...after.preview.totals].map((total) => `${total.label}|${total.currency}`));
  for (const key of labels) {
    const [label = "", currency = ""] = key.split("|");
    const find = (proposal: Proposal) => proposal.preview.totals.find((total) => total.label === label && total.currency === currency);
    const [old, fresh] = [find(before), find(after)];
    compare(label, old ? formatMoney(old.amount, currency) : "", fresh ? formatMoney(fresh.amount, currency) : "");
  }
  const sentences = (proposal: Proposal) => [...proposal.preview.conflicts, ...proposal.preview.warnings];
  const known = new Set(sentences(before));
  for (const sentence of sentences(after)) if (!known.has(sentence)) rows.push({ label: "New", before: NOTHING, after: sentence });
  return rows;
}
