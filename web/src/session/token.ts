/** What an access token says of its person, to be shown and to be remembered by; never relied on. Pure. */

function claimIn(token: string, name: "sub" | "email"): string | null {
  try {
    const body = token.split(".")[1]!.replace(/-/g, "+").replace(/_/g, "/");
    const claim = (JSON.parse(atob(body)) as Record<string, unknown>)[name];
    return typeof claim === "string" && claim ? claim : null;
  } catch {
    return null;
  }
}

export const emailIn = (token: string): string | null => claimIn(token, "email");
export const personIn = (token: string): string | null => claimIn(token, "sub");
