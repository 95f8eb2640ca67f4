/** Renews the session shortly before it expires, and at once when a sleeping tab wakes with an old one. */
import { useEffect } from "react";
import { useRefreshMutation } from "../api/greenroom";
import { useAppSelector } from "../store";

// Supabase hands out one-hour tokens; a minute covers slow networks and skewed clocks.
const MARGIN_MS = 60_000;
// setTimeout overflows above 2^31 ms.
const LONGEST_MS = 2_000_000_000;

export function useSessionRefresh(): void {
  const expiresAt = useAppSelector((state) => state.session.session?.expiresAt);
  const [refresh] = useRefreshMutation();
  useEffect(() => {
    if (expiresAt === undefined) return;
    const wait = Math.min(Math.max(expiresAt - Date.now() - MARGIN_MS, 1000), LONGEST_MS);
    const timer = setTimeout(() => void refresh(), wait);
    const onVisible = () => {
      if (document.visibilityState === "visible" && Date.now() > expiresAt - MARGIN_MS) void refresh();
    };
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, [expiresAt, refresh]);
}
