/** A place that takes files: by a picker, or dropped on it. */
import { useRef, useState, type ReactNode } from "react";
import { Button } from "../ui/Button";

/** Draws what is inside as a place to drop files on. */
export function useDrop(onFiles: (files: File[]) => void, active = true) {
  const [over, setOver] = useState(false);
  const carriesFiles = (event: React.DragEvent) => active && event.dataTransfer.types.includes("Files");
  return {
    over,
    handlers: {
      onDragOver: (event: React.DragEvent) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: (event: React.DragEvent) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      },
      onDrop: (event: React.DragEvent) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      },
    },
  };
}

type PickerProps = { label: string; accept: string[]; onFiles: (files: File[]) => void; children: (open: () => void) => ReactNode };

/** The browser's own picker behind a button of ours. */
export function Picker({ label, accept, onFiles, children }: PickerProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={label}
        accept={accept.join(",")}
        onChange={(change) => {
          onFiles([...(change.target.files ?? [])]);
          // The same file again is a choice again.
          change.target.value = "";
        }}
      />
      {children(() => input.current?.click())}
    </>
  );
}

type DropZoneProps = { label: string; accept: string[]; disabled: boolean; onFiles: (files: File[]) => void };

export function DropZone({ label, accept, disabled, onFiles }: DropZoneProps) {
  const { over, handlers } = useDrop(onFiles, !disabled);
  return (
    <div {...handlers} className={`flex flex-wrap items-center justify-center gap-3 rounded-xl border border-dashed px-4 py-5 text-center text-[14px] ${over ? "border-accent bg-accent-soft" : "border-line-strong text-ink-soft"}`}>
      <Picker label={label} accept={accept} onFiles={onFiles}>
        {(open) => (
          <Button icon="clip" disabled={disabled} onClick={open}>
            {label}
          </Button>
        )}
      </Picker>
      {disabled ? <span>Say first what it is of.</span> : <span className="max-sm:hidden">or drop it here</span>}
    </div>
  );
}
