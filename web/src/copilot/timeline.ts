/** Turns the agent's messages into what the chat shows: one list, one card per proposal. Pure. */
import { readResult, type Reading } from "../cards/reading";
import { filesIn } from "./attachments";

export type WireToolCall = { id: string; type?: string; function: { name: string; arguments: string } };
export type WireMessage = { id: string; role: string; content?: unknown; toolCalls?: WireToolCall[]; toolCallId?: string };

export type TimelineItem =
  | { kind: "person"; id: string; text: string; files: string[] }
  | { kind: "answer"; id: string; text: string }
  | { kind: "tool"; id: string; call: WireToolCall; result: string | undefined; reading: Reading }
  | { kind: "proposal"; id: string }
  | { kind: "revised"; id: string };

/** The text of a message whose content is a string or a list of parts. */
export function messageText(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content
    .map((part: unknown) => (typeof part === "object" && part !== null && "text" in part ? String(part.text) : ""))
    .join("");
}

function toolResults(messages: readonly WireMessage[]): Map<string, string> {
  const results = new Map<string, string>();
  for (const message of messages) {
    if (message.role === "tool" && message.toolCallId) results.set(message.toolCallId, messageText(message.content));
  }
  return results;
}

type Placed = TimelineItem & { turn: number };

function place(messages: readonly WireMessage[], results: Map<string, string>): Placed[] {
  const placed: Placed[] = [];
  let turn = 0;
  for (const message of messages) {
    const text = messageText(message.content);
    if (message.role === "user") {
      turn += 1;
      if (text.trim()) placed.push({ kind: "person", id: message.id, text, files: filesIn(message.content), turn });
    }
    if (message.role !== "assistant") continue;
    if (text.trim()) placed.push({ kind: "answer", id: message.id, text, turn });
    for (const call of message.toolCalls ?? []) {
      const result = results.get(call.id);
      const reading = readResult(result);
      if (reading.kind === "proposal") placed.push({ kind: "proposal", id: reading.id, turn });
      else placed.push({ kind: "tool", id: call.id, call, result, reading, turn });
    }
  }
  return placed;
}

/** Keeps one card per proposal: the first place within the last turn that speaks of it; older turns get a pointer. */
function oneCardEach(placed: Placed[]): Placed[] {
  const lastTurn = new Map<string, number>();
  for (const item of placed) if (item.kind === "proposal") lastTurn.set(item.id, item.turn);
  const seen = new Set<string>();
  return placed.flatMap((item): Placed[] => {
    if (item.kind !== "proposal") return [item];
    const shown: Placed = item.turn === lastTurn.get(item.id) ? item : { kind: "revised", id: item.id, turn: item.turn };
    const key = `${item.id}:${item.turn}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [shown];
  });
}

// Refusals meant for the model, which mends its call or puts the matter to the person in words.
const FOR_THE_MODEL: ReadonlySet<string> = new Set(["invalid_input", "missing_value", "ambiguous", "conflict", "not_run"]);

/** Drops refusals that the copilot dealt with itself; where it said nothing more, one of them stays as the explanation. */
function withoutMendedCalls(placed: Placed[], lastTurnRuns: boolean): Placed[] {
  const spoken = new Set(placed.filter((item) => item.kind === "answer" || item.kind === "proposal").map((item) => item.turn));
  if (lastTurnRuns) spoken.add(placed.at(-1)?.turn ?? 0);
  return placed.filter((item) => {
    if (item.kind !== "tool" || item.reading.kind !== "problem" || !FOR_THE_MODEL.has(item.reading.problem.code)) return true;
    if (spoken.has(item.turn)) return false;
    spoken.add(item.turn);
    return true;
  });
}

/** What the chat shows. `awaited` are the proposals of pending interrupts, `running` says whether the agent works. */
export function timeline(messages: readonly WireMessage[], awaited: readonly string[], running: boolean): TimelineItem[] {
  const placed = withoutMendedCalls(oneCardEach(place(messages, toolResults(messages))), running);
  const open = placed.filter((item) => !(item.kind === "tool" && item.reading.kind === "running") || (running && awaited.length === 0));
  const shown = new Set(open.filter((item) => item.kind === "proposal").map((item) => item.id));
  const turn = open.at(-1)?.turn ?? 0;
  for (const id of awaited) if (!shown.has(id)) open.push({ kind: "proposal", id, turn });
  return open.map(({ turn: _turn, ...item }) => item);
}
