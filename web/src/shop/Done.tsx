/** The order is made: what happens next, and the link to the order's own page. */
import { useEffect, useRef } from "react";
import { Icon } from "../ui/Icon";
import { formatMoment } from "../words/time";
import type { Order } from "./types";
import { priceText } from "./words";

export function Done({ order }: { order: Order }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const [title, next] = told(order);
  return (
    <section aria-labelledby="done" className="rounded-2xl border border-line bg-surface px-5 py-6">
      <div className="flex size-11 items-center justify-center rounded-full bg-accent text-accent-ink">
        <Icon name={order.status === "paid" ? "check" : "receipt"} size={22} />
      </div>
      <h2 id="done" ref={heading} tabIndex={-1} className="mt-4 text-[22px] font-semibold outline-none">
        {title}
      </h2>
      <p className="mt-2 text-ink-soft">{next}</p>
      <dl className="mt-4 flex gap-8 text-[14px]">
        <div>
          <dt className="text-ink-faint">Order</dt>
          <dd className="tabular font-semibold">{order.number}</dd>
        </div>
        <div>
          <dt className="text-ink-faint">Total</dt>
          <dd className="tabular font-semibold">{priceText(order.total_amount, order.currency)}</dd>
        </div>
      </dl>
      <div className="mt-6 flex flex-wrap gap-3">
        {order.pay_url && <Door href={order.pay_url} primary text={`Pay ${priceText(order.due_amount, order.currency)}`} />}
        <Door href={order.page_url} primary={!order.pay_url} text={order.status === "paid" ? "See my tickets" : "See my order"} />
      </div>
      <p className="mt-4 text-[13px] text-ink-faint">Keep the link of that page to yourself: whoever has it can use your tickets.</p>
    </section>
  );
}

function Door({ href, text, primary }: { href: string; text: string; primary: boolean }) {
  return (
    <a href={href} className={`inline-flex min-h-11 items-center rounded-xl px-5 font-semibold ${primary ? "bg-accent text-accent-ink hover:bg-accent-strong" : "border border-line-strong hover:bg-sunken"}`}>
      {text}
    </a>
  );
}

function told(order: Order): [string, string] {
  if (order.status === "paid") return ["You are going!", "We are mailing your tickets. They are on your order's page already."];
  if (order.needs_approval) return ["The organiser has your order", "They look at it and we mail you their answer. You pay nothing before."];
  if (order.pay_url) return ["On to the payment", "If the payment page does not open by itself, use the button. Your tickets are kept meanwhile."];
  const until = order.expires_at && formatMoment(order.expires_at);
  return ["Your order is waiting for your payment", `We are mailing you how to pay.${until ? ` Your tickets are kept until ${until}.` : ""}`];
}
