/** Money: integer minor units on the wire, major units for people. No React here. */

/** How many digits the currency's minor unit has (EUR 2, JPY 0, KWD 3); 2 for a code nobody knows. */
export function minorDigits(currency: string): number {
  try {
    return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/** Minor units as a person reads them in their own locale; whole amounts lose their zeros ("€25", "€25.50"). */
export function formatMoney(amount: number, currency: string, locale?: string): string {
  const digits = minorDigits(currency);
  const major = amount / 10 ** digits;
  const fraction = amount % 10 ** digits === 0 ? 0 : digits;
  try {
    return new Intl.NumberFormat(locale, {
      style: "currency",
      currency,
      minimumFractionDigits: fraction,
      maximumFractionDigits: fraction,
    }).format(major);
  } catch {
    return `${major.toFixed(fraction)} ${currency}`;
  }
}

/** Minor units as an editable decimal without currency or grouping ("2500" EUR becomes "25.00"). */
export function toMajorText(amount: number, currency: string): string {
  const digits = minorDigits(currency);
  const sign = amount < 0 ? "-" : "";
  const all = String(Math.abs(amount)).padStart(digits + 1, "0");
  return digits === 0 ? sign + all : `${sign}${all.slice(0, -digits)}.${all.slice(-digits)}`;
}

/** What a person typed as minor units, or null where it is not an amount of this currency. Never goes through a float. */
export function fromMajorText(text: string, currency: string): number | null {
  const digits = minorDigits(currency);
  const match = /^(\d{1,12})(?:[.,](\d*))?$/.exec(text.trim().replace(/[\s_']/g, ""));
  if (!match) return null;
  const fraction = match[2] ?? "";
  if (fraction.length > digits && /[1-9]/.test(fraction.slice(digits))) return null;
  return Number(match[1] + fraction.slice(0, digits).padEnd(digits, "0"));
}
