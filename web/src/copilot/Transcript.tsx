/** Draws the timeline: what was said, what tools gave, and a card per proposal. Keeps the newest in view. */
import { useRenderTool, useRenderToolCall } from "@copilotkit/react-core/v2/headless";
import { useEffect, useMemo, useRef } from "react";
import { readResult } from "../cards/reading";
import { ResultCard } from "../cards/registry";
import { ProposalCard } from "../proposals/ProposalCard";
import { ShownInChat } from "../proposals/shownInChat";
import { Markdown } from "./Markdown";
import { SentFile } from "./SentFile";
import type { TimelineItem } from "./timeline";

type ToolRender = { name: string; result: string | undefined };

/** One renderer for every tool: the registry of cards decides by what came back. */
function useToolCards() {
  useRenderTool({ name: "*", render: ({ name, result }: ToolRender) => <ResultCard name={name} reading={readResult(result)} /> }, []);
  return useRenderToolCall();
}

// Room left above what is newest when it is taller than the view.
const ABOVE_PX = 16;

/** Keeps the newest item in view, its top if it is tall, unless the person has scrolled away or works on something in it. */
function useStickToEnd(marker: unknown) {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  useEffect(() => {
    following.current = true;
  }, [marker]);
  useEffect(() => {
    const [outer, inner] = [scroller.current, content.current];
    if (!outer || !inner) return;
    const scrolledAway = () => {
      following.current = false;
    };
    const observer = new ResizeObserver(() => {
      if (!following.current) return;
      const newest = inner.querySelector<HTMLElement>("[data-newest]");
      const bottom = outer.scrollHeight - outer.clientHeight;
      const top = newest ? newest.getBoundingClientRect().top - inner.getBoundingClientRect().top - ABOVE_PX : bottom;
      outer.scrollTop = Math.min(bottom, top);
    });
    observer.observe(inner);
    observer.observe(outer);
    outer.addEventListener("wheel", scrolledAway, { passive: true });
    outer.addEventListener("touchmove", scrolledAway, { passive: true });
    outer.addEventListener("pointerdown", scrolledAway);
    outer.addEventListener("keydown", scrolledAway);
    return () => {
      observer.disconnect();
      outer.removeEventListener("wheel", scrolledAway);
      outer.removeEventListener("touchmove", scrolledAway);
      outer.removeEventListener("pointerdown", scrolledAway);
      outer.removeEventListener("keydown", scrolledAway);
    };
  }, []);
  return { scroller, content };
}

function Item({ item, renderToolCall }: { item: TimelineItem; renderToolCall: ReturnType<typeof useRenderToolCall> }) {
  switch (item.kind) {
    case "person":
      return (
        <div className="flex flex-col items-end gap-2">
          {item.files.length > 0 && (
            <ul aria-label="Sent along" className="flex max-w-[85%] flex-wrap justify-end gap-2">
              {item.files.map((id) => (
                <li key={id}>
                  <SentFile id={id} />
                </li>
              ))}
            </ul>
          )}
          <p className="max-w-[85%] rounded-[20px] rounded-br-md bg-accent-soft px-4 py-2.5 break-words whitespace-pre-line">
            <span className="sr-only">You: </span>
            {item.text}
          </p>
        </div>
      );
    case "answer":
      return (
        <div>
          <span className="sr-only">Greenroom: </span>
          <Markdown text={item.text} />
        </div>
      );
    case "tool":
      return renderToolCall({
        toolCall: { ...item.call, type: "function" },
        ...(item.result === undefined ? {} : { toolMessage: { id: item.id, role: "tool" as const, toolCallId: item.id, content: item.result } }),
      });
    case "proposal":
      return <ProposalCard id={item.id} />;
    case "revised":
      return <p className="text-[13px] text-ink-faint">A proposal stood here. Its newer form is below.</p>;
  }
}

type TranscriptProps = { items: TimelineItem[]; running: boolean };

export function Transcript({ items, running }: TranscriptProps) {
  const renderToolCall = useToolCards();
  const last = items.at(-1);
  const { scroller, content } = useStickToEnd(last && `${last.kind}:${last.id}`);
  const thinking = running && (last?.kind === "person" || last?.kind === "proposal" || last === undefined || (last.kind === "tool" && last.reading.kind !== "running"));
  const shown = useMemo(() => new Set(items.filter((item) => item.kind === "proposal").map((item) => item.id)), [items]);
  return (
    <div ref={scroller} className="relative min-h-0 flex-1 overflow-y-auto" tabIndex={-1}>
      <div ref={content} className="mx-auto w-full max-w-[760px] px-4 py-6">
        <ShownInChat.Provider value={shown}>
          <ol aria-label="Conversation" className="flex flex-col gap-5">
            {items.map((item) => (
              <li key={`${item.kind}:${item.id}`} data-newest={item === last || undefined}>
                <Item item={item} renderToolCall={renderToolCall} />
              </li>
            ))}
          </ol>
        </ShownInChat.Provider>
        {thinking && (
          <p className="mt-5 flex gap-1.5" aria-hidden="true">
            {["", "[animation-delay:150ms]", "[animation-delay:300ms]"].map((delay) => (
              <span key={delay} className={`pulse-dot size-2 rounded-full bg-ink-faint ${delay}`} />
            ))}
          </p>
        )}
      </div>
    </div>
  );
}
