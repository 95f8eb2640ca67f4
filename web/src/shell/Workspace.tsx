/** The signed-in page: conversations, copilot and events side by side, or one at a time on a phone. */
import { useCopilotKit, useThreads } from "@copilotkit/react-core/v2/headless";
import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import { AFTER_APPROVAL, greenroom } from "../api/greenroom";
import { Conversation } from "../copilot/Conversation";
import { EventsPanel } from "../panel/EventsPanel";
import { viewChosen, type Side, type View } from "../panel/panelSlice";
import { useShowOnPage } from "../panel/useShowOnPage";
import { useAppDispatch, useAppSelector } from "../store";
import { ThreadList } from "../threads/ThreadList";
import { useThreadChoice } from "../threads/useThreadChoice";
import { Button } from "../ui/Button";
import { Icon, type IconName } from "../ui/Icon";
import { Notice } from "../ui/Notice";
import { Header } from "./Header";
import { Suspended } from "./Suspended";

const OrdersPanel = lazy(() => import("../orders/OrdersPanel"));

const SIDES: { side: Side; label: string }[] = [
  { side: "events", label: "Events" },
  { side: "orders", label: "Orders" },
];

const TABS: { view: View; label: string; icon: IconName }[] = [
  { view: "copilot", label: "Copilot", icon: "chat" },
  { view: "events", label: "Events", icon: "calendar" },
  { view: "orders", label: "Orders", icon: "receipt" },
  { view: "threads", label: "Conversations", icon: "threads" },
];

/** The server's agent: the first that the runtime offers besides our own per-thread stand-ins; null until it is known. */
function useRuntimeAgentId(): string | null {
  const { copilotkit } = useCopilotKit();
  const [known, setKnown] = useState<string | null>(null);
  const offered = Object.keys(copilotkit.agents).find((id) => !id.startsWith("thread:")) ?? null;
  // A reconnect empties the list for a moment; an open conversation must not notice.
  if (offered && offered !== known) setKnown(offered);
  return offered ?? known;
}

/** In place of the conversation while the runtime has not answered, and when it does not. */
function Connecting() {
  const { copilotkit } = useCopilotKit();
  const failed = copilotkit.runtimeConnectionStatus === "error";
  return (
    <section aria-label="Copilot" aria-busy={!failed} className="flex flex-1 items-center justify-center p-6">
      {failed && (
        <div className="max-w-sm">
          <Notice tone="bad" title="The copilot cannot be reached" role="alert">
            <p>Your events are safe. Check the connection and try again.</p>
            <Button className="mt-2" onClick={() => copilotkit.connect()}>
              Try again
            </Button>
          </Notice>
        </div>
      )}
    </section>
  );
}

function TabBar({ view, onView }: { view: View; onView: (view: View) => void }) {
  return (
    <nav aria-label="Parts of the page" className="flex shrink-0 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] min-[900px]:hidden">
      {TABS.map((tab) => (
        <button key={tab.view} type="button" aria-current={tab.view === view ? "page" : undefined} onClick={() => onView(tab.view)} className={`flex min-h-14 flex-1 flex-col items-center justify-center gap-0.5 text-[12px] font-medium ${tab.view === view ? "text-accent" : "text-ink-faint"}`}>
          <Icon name={tab.icon} size={20} />
          {tab.label}
        </button>
      ))}
    </nav>
  );
}

/** What the side panel is about; a phone has the tabs below instead. */
function SideTabs({ side, onSide }: { side: Side; onSide: (side: Side) => void }) {
  return (
    <nav aria-label="Beside the chat" className="sticky top-0 z-10 hidden shrink-0 gap-1 border-b border-line bg-canvas px-3 min-[900px]:flex">
      {SIDES.map((tab) => (
        <button key={tab.side} type="button" aria-current={tab.side === side ? "page" : undefined} onClick={() => onSide(tab.side)} className={`-mb-px min-h-11 border-b-2 px-3 text-[14px] font-medium ${tab.side === side ? "border-accent text-ink" : "border-transparent text-ink-soft hover:text-ink"}`}>
          {tab.label}
        </button>
      ))}
    </nav>
  );
}

export function Workspace() {
  const dispatch = useAppDispatch();
  const runtimeAgentId = useRuntimeAgentId();
  const threads = useThreads({ agentId: runtimeAgentId ?? "default", includeArchived: true, enabled: runtimeAgentId !== null });
  useShowOnPage();
  const { threadId, open, startNew } = useThreadChoice();
  const view = useAppSelector((state) => state.panel.view);
  const side = useAppSelector((state) => state.panel.side);
  const [drawer, setDrawer] = useState(false);

  const { refetchThreads } = threads;
  const onRunEnd = useCallback(() => {
    refetchThreads();
    dispatch(greenroom.util.invalidateTags([...AFTER_APPROVAL]));
  }, [dispatch, refetchThreads]);

  useEffect(() => {
    if (!drawer) return;
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && setDrawer(false);
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [drawer]);

  const show = (choose: () => void) => {
    choose();
    setDrawer(false);
    dispatch(viewChosen("copilot"));
  };
  const on = (part: View) => (view === part ? "flex" : "hidden");

  return (
    <div className="relative flex h-dvh flex-col overflow-hidden">
      <Header onThreads={() => setDrawer(!drawer)} />
      <Suspended />
      <div className="relative flex min-h-0 flex-1">
        <aside className={`${on("threads")} w-full flex-col bg-canvas min-[900px]:absolute min-[900px]:inset-y-0 min-[900px]:z-20 min-[900px]:w-[280px] min-[900px]:border-r min-[900px]:border-line ${drawer ? "min-[900px]:flex min-[900px]:shadow-card" : "min-[900px]:hidden"} min-[1200px]:static min-[1200px]:flex min-[1200px]:w-[256px] min-[1200px]:shadow-none`}>
          <ThreadList threads={threads} current={threadId} onOpen={(id) => show(() => open(id))} onNew={() => show(startNew)} />
        </aside>
        <main className={`${on("copilot")} min-h-0 min-w-0 flex-1 min-[900px]:flex`}>
          {runtimeAgentId ? <Conversation key={threadId} threadId={threadId} runtimeAgentId={runtimeAgentId} onRunEnd={onRunEnd} /> : <Connecting />}
        </main>
        <aside aria-label={side === "events" ? "Events" : "Orders"} className={`${on(side)} w-full relative flex-col overflow-y-auto bg-canvas min-[900px]:flex min-[900px]:shrink-0 min-[900px]:border-l min-[900px]:border-line ${side === "events" ? "min-[900px]:w-[340px]" : "min-[900px]:w-[400px] min-[1400px]:w-[460px]"}`}>
          <SideTabs side={side} onSide={(chosen) => dispatch(viewChosen(chosen))} />
          {side === "events" ? (
            <EventsPanel />
          ) : (
            <Suspense fallback={<p className="p-6 text-ink-faint">Opening the orders…</p>}>
              <OrdersPanel />
            </Suspense>
          )}
        </aside>
      </div>
      <TabBar view={view} onView={(chosen) => dispatch(viewChosen(chosen))} />
    </div>
  );
}
