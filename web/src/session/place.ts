/** Which organisation somebody chose last: this tab's, else the one of this browser, for each person apart. */

const TAB = "greenroom.organization";
const BROWSER = "greenroom.organizations";

function chosenHere(): Record<string, string> {
  const value: unknown = JSON.parse(localStorage.getItem(BROWSER) ?? "{}");
  return typeof value === "object" && value !== null ? (value as Record<string, string>) : {};
}

/** What was chosen last in this browser by this person. */
export function rememberedPlace(person: string | null): string | null {
  try {
    return (person && chosenHere()[person]) || null;
  } catch {
    return null;
  }
}

/** What this tab was left at, before a reload. */
export function tabPlace(): string | null {
  try {
    return sessionStorage.getItem(TAB);
  } catch {
    return null;
  }
}

export function keepPlace(person: string | null, organization: string | null): void {
  try {
    if (organization) sessionStorage.setItem(TAB, organization);
    else sessionStorage.removeItem(TAB);
    if (!person) return;
    const { [person]: _before, ...others } = chosenHere();
    localStorage.setItem(BROWSER, JSON.stringify(organization ? { ...others, [person]: organization } : others));
  } catch {
    // Storage may be switched off; the choice then lives until the tab is reloaded.
  }
}

/** The next person at this tab begins anew. */
export function leavePlace(): void {
  keepPlace(null, null);
}
