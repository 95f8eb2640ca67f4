/** A small menu's manners: the first entry gets the focus, arrows walk, Escape or a click outside closes. */
import { useEffect, useRef } from "react";

const ENTRY = '[role^="menuitem"]:not(:disabled)';

export function useDismiss(open: boolean, close: () => void) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    const opener = document.activeElement;
    const entries = () => [...(box.current?.querySelectorAll<HTMLElement>(ENTRY) ?? [])];
    (entries().find((entry) => entry.getAttribute("aria-checked") === "true") ?? entries()[0])?.focus();
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") {
        close();
        if (opener instanceof HTMLElement) opener.focus();
      }
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const all = entries();
      const at = all.findIndex((entry) => entry === document.activeElement);
      if (!step || at < 0) return;
      event.preventDefault();
      all[(at + step + all.length) % all.length]?.focus();
    };
    const onDown = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) close();
    };
    document.addEventListener("keydown", onKey);
    document.addEventListener("pointerdown", onDown);
    return () => {
      document.removeEventListener("keydown", onKey);
      document.removeEventListener("pointerdown", onDown);
    };
  }, [open, close]);
  return box;
}
