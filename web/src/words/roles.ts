/** The roles in words of the trade, and who may give which to whom. Pure; the server decides. */
import { SCOPES } from "../api/rights";
import type { Member, Role } from "../api/types";
import { humanize } from "./fields";

/** Lowest first. */
const ORDER: Role[] = ["door", "viewer", "staff", "admin", "owner"];

const WORDS: Record<Role, [title: string, may: string]> = {
  door: ["Door", "Scans tickets at chosen events, and sees nothing else"],
  viewer: ["Viewer", "Sees events, orders and reports, and changes nothing"],
  staff: ["Staff", "Plans events, sells, answers buyers, checks in"],
  admin: ["Admin", "What staff may, and refunds, the ledger, members, keys and webhooks"],
  owner: ["Owner", "Everything, with the settings of the organisation"],
};

export const roleTitle = (role: Role): string => WORDS[role][0];
export const roleMay = (role: Role): string => WORDS[role][1];

const below = (one: Role, other: Role) => ORDER.indexOf(one) < ORDER.indexOf(other);

/** The roles somebody may give, highest first; ownership is handed over instead. */
export function rolesGivenBy(mine: Role): Role[] {
  return below(mine, "admin") ? [] : ORDER.filter((role) => below(role, mine)).reverse();
}

/** Whether somebody may change or remove this member: admins those below them, owners everybody but themselves. */
export function mayDecideAbout(member: Pick<Member, "id" | "role">, me: { id: string; role: Role }): boolean {
  if (member.id === me.id || below(me.role, "admin")) return false;
  return me.role === "owner" || below(member.role, me.role);
}

/** The scopes of a role, as choices for a key. */
export function scopesOf(role: Role): string[] {
  return [...SCOPES[role]];
}

/** "orders:refund" as "Orders: refund". */
export function scopeWords(scope: string): string {
  const [what = "", may = ""] = scope.split(":");
  return `${what === "api_keys" ? "API keys" : humanize(what)}: ${may}`;
}
