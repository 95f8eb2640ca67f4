/** Takes a text along: a link, codes, a secret. */
import { useState } from "react";
import { Button } from "./Button";

export function CopyButton({ label, text, primary = false }: { label: string; text: string; primary?: boolean }) {
  const [state, setState] = useState<"idle" | "done" | "failed">("idle");
  const copy = () =>
    Promise.resolve(navigator.clipboard?.writeText(text) ?? Promise.reject(new Error("no clipboard"))).then(
      () => setState("done"),
      () => setState("failed"),
    );
  return (
    <>
      <Button weight={primary ? "primary" : "plain"} onClick={() => void copy()}>
        {state === "done" ? "Copied" : label}
      </Button>
      <span role="status" className="sr-only">
        {state === "done" && "Copied"}
      </span>
      {/* Without the clipboard the text itself is there to be marked. */}
      {state === "failed" && <textarea readOnly aria-label={label} className="field font-mono text-[13px]" rows={3} value={text} onFocus={(event) => event.target.select()} />}
    </>
  );
}
