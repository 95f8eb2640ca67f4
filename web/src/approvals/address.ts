/** Which proposal a link asks about: `/?proposal={id}`, as integrations hand it to a person. Pure. */

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The id, or null for an address that asks about none. */
export function proposalIn(path: string, search: string): string | null {
  if (path !== "/") return null;
  const asked = new URLSearchParams(search).get("proposal");
  return asked && ID.test(asked) ? asked.toLowerCase() : null;
}
