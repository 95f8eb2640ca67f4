/** The promo code: folded away until somebody has one. */
import { useId, useState, type FormEvent } from "react";
import { Button } from "../ui/Button";
import type { PromoCode as Applied } from "./types";

type PromoCodeProps = { applied: Applied | null; onUse: (code: string | null) => Promise<string | null> };

export function PromoCode({ applied, onUse }: PromoCodeProps) {
  const [open, setOpen] = useState(false);
  const [code, setCode] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const ids = { field: useId(), wrong: useId() };

  const use = async (wanted: string | null) => {
    setBusy(true);
    setWrong(await onUse(wanted));
    setBusy(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (code.trim()) void use(code.trim());
  };

  if (applied)
    return (
      <p role="status" className="mt-4 flex flex-wrap items-center gap-x-3 text-[14px]">
        <span>
          Code <strong>{applied.code}</strong> is applied{applied.label && `: ${applied.label}`}.
        </span>
        <button type="button" disabled={busy} onClick={() => void use(null)} className="min-h-11 text-accent underline underline-offset-2">
          Remove
        </button>
      </p>
    );
  if (!open)
    return (
      <button type="button" onClick={() => setOpen(true)} className="mt-3 min-h-11 text-[14px] text-accent underline underline-offset-2">
        I have a promo code
      </button>
    );
  return (
    <form onSubmit={submit} className="mt-4">
      <label htmlFor={ids.field} className="text-[14px] font-medium">
        Promo code
      </label>
      <div className="mt-1.5 flex gap-2">
        <input id={ids.field} autoFocus value={code} maxLength={40} autoCapitalize="characters" autoComplete="off" spellCheck={false} aria-invalid={wrong !== null} aria-describedby={wrong ? ids.wrong : undefined} onChange={(change) => setCode(change.target.value)} className="field max-w-60" />
        <Button type="submit" busy={busy}>
          Apply
        </Button>
      </div>
      {wrong && (
        <p id={ids.wrong} role="alert" className="mt-1.5 text-[14px] text-bad">
          {wrong}
        </p>
      )}
    </form>
  );
}
