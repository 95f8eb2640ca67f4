/** A proposal read from the server, asked again every few seconds while it waits and the tab is seen. */
import { useState } from "react";
import { useProposalQuery } from "../api/greenroom";
import { isDecided } from "./status";
import { useNow } from "../ui/useNow";

// A decision made elsewhere should be seen within a breath, at one small request each time.
const POLL_MS = 3000;
const CLOCK_MS = 5000;

export function useWatchedProposal(id: string) {
  const [settled, setSettled] = useState(false);
  const query = useProposalQuery(id, { pollingInterval: settled ? 0 : POLL_MS, skipPollingIfUnfocused: true });
  const now = useNow(CLOCK_MS, !settled);
  const decided = query.data !== undefined && isDecided(query.data);
  if (decided !== settled) setSettled(decided);
  return { ...query, proposal: query.data, decided, now };
}
