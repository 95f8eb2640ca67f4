/** Shares: integer basis points on the wire (2000), percent for people (20 %). No React here. */

/** Basis points as a person reads them: 2000 is "20 %", 750 is "7.5 %". */
export function formatPercent(points: number): string {
  return `${(points / 100).toLocaleString(undefined, { maximumFractionDigits: 2 })} %`;
}

/** Basis points as editable text without the sign: 750 is "7.5". */
export function toPercentText(points: number): string {
  return String(points / 100);
}

/** What a person typed as basis points, or null where it is no share from 0 to 100 %. Never goes through a float. */
export function fromPercentText(text: string): number | null {
  const match = /^(\d{1,3})(?:[.,](\d{0,2}))?$/.exec(text.trim().replace(/\s*%$/, ""));
  if (!match) return null;
  const points = Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0"));
  return points <= 10_000 ? points : null;
}
