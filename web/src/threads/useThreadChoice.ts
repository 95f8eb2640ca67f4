/** Which thread is open: its id in the address, so that a reload or a copied link finds it again. */
import { useCallback, useEffect, useState } from "react";

const PREFIX = "#/chat/";
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function threadInAddress(): string | null {
  const { hash } = window.location;
  const id = hash.startsWith(PREFIX) ? hash.slice(PREFIX.length) : "";
  return ID.test(id) ? id : null;
}

export function useThreadChoice() {
  const [threadId, setThreadId] = useState(() => threadInAddress() ?? crypto.randomUUID());

  const open = useCallback((id: string) => {
    setThreadId(id);
    window.history.pushState(null, "", PREFIX + id);
  }, []);
  const startNew = useCallback(() => open(crypto.randomUUID()), [open]);

  useEffect(() => {
    if (threadInAddress() !== threadId) window.history.replaceState(null, "", PREFIX + threadId);
  }, [threadId]);
  useEffect(() => {
    const onMove = () => setThreadId(threadInAddress() ?? crypto.randomUUID());
    window.addEventListener("popstate", onMove);
    return () => window.removeEventListener("popstate", onMove);
  }, []);
  return { threadId, open, startNew };
}
