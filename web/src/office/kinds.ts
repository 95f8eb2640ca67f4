/** What webhooks can be told of, sorted by what it happens to. Pure. */
import { WEBHOOK_KINDS } from "../api/rights";
import { humanize } from "../words/fields";

/** ["Order", ["order.created", …]], in the order of the list. */
export function groupedKinds(kinds: readonly string[] = WEBHOOK_KINDS): [noun: string, kinds: string[]][] {
  const groups = new Map<string, string[]>();
  for (const kind of kinds) {
    const noun = humanize(kind.split(".")[0] ?? kind);
    groups.set(noun, [...(groups.get(noun) ?? []), kind]);
  }
  return [...groups];
}

/** "order.payment_received" as "payment received". */
export const happening = (kind: string): string => (kind.split(".")[1] ?? kind).replace(/_/g, " ");

/** One sentence for a list of kinds: everything, whole nouns, or how many. */
export function kindsWords(kinds: readonly string[]): string {
  if (kinds.length === 0) return "Told of everything";
  const groups = groupedKinds(kinds);
  if (groups.length > 3) return `Told of ${kinds.length} kinds of news`;
  const all = new Map(groupedKinds());
  return `Told of ${groups.map(([noun, own]) => `${noun.toLowerCase()} (${own.length === all.get(noun)?.length ? "all" : own.map(happening).join(", ")})`).join(", ")}`;
}
