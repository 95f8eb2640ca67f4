/** Who buys, who comes, and how it is paid. Fields that few need are folded away. */
import { useId, useState, type FormEvent, type ReactNode } from "react";
import { Button } from "../ui/Button";
import { Field } from "./Field";
import type { Buyer, Hold, PaymentWay } from "./types";
import { priceText } from "./words";

type BuyerFormProps = { hold: Hold; busy: boolean; onSubmit: (buyer: Buyer) => void; children?: ReactNode };

const WAYS: Record<PaymentWay, { label: string; hint: string }> = {
  online: { label: "Online", hint: "Card and more, on the next page. Your tickets are kept for 30 minutes meanwhile." },
  transfer: { label: "Bank transfer", hint: "We mail you what to pay. Your tickets are kept for 7 days." },
  none: { label: "Nothing to pay", hint: "" },
};

/** One name per ticket, in the order of the quote. */
function ticketsOf(hold: Hold): string[] {
  const named = (name: string, quantity: number) => Array.from({ length: quantity }, () => name);
  return hold.quote.lines.flatMap((line) => (line.parts.length > 0 ? line.parts.flatMap((part) => named(part.name, part.quantity)) : named(line.name, line.quantity)));
}

export function BuyerForm({ hold, busy, onSubmit, children }: BuyerFormProps) {
  const tickets = ticketsOf(hold);
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [guests, setGuests] = useState<string[]>(() => tickets.map(() => ""));
  const [address, setAddress] = useState("");
  const [payment, setPayment] = useState<PaymentWay>(hold.payments[0] ?? "none");
  const legend = useId();
  const total = hold.quote.total_amount;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    // A ticket without a name of its own carries the buyer's.
    const attendees = guests.some((guest) => guest.trim()) ? guests.map((guest) => ({ name: guest.trim() || name.trim() })) : [];
    onSubmit({ name: name.trim(), email: email.trim(), attendees, billing_address: address.trim(), payment: total === 0 ? "none" : payment });
  };

  return (
    <form onSubmit={submit} className="mt-6 flex flex-col gap-4">
      <Field label="Your name" value={name} onChange={setName} name="name" autoComplete="name" required maxLength={200} />
      <Field label="E-mail" hint="Your tickets go there." value={email} onChange={setEmail} name="email" type="email" autoComplete="email" required maxLength={320} />

      {tickets.length > 1 && tickets.length <= 20 && (
        <Folded title="Somebody else comes with me" hint="Put their names on the tickets">
          {tickets.map((ticket, index) => (
            <Field key={index} label={`Name on ticket ${index + 1} (${ticket})`} value={guests[index] ?? ""} onChange={(value) => setGuests(guests.map((guest, at) => (at === index ? value : guest)))} placeholder={name} maxLength={200} />
          ))}
        </Folded>
      )}
      <Folded title="I need an invoice" hint="Add a billing address">
        <label className="flex flex-col gap-1.5 text-[14px] font-medium">
          Billing address
          <textarea name="billing" rows={4} maxLength={2000} autoComplete="billing street-address" value={address} onChange={(change) => setAddress(change.target.value)} className="field font-normal" />
        </label>
      </Folded>

      {total > 0 && !hold.quote.needs_approval && hold.payments.length > 1 && (
        <fieldset aria-labelledby={legend} className="flex flex-col gap-2">
          <legend id={legend} className="mb-1.5 text-[14px] font-medium">
            How would you like to pay?
          </legend>
          {hold.payments.map((way) => (
            <label key={way} className={`flex cursor-pointer items-start gap-3 rounded-xl border bg-surface px-4 py-3 ${payment === way ? "border-accent" : "border-line"}`}>
              <input type="radio" name="payment" value={way} checked={payment === way} onChange={() => setPayment(way)} className="mt-1 size-4 accent-accent" />
              <span>
                <span className="block font-medium">{WAYS[way].label}</span>
                <span className="block text-[13px] text-ink-soft">{WAYS[way].hint}</span>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {hold.quote.needs_approval && <p className="text-[14px] text-ink-soft">The organiser looks at your order first. You pay only after they said yes; we mail you then.</p>}
      {total > 0 && !hold.quote.needs_approval && hold.payments.length === 1 && hold.payments[0] === "transfer" && <p className="text-[14px] text-ink-soft">You pay by bank transfer. {WAYS.transfer.hint}</p>}

      {children}
      <Button weight="primary" type="submit" busy={busy} className="min-h-12 w-full text-[16px]">
        {busy ? "One moment…" : buttonText(hold, payment)}
      </Button>
    </form>
  );
}

function buttonText(hold: Hold, payment: PaymentWay): string {
  const { total_amount, currency, needs_approval } = hold.quote;
  if (needs_approval) return "Ask for these tickets";
  if (total_amount === 0) return "Get the tickets";
  return payment === "online" ? `Order and pay ${priceText(total_amount, currency)}` : `Order for ${priceText(total_amount, currency)}`;
}

function Folded({ title, hint, children }: { title: string; hint: string; children: ReactNode }) {
  return (
    <details className="group rounded-xl border border-line bg-surface px-4">
      <summary className="flex min-h-12 items-center justify-between gap-3 py-2 text-[14px]">
        <span className="font-medium">{title}</span>
        <span className="hidden text-right text-[13px] text-ink-faint group-open:invisible sm:inline">{hint}</span>
      </summary>
      <div className="flex flex-col gap-3 pb-4">{children}</div>
    </details>
  );
}
