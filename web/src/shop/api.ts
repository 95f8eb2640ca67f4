/** Calls of the shop's API. A failure is thrown as a Problem; nothing here draws. */
import type { Problem } from "../api/types";
import { solve } from "./proof";
import type { Basket, Buyer, EventDetail, Hold, Order, TypeAvailability } from "./types";

export class Refused extends Error {
  constructor(readonly problem: Problem & { challenge?: string; bits?: number }) {
    super(problem.code);
  }
}

async function call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(`/api/public${path}`, {
      method,
      headers: body ? { "Content-Type": "application/json" } : {},
      body: body && JSON.stringify(body),
    });
  } catch {
    throw new Refused({ status: 0, code: "unreachable", title: "No connection", retryable: true });
  }
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer as Answer;
  const told = (typeof answer === "object" && answer) || {};
  throw new Refused({ code: `http_${response.status}`, title: "", ...told, status: response.status });
}

const query = (values: Record<string, string | null>) => {
  const given = Object.entries(values).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return given.length > 0 ? `?${new URLSearchParams(given)}` : "";
};

export const readEvent = (id: string, code: string | null) =>
  call<EventDetail>("GET", `/events/${encodeURIComponent(id)}${query({ promo_code: code })}`);

export const readAvailability = async (id: string) =>
  (await call<{ ticket_types: TypeAvailability[] }>("GET", `/events/${encodeURIComponent(id)}/availability`)).ticket_types;

export const readHold = (id: string) => call<Hold>("GET", `/holds/${encodeURIComponent(id)}`);
export const extendHold = (id: string) => call<Hold>("POST", `/holds/${id}/extend`);
export const giveUpHold = (id: string) => call<Hold>("DELETE", `/holds/${id}`);

export const checkOut = (hold: Hold, buyer: Buyer, locale: string) =>
  call<Order>("POST", `/holds/${hold.id}/checkout`, { ...buyer, locale, expected_total: hold.quote.total_amount });

/** Holds what is in the basket; works for it where the shop asks for that. The same `id` again finds the same hold. */
export async function startHold(event: string, basket: Basket, code: string | null, id: string): Promise<Hold> {
  const items = Object.entries(basket).map(([ticket_type, quantity]) => ({ ticket_type, quantity }));
  const wish = { event, items, promo_code: code ?? undefined, id };
  try {
    return await call<Hold>("POST", "/holds", wish);
  } catch (refused) {
    const asked = refused instanceof Refused ? refused.problem : null;
    if (asked?.code !== "proof_needed" || !asked.challenge || !asked.bits) throw refused;
    const nonce = await solve(asked.challenge, id, asked.bits);
    return call<Hold>("POST", "/holds", { ...wish, proof: { challenge: asked.challenge, nonce } });
  }
}

/** A random id that nobody can guess, also where the page is not served over https. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
