/** Sign-in or the workspace, by whether there is a session. */
import { lazy, Suspense } from "react";
import { SignIn } from "./session/SignIn";
import { useSessionRefresh } from "./session/useSessionRefresh";
import { useAppSelector } from "./store";

const SignedIn = lazy(() => import("./shell/SignedIn"));

export function App() {
  const signedIn = useAppSelector((state) => state.session.session !== null);
  useSessionRefresh();
  if (!signedIn) return <SignIn />;
  return (
    <Suspense fallback={<p className="p-6 text-ink-faint">Opening Greenroom…</p>}>
      <SignedIn />
    </Suspense>
  );
}
