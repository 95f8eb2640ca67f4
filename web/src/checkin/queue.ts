/** Scans that wait for a connection, per list, kept over a reload. Sent twice they are one scan, by their nonce. */
import type { QueuedScan } from "./types";

const PREFIX = "greenroom.scans.";
/** As many as one upload takes with room to spare. */
export const BATCH = 500;

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export function queued(list: string, store: Store = localStorage): QueuedScan[] {
  try {
    const kept: unknown = JSON.parse(store.getItem(PREFIX + list) ?? "[]");
    return Array.isArray(kept) ? (kept as QueuedScan[]) : [];
  } catch {
    return [];
  }
}

function keep(list: string, scans: QueuedScan[], store: Store): QueuedScan[] {
  if (scans.length) store.setItem(PREFIX + list, JSON.stringify(scans));
  else store.removeItem(PREFIX + list);
  return scans;
}

export function enqueue(list: string, scan: QueuedScan, store: Store = localStorage): QueuedScan[] {
  return keep(list, [...queued(list, store), scan], store);
}

/** What is left when these were told; what was added meanwhile stays. */
export function dequeue(list: string, told: QueuedScan[], store: Store = localStorage): QueuedScan[] {
  const nonces = new Set(told.map((scan) => scan.nonce));
  return keep(list, queued(list, store).filter((scan) => !nonces.has(scan.nonce)), store);
}
