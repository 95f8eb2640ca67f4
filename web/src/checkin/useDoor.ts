/** One list at one door: scans online where there is a connection, else by what this device knows, and tells of it later. */
import { useCallback, useEffect, useRef, useState } from "react";
import { problemOf, problemText } from "../api/problem";
import { useDownloadMutation, useScanMutation, useScanOrderMutation, useUndoScanMutation, useUploadScansMutation } from "./api";
import { BATCH, dequeue, enqueue, queued } from "./queue";
import { decide, hashOf, remember, ticketOf, withPage, type Roster } from "./roster";
import type { CheckIn, Kind, Shown } from "./types";

// Longer than this at the door is no connection; the nonce makes a late answer harmless.
const PATIENCE_MS = 4000;
const UPLOAD_EVERY_MS = 5000;
const REFRESH_EVERY_MS = 30_000;

export type Named = { code: string } | { ticket: string };

const late = () => new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
const unreachable = (error: unknown) => ["unreachable", "http_502", "http_503", "http_504"].includes(problemOf(error).code);
const refusal = (error: unknown): Shown => ({ tone: "refused", headline: "That did not work", detail: problemText(problemOf(error)) });

function shown(scan: CheckIn): Shown {
  const facts = [scan.ticket_type, scan.order_number && `order ${scan.order_number}`].filter(Boolean).join(" · ");
  const accepted = scan.outcome === "accepted";
  const force = !accepted && scan.reason !== "wrong_event" ? (scan.ticket_id ?? undefined) : undefined;
  return { tone: scan.outcome, headline: scan.message, name: scan.attendee_name ?? undefined, detail: facts, undo: accepted ? scan.id : undefined, force };
}

export function useDoor(list: string, device: string, onChange: () => void) {
  const [scan] = useScanMutation();
  const [scanOrder] = useScanOrderMutation();
  const [upload] = useUploadScansMutation();
  const [undoScan] = useUndoScanMutation();
  const [download] = useDownloadMutation();
  const roster = useRef<Roster | null>(null);
  const telling = useRef(false);
  const [last, setLast] = useState<Shown | null>(null);
  const [busy, setBusy] = useState(false);
  const [waiting, setWaiting] = useState(() => queued(list).length);
  const [known, setKnown] = useState<number | null>(null);
  const [conflicts, setConflicts] = useState(0);

  const tell = useCallback(async () => {
    if (telling.current) return;
    telling.current = true;
    try {
      for (let scans = queued(list).slice(0, BATCH); scans.length; scans = queued(list).slice(0, BATCH)) {
        const answer = await upload({ list, device, scans });
        if (!answer.data) break;
        setWaiting(dequeue(list, scans).length);
        setConflicts((before) => before + answer.data.conflicts);
      }
    } finally {
      telling.current = false;
    }
  }, [list, device, upload]);

  useEffect(() => {
    const timer = setInterval(() => void tell(), UPLOAD_EVERY_MS);
    const now = () => void tell();
    window.addEventListener("online", now);
    now();
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", now);
    };
  }, [tell]);

  useEffect(() => {
    let left = false;
    let cursor: string | null = null;
    const refresh = async () => {
      for (let more = true; more && !left; ) {
        const answer = await download({ list, cursor });
        if (left || !answer.data) return;
        roster.current = withPage(roster.current, answer.data);
        ({ cursor, more } = answer.data);
        setKnown(roster.current.tickets.size);
      }
    };
    void refresh();
    const timer = setInterval(() => void refresh(), REFRESH_EVERY_MS);
    return () => {
      left = true;
      clearInterval(timer);
    };
  }, [list, download]);

  const decideHere = async (named: Named, kind: Kind, nonce: string): Promise<Shown> => {
    const hash = "code" in named ? await hashOf(named.code) : "";
    const ticket = ticketOf(roster.current, "ticket" in named ? named : { hash });
    const scanned_at = new Date().toISOString();
    const { let_in, ...said } = decide(roster.current, ticket, kind, Date.now());
    if (let_in && ticket) remember(roster.current, ticket.ticket_id, kind, scanned_at);
    setWaiting(enqueue(list, { nonce, scanned_at, kind, ...named, ...(let_in !== undefined && { let_in }) }).length);
    return said;
  };

  const read = async (named: Named, kind: Kind, force = false) => {
    const nonce = crypto.randomUUID();
    setBusy(true);
    const answer = navigator.onLine ? await Promise.race([scan({ list, device, nonce, kind, ...named, ...(force && { force }) }), late()]) : null;
    if (answer?.data) {
      const { outcome, ticket_id, scanned_at } = answer.data;
      if (outcome === "accepted" && ticket_id) remember(roster.current, ticket_id, kind, scanned_at);
      setLast(shown(answer.data));
      onChange();
    } else if (answer?.error && !unreachable(answer.error)) setLast(refusal(answer.error));
    else setLast(await decideHere(named, kind, nonce));
    setBusy(false);
  };

  const readOrder = async (order: string, kind: Kind) => {
    const answer = await scanOrder({ list, device, order, kind, nonce: crypto.randomUUID() });
    if (!answer.data) return setLast(refusal(answer.error));
    const { accepted, refused, number } = answer.data;
    const headline = refused ? `${accepted} in, ${refused} refused` : `${accepted} in`;
    setLast({ tone: accepted ? "accepted" : "refused", headline, name: `Order ${number}`, detail: [...new Set(answer.data.check_ins.map((one) => one.attendee_name))].join(", ") });
    onChange();
  };

  const undo = async (id: string) => {
    const answer = await undoScan(id);
    setLast(answer.data ? { tone: "undecided", headline: "Undone", name: answer.data.attendee_name ?? undefined, detail: "As if it had not been scanned." } : refusal(answer.error));
    onChange();
  };

  return { read, readOrder, undo, last, busy, waiting, known, conflicts };
}

export type Door = ReturnType<typeof useDoor>;
