/** Which page it is: by the link that was followed, by whether there is a session, and by the address. */
import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import { useMeQuery } from "./api/greenroom";
import { organizationIn, proposalIn } from "./approvals/address";
import { invitationIn, keptInvitation } from "./invitations/address";
import { InvitationPage } from "./invitations/InvitationPage";
import { arrivalIn, withoutArrival } from "./session/arrival";
import { Arrived } from "./session/Arrived";
import { NoPlace } from "./session/NoPlace";
import { organizationChosen } from "./session/sessionSlice";
import { SignIn } from "./session/SignIn";
import { useSessionRefresh } from "./session/useSessionRefresh";
import { store, useAppSelector } from "./store";

const openWorkspace = () => import("./shell/SignedIn");
const SignedIn = lazy(openWorkspace);
const DoorPage = lazy(() => import("./checkin/DoorPage"));
const OfficePage = lazy(() => import("./office/OfficePage"));
const ApprovalPage = lazy(() => import("./approvals/ApprovalPage"));

const { pathname, search, hash } = window.location;
const place = pathname.replace(/\/$/, "");
// A link that an integration gave somebody: one proposal to decide about, and nothing else.
const asked = proposalIn(pathname, search);
const arrived = arrivalIn(search, hash);
// Before anything is drawn: a token in the address would be copied, kept in the history and sent on.
if (arrived) window.history.replaceState(null, "", withoutArrival(pathname, search));
// Links of ours say which organisation they mean: to a proposal, and of a mail to its admins.
const meant = (asked || place.startsWith("/office/")) && organizationIn(search);
if (meant) store.dispatch(organizationChosen(meant));

const OPENING = <p className="p-6 text-ink-faint">Opening Greenroom…</p>;

/** The pages of whoever is signed in. Remounted where the organisation changes: nothing of another one is kept. */
function Inside() {
  const { data: me, isLoading } = useMeQuery();
  const [waiting] = useState(keptInvitation);
  const [looked, setLooked] = useState(false);
  const there = useCallback(() => setLooked(true), []);
  // Addresses of their own: stewards bookmark the door, and neither it nor the office loads the copilot.
  const atTheDoor = place === "/checkin" || (me?.organization && !me.scopes.includes("events:read"));
  const inOffice = /^\/office(\/|$)/.test(place);
  const copilot = !atTheDoor && !inOffice && !asked;
  useEffect(() => {
    if (copilot) void openWorkspace();
  }, [copilot]);
  if (isLoading) return OPENING;
  if (me && !me.organization) return waiting && !looked ? <InvitationPage token={waiting} onDone={there} /> : <NoPlace user={me.user} />;
  if (atTheDoor) return <DoorPage />;
  if (inOffice) return <OfficePage />;
  if (asked) return <ApprovalPage id={asked} />;
  return <SignedIn />;
}

export function App() {
  const signedIn = useAppSelector((state) => state.session.session !== null);
  const visit = useAppSelector((state) => state.session.visit);
  const [arrival, setArrival] = useState(arrived);
  const [invitation, setInvitation] = useState(() => invitationIn(pathname, search));
  const arrivedFully = useCallback(() => setArrival(null), []);
  useSessionRefresh();
  useEffect(() => {
    // The same page opened by another link changes the fragment only: it is read as a page anew.
    const onHash = () => arrivalIn("", window.location.hash) && window.location.reload();
    window.addEventListener("hashchange", onHash);
    return () => window.removeEventListener("hashchange", onHash);
  }, []);
  if (arrival) return <Arrived arrival={arrival} onDone={arrivedFully} />;
  if (invitation) return <InvitationPage token={invitation} onDone={() => setInvitation(null)} />;
  if (!signedIn) return <SignIn />;
  return (
    <Suspense fallback={OPENING}>
      <Inside key={visit} />
    </Suspense>
  );
}
