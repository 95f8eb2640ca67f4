/** The hold this tab has at an event, so that a reload does not lose it. */

const key = (event: string) => `greenroom.hold.${event}`;

export function keptHold(event: string): string | null {
  try {
    return sessionStorage.getItem(key(event));
  } catch {
    return null;
  }
}

export function keepHold(event: string, hold: string | null): void {
  try {
    if (hold) sessionStorage.setItem(key(event), hold);
    else sessionStorage.removeItem(key(event));
  } catch {
    // Without storage the hold lasts until the tab is reloaded; its places come back by themselves.
  }
}
