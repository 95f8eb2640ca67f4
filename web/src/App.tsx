/** Sign-in, the workspace or the door, by whether there is a session and by the address. */
import { lazy, Suspense } from "react";
import { SignIn } from "./session/SignIn";
import { useSessionRefresh } from "./session/useSessionRefresh";
import { useAppSelector } from "./store";

const SignedIn = lazy(() => import("./shell/SignedIn"));
const DoorPage = lazy(() => import("./checkin/DoorPage"));

// An address of its own: stewards bookmark it, and never load the copilot.
const atTheDoor = window.location.pathname.replace(/\/$/, "") === "/checkin";

export function App() {
  const signedIn = useAppSelector((state) => state.session.session !== null);
  useSessionRefresh();
  if (!signedIn) return <SignIn />;
  return (
    <Suspense fallback={<p className="p-6 text-ink-faint">Opening Greenroom…</p>}>
      {atTheDoor ? <DoorPage /> : <SignedIn />}
    </Suspense>
  );
}
