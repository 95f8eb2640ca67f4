/** A question or a short form above the page: keeps the focus inside, closes on Escape. Draw it only while it is open. */
import { useId, useLayoutEffect, useRef, type ReactNode } from "react";
import { IconButton } from "./Button";

// What is asked comes first, not the way out.
const FIRST = "[data-asked] :is(input, select, textarea, button):not(:disabled)";

type DialogProps = { title: string; onClose: () => void; children: ReactNode };

export function Dialog({ title, onClose, children }: DialogProps) {
  const box = useRef<HTMLDialogElement>(null);
  const heading = useId();
  // Before it leaves the page: only then the browser gives the focus back to where it was.
  useLayoutEffect(() => {
    const shown = box.current;
    if (shown && !shown.open) shown.showModal();
    shown?.querySelector<HTMLElement>(FIRST)?.focus();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={box}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      className="m-auto w-[min(520px,calc(100vw-24px))] rounded-2xl border border-line bg-surface p-0 text-ink shadow-card backdrop:bg-black/45"
    >
      <div className="flex items-start gap-2 px-5 pt-4">
        <h2 id={heading} className="min-w-0 flex-1 text-[19px] leading-snug font-semibold">
          {title}
        </h2>
        <IconButton label="Close" icon="cross" small onClick={onClose} className="-mt-1 -mr-2" />
      </div>
      <div data-asked="" className="px-5 pt-2 pb-5">
        {children}
      </div>
    </dialog>
  );
}
