/** What a link of a mail brought along in the address: a session, a token to exchange, or why it did not work. Pure. */
import type { Session } from "../api/types";

/** What the mail was sent for, in the words of Supabase Auth. */
const KINDS = ["signup", "invite", "magiclink", "recovery", "email_change", "email"] as const;
export type LinkKind = (typeof KINDS)[number];

export type Arrival =
  | { kind: "session"; session: Session; of: LinkKind | null }
  | { kind: "token"; token_hash: string; of: LinkKind }
  | { kind: "refused"; code: string; text: string }
  | { kind: "told"; text: string };

const IN_QUERY = ["token_hash", "type", "error", "error_code", "error_description"];

/** Addresses within the page begin with "#/"; whatever else stands there came from outside. */
const fragmentOf = (hash: string) => new URLSearchParams(hash.startsWith("#/") ? "" : hash.replace(/^#/, ""));
const kindOf = (text: string | null) => KINDS.find((kind) => kind === text) ?? null;

export function arrivalIn(search: string, hash: string): Arrival | null {
  const [query, fragment] = [new URLSearchParams(search), fragmentOf(hash)];
  const refused = [fragment, query].find((part) => part.has("error_description") || part.has("error"));
  if (refused) return { kind: "refused", code: refused.get("error_code") ?? refused.get("error") ?? "", text: refused.get("error_description") ?? "" };
  const [access_token, refresh_token] = [fragment.get("access_token"), fragment.get("refresh_token")];
  if (access_token && refresh_token) {
    const expires_at = Number(fragment.get("expires_at"));
    const session = { access_token, refresh_token, expires_in: Number(fragment.get("expires_in")) || 3600, ...(expires_at > 0 && { expires_at }) };
    return { kind: "session", session, of: kindOf(fragment.get("type")) };
  }
  const [token_hash, of] = [query.get("token_hash"), kindOf(query.get("type"))];
  if (token_hash && of) return { kind: "token", token_hash, of };
  const text = fragment.get("message");
  return text ? { kind: "told", text } : null;
}

/** The address without what must not stay in it, be copied or be sent on. */
export function withoutArrival(pathname: string, search: string): string {
  const query = new URLSearchParams(search);
  for (const name of IN_QUERY) query.delete(name);
  const left = query.toString();
  return left ? `${pathname}?${left}` : pathname;
}

/** Whether the person comes to choose a password: they forgot theirs, or never had one. */
export const wantsPassword = (of: LinkKind | null): boolean => of === "recovery" || of === "invite";
