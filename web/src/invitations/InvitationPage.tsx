/** Somebody follows the link of an invitation: who invites to what, and the way in with the address it was made for. */
import { useState, type ReactNode } from "react";
import { useAcceptInvitationMutation, useInvitationOfferQuery } from "../api/belonging";
import { useMeQuery } from "../api/greenroom";
import { problemOf, problemText } from "../api/problem";
import type { InvitationOffer, Problem } from "../api/types";
import { useAct } from "../api/useAct";
import { Entrance } from "../session/Entrance";
import { SignInForm, SignUpForm } from "../session/forms";
import { clearAddress, useSwitching } from "../session/useSwitching";
import { useAppSelector } from "../store";
import { Button } from "../ui/Button";
import { Choices } from "../ui/Choices";
import { Refusal } from "../ui/Refusal";
import { roleMay, roleTitle } from "../words/roles";
import { formatDay } from "../words/time";
import { keepInvitation } from "./address";

const WAYS = ["I am new here", "I have an account"] as const;

function Offer({ offer }: { offer: InvitationOffer }) {
  return (
    <dl className="mt-6 rounded-2xl border border-line bg-surface px-4 py-3.5 text-[14px]">
      <dt className="sr-only">Organisation</dt>
      <dd className="text-[17px] font-semibold">{offer.organization}</dd>
      <dt className="sr-only">Role</dt>
      <dd className="mt-1 text-ink-soft">
        <span className="font-medium text-ink">{roleTitle(offer.role)}.</span> {roleMay(offer.role)}.
      </dd>
      <dt className="sr-only">For</dt>
      <dd className="mt-2 text-[13px] text-ink-soft">
        For {offer.email}, until {formatDay(offer.expires_at)}
      </dd>
    </dl>
  );
}

/** Signing in or up with the invited address, and joining at once: that is what the link was followed for. */
function Entering({ email, onEntered, onMailed }: { email: string; onEntered: () => void; onMailed: () => void }) {
  const [way, setWay] = useState<(typeof WAYS)[number]>(WAYS[0]);
  return (
    <div className="mt-6">
      <Choices label="Do you have an account?" all={WAYS} chosen={way} onChoose={setWay} joined />
      {way === WAYS[0] ? <SignUpForm email={email} words="Create an account and join" onEntered={onEntered} onMailed={onMailed} /> : <SignInForm email={email} words="Sign in and join" onEntered={onEntered} />}
    </div>
  );
}

function Closed({ problem, onDone }: { problem: Problem; onDone: () => void }) {
  const gone = problem.status === 404;
  return (
    <Entrance title={gone ? "This invitation is not open" : "The invitation cannot be shown"} lead={gone ? "It was used, taken back, or is too old. Ask whoever invited you for a new one." : problemText(problem)}>
      <Button className="mt-7 w-full" onClick={onDone}>
        Go to Greenroom
      </Button>
    </Entrance>
  );
}

type InvitationPageProps = { token: string; onDone: () => void };

export function InvitationPage({ token, onDone }: InvitationPageProps) {
  const signedIn = useAppSelector((state) => state.session.session !== null);
  const { data: offer, error } = useInvitationOfferQuery(token);
  const { data: me } = useMeQuery(undefined, { skip: !signedIn });
  const [accept] = useAcceptInvitationMutation();
  const { act, busy, problem } = useAct(accept);
  const { switchTo, signOut } = useSwitching();
  const [mailed, setMailed] = useState(false);

  const done = (organization: string | null) => {
    keepInvitation(null);
    if (organization) switchTo(organization);
    else clearAddress();
    onDone();
  };
  const join = async () => {
    const joined = await act({ token });
    if (joined) done(joined.organization_id);
  };
  const page = (title: string, lead: ReactNode, children: ReactNode) => (
    <Entrance title={title} lead={lead}>
      {offer && <Offer offer={offer} />}
      {problem && (
        <div className="mt-4">
          <Refusal problem={problem} />
        </div>
      )}
      {children}
    </Entrance>
  );

  if (error) return <Closed problem={problemOf(error)} onDone={() => done(null)} />;
  if (!offer || (signedIn && !me)) return <p className="p-6 text-ink-faint" role="status">Opening the invitation…</p>;
  if (mailed) return page("Confirm your address", `We sent a mail to ${offer.email}. Follow the link in it on this device, and you can join.`, null);
  if (!signedIn) {
    return page(
      "You are invited",
      null,
      <Entering
        email={offer.email}
        onEntered={() => void join()}
        onMailed={() => {
          keepInvitation(token);
          setMailed(true);
        }}
      />,
    );
  }
  if (me && me.user.email.toLowerCase() !== offer.email.toLowerCase()) {
    return page(
      "This invitation is for somebody else",
      `You are signed in as ${me.user.email}; it was made for ${offer.email}.`,
      <div className="mt-6 flex flex-col gap-3">
        <Button weight="primary" onClick={() => void signOut()}>
          Sign out, and go on as {offer.email}
        </Button>
        <Button onClick={() => done(null)}>Stay {me.user.email}</Button>
      </div>,
    );
  }
  return page(
    "You are invited",
    `You are signed in as ${me?.user.email}.`,
    <div className="mt-6 flex flex-col gap-3">
      <Button weight="primary" busy={busy} onClick={() => void join()}>
        Join {offer.organization}
      </Button>
      <Button onClick={() => done(null)}>Not now</Button>
    </div>,
  );
}
