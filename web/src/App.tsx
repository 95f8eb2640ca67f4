/** Sign-in, the workspace, the door or one proposal, by whether there is a session and by the address. */
import { lazy, Suspense } from "react";
import { proposalIn } from "./approvals/address";
import { SignIn } from "./session/SignIn";
import { useSessionRefresh } from "./session/useSessionRefresh";
import { useAppSelector } from "./store";

const SignedIn = lazy(() => import("./shell/SignedIn"));
const DoorPage = lazy(() => import("./checkin/DoorPage"));
const ApprovalPage = lazy(() => import("./approvals/ApprovalPage"));

// An address of its own: stewards bookmark it, and never load the copilot.
const atTheDoor = window.location.pathname.replace(/\/$/, "") === "/checkin";
// A link that an integration gave somebody: one proposal to decide about, and nothing else.
const asked = proposalIn(window.location.pathname, window.location.search);

export function App() {
  const signedIn = useAppSelector((state) => state.session.session !== null);
  useSessionRefresh();
  if (!signedIn) return <SignIn />;
  return (
    <Suspense fallback={<p className="p-6 text-ink-faint">Opening Greenroom…</p>}>
      {atTheDoor ? <DoorPage /> : asked ? <ApprovalPage id={asked} /> : <SignedIn />}
    </Suspense>
  );
}
