/** How a kind of result is told: how it is recognised, its one line, and what a whole card adds below. No React here. */
import { formatMoney } from "../words/money";
import type { Line } from "./lines";

export type Column = { name: string; right?: boolean };
export type TableText = { caption: string; columns: Column[]; rows: string[][] };
export type Telling = {
  line: Line;
  /** Sentences that must be seen. */
  notes?: { tone: "warn" | "bad" | "calm"; text: string }[];
  facts?: [label: string, text: string][];
  tables?: TableText[];
  /** Long text of its own, such as a mail. */
  text?: string;
  /** Something to take along: codes, a link, a file made here. */
  copy?: { label: string; text: string };
  file?: { name: string; text: string };
};
export type Kind = { marks: string[]; tell: (value: never, zone: string) => Telling };

/** One kind, recognised by the fields that only it has. */
export function kind<Value>(marks: (keyof Value & string)[], tell: (value: Value, zone: string) => Telling): Kind {
  return { marks, tell };
}

export const joined = (...parts: (string | null | undefined | false)[]) => parts.filter(Boolean).join(" · ");

/** "1 ticket", "2 tickets", "3 entries". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString()} ${count === 1 ? one : many}`;
}

/** Money that may be nothing: "Free" for a price, a dash in a table. */
export const price = (amount: number, currency: string) => (amount === 0 ? "Free" : formatMoney(amount, currency));

/** Facts without those that say nothing. */
export function facts(...all: [label: string, text: string | null | undefined | false][]): [string, string][] {
  return all.filter((fact): fact is [string, string] => Boolean(fact[1]));
}

export const right = (name: string): Column => ({ name, right: true });
