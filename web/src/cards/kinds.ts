/** Every kind of result that is told by a description: the first whose marks a value carries. Pure. */
import type { Kind, Telling } from "./kind";
import { EVENTS } from "./kinds/events";
import { OFFICE } from "./kinds/office";
import { ORDERS } from "./kinds/orders";
import { PEOPLE } from "./kinds/people";
import { PRIVACY } from "./kinds/privacy";
import { STOCK } from "./kinds/stock";

const KINDS: Kind[] = [...EVENTS, ...PEOPLE, ...PRIVACY, ...OFFICE, ...STOCK, ...ORDERS];

export function telling(value: unknown, zone: string): Telling | null {
  if (typeof value !== "object" || value === null) return null;
  return KINDS.find(({ marks }) => marks.every((mark) => mark in value))?.tell(value as never, zone) ?? null;
}
