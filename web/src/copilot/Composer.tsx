/** The message box: stays usable while a card waits, grows with the text, takes files along, offers stop while the copilot works. */
import { useEffect, useId, useRef, useState, type ClipboardEvent, type FormEvent, type KeyboardEvent } from "react";
import type { File as StoredFile } from "../api/types";
import { RULES } from "../files/choosing";
import { Picker, useDrop } from "../files/DropZone";
import { useUploads } from "../files/useUploads";
import { IconButton } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { Attached } from "./Attached";
import { MOST_FILES } from "./attachments";

/** `thread` is the conversation a file belongs to, null before it has begun; `attaches` whether the person may upload. */
type ComposerProps = { running: boolean; waiting: boolean; thread: string | null; attaches: boolean; onSend: (text: string, files: StoredFile[]) => void; onStop: () => void };

const TALLEST_PX = 200;

function hint(waiting: boolean, withFiles: boolean): string {
  if (withFiles) return "Say what it is, or what to do with it";
  return waiting ? "Approve above, or say what to change" : "What would you like to set up?";
}

export function Composer({ running, waiting, thread, attaches, onSend, onStop }: ComposerProps) {
  const id = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState("");
  const { uploads, busy, add, drop, clear } = useUploads();
  const ready = uploads.flatMap((upload) => upload.file ?? []);
  const attach = (files: File[]) => {
    for (const file of files.slice(0, MOST_FILES - uploads.length)) void add(file, { kind: "attachment", ...(thread && { thread }) });
    box.current?.focus();
  };
  const { over, handlers } = useDrop(attach, attaches);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${Math.min(element.scrollHeight, TALLEST_PX)}px`;
  }, [text]);

  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    const message = text.trim();
    if (!message || running || busy) return;
    setText("");
    clear();
    onSend(message, ready);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      submit();
    }
  };
  const onPaste = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files];
    if (!attaches || files.length === 0) return;
    event.preventDefault();
    attach(files);
  };

  return (
    <form onSubmit={submit} {...handlers} className="relative mx-auto w-full max-w-[760px] px-4 pt-1 pb-[max(14px,env(safe-area-inset-bottom))]">
      <div className={`rounded-[20px] border bg-surface p-1.5 shadow-card focus-within:border-accent focus-within:ring-1 focus-within:ring-accent ${over ? "border-accent bg-accent-soft" : "border-line-strong"}`}>
        <Attached uploads={uploads} onDrop={drop} />
        <div className={`flex items-end gap-2 ${attaches ? "" : "pl-2.5"}`}>
          {attaches && (
            <Picker label="Files for the next message" accept={RULES.attachment.types} onFiles={attach}>
              {(open) => <IconButton label="Attach a file" icon="clip" disabled={uploads.length >= MOST_FILES} onClick={open} />}
            </Picker>
          )}
          <label htmlFor={id} className="sr-only">
            Message to the copilot
          </label>
          <textarea
            id={id}
            ref={box}
            rows={1}
            value={text}
            maxLength={8000}
            onChange={(change) => setText(change.target.value)}
            onKeyDown={onKeyDown}
            onPaste={onPaste}
            placeholder={over ? "Drop it here" : hint(waiting, ready.length > 0)}
            className="max-h-[200px] min-h-11 flex-1 resize-none bg-transparent py-2.5 outline-none placeholder:text-ink-faint focus-visible:outline-none"
          />
          {running ? (
            <button type="button" onClick={onStop} aria-label="Stop" title="Stop" className="flex size-11 shrink-0 items-center justify-center rounded-[14px] bg-ink text-canvas">
              <Icon name="stop" />
            </button>
          ) : (
            <button type="submit" disabled={!text.trim() || busy} aria-label="Send" title={busy ? "A file is still on its way" : "Send"} className="flex size-11 shrink-0 items-center justify-center rounded-[14px] bg-accent text-accent-ink transition-colors hover:bg-accent-strong disabled:bg-sunken disabled:text-ink-faint">
              <Icon name="send" />
            </button>
          )}
        </div>
      </div>
    </form>
  );
}
