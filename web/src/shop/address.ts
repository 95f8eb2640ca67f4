/** What the page's address says: the event, and in a link that somebody was sent a hold or a promo code. Pure. */

export function eventIdIn(path: string): string {
  return /^\/e\/([^/]+)/.exec(path)?.[1] ?? "";
}

export function wishIn(search: string): { hold: string | null; code: string | null } {
  const asked = new URLSearchParams(search);
  return { hold: asked.get("hold"), code: asked.get("code") };
}
