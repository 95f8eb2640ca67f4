/** The message box: stays usable while a card waits, grows with the text, offers stop while the copilot works. */
import { useEffect, useId, useRef, useState, type FormEvent, type KeyboardEvent } from "react";
import { Icon } from "../ui/Icon";

type ComposerProps = { running: boolean; waiting: boolean; onSend: (text: string) => void; onStop: () => void };

const TALLEST_PX = 200;

export function Composer({ running, waiting, onSend, onStop }: ComposerProps) {
  const id = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState("");

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${Math.min(element.scrollHeight, TALLEST_PX)}px`;
  }, [text]);

  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    const message = text.trim();
    if (!message || running) return;
    setText("");
    onSend(message);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      submit();
    }
  };

  return (
    <form onSubmit={submit} className="relative mx-auto w-full max-w-[760px] px-4 pt-1 pb-[max(14px,env(safe-area-inset-bottom))]">
      <div className="flex items-end gap-2 rounded-[20px] border border-line-strong bg-surface p-1.5 pl-4 shadow-card focus-within:border-accent focus-within:ring-1 focus-within:ring-accent">
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
          placeholder={waiting ? "Approve above, or say what to change" : "What would you like to set up?"}
          className="max-h-[200px] min-h-11 flex-1 resize-none bg-transparent py-2.5 outline-none placeholder:text-ink-faint focus-visible:outline-none"
        />
        {running ? (
          <button type="button" onClick={onStop} aria-label="Stop" title="Stop" className="flex size-11 shrink-0 items-center justify-center rounded-[14px] bg-ink text-canvas">
            <Icon name="stop" />
          </button>
        ) : (
          <button type="submit" disabled={!text.trim()} aria-label="Send" title="Send" className="flex size-11 shrink-0 items-center justify-center rounded-[14px] bg-accent text-accent-ink transition-colors hover:bg-accent-strong disabled:bg-sunken disabled:text-ink-faint">
            <Icon name="send" />
          </button>
        )}
      </div>
    </form>
  );
}
