/** The till: tickets are kept, the buyer says who they are and how they pay. */
import { useCallback, useEffect, useRef, useState } from "react";
import { Button } from "../ui/Button";
import { Notice } from "../ui/Notice";
import { BuyerForm } from "./BuyerForm";
import { HoldTimer } from "./HoldTimer";
import { QuoteTable } from "./QuoteTable";
import type { Hold } from "./types";
import type { Shopping } from "./useShop";

type CheckoutProps = { hold: Hold; shopping: Shopping };

export function Checkout({ hold, shopping }: CheckoutProps) {
  const { busy, trouble, heldAt } = shopping;
  const [ended, setEnded] = useState(hold.status !== "active");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const end = useCallback(() => setEnded(true), []);
  const over = ended || hold.status !== "active";

  return (
    <section aria-labelledby="checkout">
      <div className="sticky top-0 z-10 -mx-1 bg-canvas px-1 py-2">
        <HoldTimer hold={hold} heldAt={heldAt} busy={busy} onExtend={() => void shopping.extend().then(() => setEnded(false))} onEnd={end} />
      </div>
      <h2 id="checkout" ref={heading} tabIndex={-1} className="mt-3 mb-2 text-[19px] font-semibold outline-none">
        {over ? "The time is up" : "Your order"}
      </h2>
      {over ? (
        <>
          <p className="text-ink-soft">{hold.status === "converted" ? "These tickets were ordered already. The link to your order is in the mail we sent." : "The tickets went back on sale, so that others can have them. If there are some left, choose again: it takes a moment."}</p>
          <Button weight="primary" className="mt-5" busy={busy} onClick={() => void shopping.back()}>
            Choose again
          </Button>
        </>
      ) : (
        <>
          <div className="rounded-2xl border border-line bg-surface px-4 py-2 pb-4">
            <QuoteTable quote={hold.quote} />
          </div>
          <BuyerForm hold={hold} busy={busy} onSubmit={(buyer) => void shopping.pay(buyer)}>
            {trouble && (
              <Notice tone="bad" role="alert">
                {trouble}
              </Notice>
            )}
          </BuyerForm>
          <button type="button" disabled={busy} onClick={() => void shopping.back()} className="mt-3 min-h-11 w-full text-[14px] text-ink-soft underline underline-offset-2">
            Change my choice
          </button>
        </>
      )}
    </section>
  );
}
