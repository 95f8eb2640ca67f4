/** Which proposal a link asks about, and in which organisation: `/?proposal={id}&organization={id}`. Pure. */

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function idIn(search: string, name: string): string | null {
  const asked = new URLSearchParams(search).get(name);
  return asked && ID.test(asked) ? asked.toLowerCase() : null;
}

/** The id, or null for an address that asks about none. */
export const proposalIn = (path: string, search: string): string | null => (path === "/" ? idIn(search, "proposal") : null);

/** Links of before named no organisation; the proposal is then looked for. */
export const organizationIn = (search: string): string | null => idIn(search, "organization");
