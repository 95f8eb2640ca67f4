/** What the buyer is doing: looking, choosing, deciding with tickets kept, done. All calls start here. */
import { useCallback, useEffect, useRef, useState } from "react";
import { checkOut, extendHold, giveUpHold, newId, readAvailability, readEvent, readHold, Refused, startHold } from "./api";
import { wishIn } from "./address";
import { keepHold, keptHold } from "./kept";
import type { Basket, Buyer, EventDetail, Hold, Order, TypeAvailability } from "./types";
import { most, said } from "./words";

const LOOK_AGAIN_MS = 5000;

export type Shopping = ReturnType<typeof useShop>;

function withLevels(event: EventDetail, levels: TypeAvailability[]): EventDetail {
  const byId = new Map(levels.map((level) => [level.ticket_type_id, level]));
  return { ...event, ticket_types: event.ticket_types.map((type) => ({ ...type, ...byId.get(type.id) })) };
}

/** The basket without what can not be had any more. */
function fitting(event: EventDetail, basket: Basket): Basket {
  const kept = event.ticket_types.map((type) => [type.id, Math.min(basket[type.id] ?? 0, type.sales === "open" ? most(type) : 0)] as const);
  return Object.fromEntries(kept.filter(([, quantity]) => quantity > 0));
}

export function useShop(eventId: string, search: string) {
  const [event, setEvent] = useState<EventDetail | null>(null);
  const [missing, setMissing] = useState<Refused | null>(null);
  const [basket, setBasket] = useState<Basket>({});
  const [hold, setHold] = useState<Hold | null>(null);
  const [heldAt, setHeldAt] = useState(0);
  const [order, setOrder] = useState<Order | null>(null);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Refused | null>(null);
  const attempt = useRef<{ wish: string; id: string } | null>(null);
  const code = event?.promo_code?.code ?? null;

  const keep = useCallback(
    (kept: Hold | null) => {
      setHold(kept);
      setHeldAt(Date.now());
      keepHold(eventId, kept && kept.status === "active" ? kept.id : null);
    },
    [eventId],
  );

  /** Runs a call; what it refuses is shown, and answers null. */
  const attended = useCallback(async <Answer,>(call: () => Promise<Answer>): Promise<Answer | null> => {
    setBusy(true);
    setTrouble(null);
    try {
      return await call();
    } catch (failure) {
      if (!(failure instanceof Refused)) throw failure;
      setTrouble(failure);
      return null;
    } finally {
      setBusy(false);
    }
  }, []);

  const look = useCallback(
    async (withCode: string | null) => {
      const found = await readEvent(eventId, withCode);
      setEvent(found);
      setBasket((chosen) => fitting(found, chosen));
    },
    [eventId],
  );

  useEffect(() => {
    const wish = wishIn(search);
    const open = async () => {
      await look(wish.code).catch(() => look(null));
      const id = wish.hold ?? keptHold(eventId);
      const kept = id ? await readHold(id).catch(() => null) : null;
      if (kept?.status === "active") keep(kept);
    };
    open().catch((failure: unknown) => setMissing(failure as Refused));
  }, [eventId, search, look, keep]);

  const choosing = event !== null && hold === null && order === null;
  useEffect(() => {
    if (!choosing) return;
    const timer = setInterval(() => {
      if (document.hidden) return;
      // What is missed now is seen the next time.
      readAvailability(eventId).then((levels) => setEvent((shown) => shown && withLevels(shown, levels)), () => null);
    }, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [choosing, eventId]);

  const start = async () => {
    const wish = JSON.stringify([basket, code]);
    if (attempt.current?.wish !== wish) attempt.current = { wish, id: newId() };
    const { id } = attempt.current;
    const kept = await attended(() => startHold(eventId, basket, code, id));
    if (kept) {
      attempt.current = null;
      keep(kept);
    } else await look(code).catch(() => null);
  };

  const pay = async (buyer: Buyer) => {
    if (!hold) return;
    const made = await attended(() => checkOut(hold, buyer, navigator.language.split("-")[0] ?? "en"));
    if (!made) {
      const now = await readHold(hold.id).catch(() => null);
      if (now) keep(now);
      return;
    }
    keepHold(eventId, null);
    setOrder(made);
    if (made.pay_url) window.location.assign(made.pay_url);
  };

  const back = async () => {
    if (hold) await giveUpHold(hold.id).catch(() => null);
    keep(null);
    setTrouble(null);
    await look(code).catch(() => null);
  };

  return {
    event, missing, basket, hold, heldAt, order, busy, start, pay, back,
    trouble: trouble && said(trouble),
    choose: (type: string, quantity: number) => setBasket((chosen) => ({ ...Object.fromEntries(Object.entries(chosen).filter(([id]) => id !== type)), ...(quantity > 0 ? { [type]: quantity } : {}) })),
    extend: async () => {
      const kept = hold && (await attended(() => extendHold(hold.id)));
      if (kept) keep(kept);
    },
    /** Answers what is wrong with the code, or null. */
    useCode: async (wanted: string | null): Promise<string | null> => {
      try {
        await look(wanted);
        return null;
      } catch (failure) {
        return said(failure as Refused);
      }
    },
  };
}
