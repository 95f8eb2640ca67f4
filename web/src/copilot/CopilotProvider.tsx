/**
 * Holds the one CopilotKit core of the page. The stock provider would bring its whole chat, inspector and renderers
 * along; this one gives the headless hooks what they need and nothing more.
 */
import { CopilotKitContext, CopilotKitCoreReact } from "@copilotkit/react-core/v2/context";
import { useEffect, useMemo, useState, type ReactNode } from "react";
import { callerHeaders } from "../api/http";
import { useAppSelector } from "../store";

const RUNTIME_URL = "/api/copilotkit";

export function CopilotProvider({ children }: { children: ReactNode }) {
  const session = useAppSelector((state) => state.session);
  const [core] = useState(
    () =>
      new CopilotKitCoreReact({
        runtimeUrl: RUNTIME_URL,
        runtimeTransport: "rest",
        deferInitialConnection: true,
        headers: callerHeaders(session),
      }),
  );
  const [executingToolCallIds, setExecuting] = useState<ReadonlySet<string>>(new Set());

  useEffect(() => {
    core.setHeaders(callerHeaders(session));
    core.connect();
  }, [core, session]);

  useEffect(() => {
    const subscription = core.subscribe({
      onToolExecutionStart: ({ toolCallId }) => setExecuting((ids) => new Set(ids).add(toolCallId)),
      onToolExecutionEnd: ({ toolCallId }) => setExecuting((ids) => new Set([...ids].filter((id) => id !== toolCallId))),
    });
    return () => subscription.unsubscribe();
  }, [core]);

  const value = useMemo(() => ({ copilotkit: core, executingToolCallIds }), [core, executingToolCallIds]);
  return <CopilotKitContext.Provider value={value}>{children}</CopilotKitContext.Provider>;
}
