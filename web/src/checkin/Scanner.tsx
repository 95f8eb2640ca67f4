/** Where codes come in: a field that hardware scanners type into, and the camera. */
import { useEffect, useId, useRef, useState, type FormEvent } from "react";
import { Button } from "../ui/Button";
import { Camera, hasCamera } from "./Camera";

type ScannerProps = { busy: boolean; onRead: (code: string) => void };

export function Scanner({ busy, onRead }: ScannerProps) {
  const id = useId();
  const [code, setCode] = useState("");
  const [camera, setCamera] = useState(false);
  const field = useRef<HTMLInputElement>(null);

  // A hardware scanner types wherever the cursor is: it comes back here after each scan.
  useEffect(() => {
    if (!busy && window.matchMedia("(pointer: fine)").matches) field.current?.focus();
  }, [busy]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = code.trim();
    setCode("");
    if (read) onRead(read);
  };
  return (
    <div className="flex flex-col gap-3">
      {camera && <Camera onRead={onRead} />}
      <form onSubmit={submit}>
        <label htmlFor={id} className="text-[14px] font-medium">
          Ticket code
        </label>
        <div className="mt-1.5 flex gap-2">
          <input id={id} ref={field} value={code} onChange={(change) => setCode(change.target.value)} autoComplete="off" autoCapitalize="off" autoCorrect="off" spellCheck={false} enterKeyHint="go" className="field min-h-12 min-w-0 flex-1 text-[16px]" />
          <Button weight="primary" type="submit" className="min-h-12">
            Check
          </Button>
        </div>
      </form>
      {hasCamera() && <Button onClick={() => setCamera(!camera)}>{camera ? "Close the camera" : "Scan with the camera"}</Button>}
    </div>
  );
}
