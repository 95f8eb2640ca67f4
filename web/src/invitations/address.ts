/** Which invitation a link holds: `/?invitation={token}`. Kept while an address is being confirmed, which goes by another mail. */

const TOKEN = /^[A-Za-z0-9_.=-]{10,400}$/;
const KEPT = "greenroom.invitation";

/** The token, or null for an address that holds none. Pure. */
export function invitationIn(path: string, search: string): string | null {
  const token = path === "/" ? new URLSearchParams(search).get("invitation") : null;
  return token && TOKEN.test(token) ? token : null;
}

export function keepInvitation(token: string | null): void {
  try {
    if (token) localStorage.setItem(KEPT, token);
    else localStorage.removeItem(KEPT);
  } catch {
    // Without storage the link has to be followed once more.
  }
}

export function keptInvitation(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}
