/** What becomes of a link in a mail of the identity server: signed in, a password to choose, or why it did not work. */
import { useCallback, useEffect, useRef, useState } from "react";
import { useVerifyMutation } from "../api/greenroom";
import { problemOf } from "../api/problem";
import type { Session } from "../api/types";
import { useAppDispatch, useAppStore } from "../store";
import { Button } from "../ui/Button";
import { Notice } from "../ui/Notice";
import { Refusal } from "../ui/Refusal";
import { wantsPassword, type Arrival, type LinkKind } from "./arrival";
import { Entrance } from "./Entrance";
import { NewPasswordForm } from "./forms";
import { sessionEnded, sessionStarted, signedInFrom } from "./sessionSlice";
import { SignIn } from "./SignIn";
import { emailIn } from "./token";

type Opened = { session: Session; of: LinkKind | null };

/** Somebody is signed in here, and the link is somebody else's: which of them it shall be is not ours to choose. */
function Whose({ theirs, others, onChange, onKeep }: { theirs: string; others: string; onChange: () => void; onKeep: () => void }) {
  return (
    <Entrance title="Whose link is this?" lead={`You are signed in as ${theirs}. The link you followed signs in ${others}.`}>
      <div className="mt-7 flex flex-col gap-3">
        <Button weight="primary" onClick={onChange}>
          Go on as {others}
        </Button>
        <Button onClick={onKeep}>Stay {theirs}</Button>
      </div>
    </Entrance>
  );
}

function Refused({ code, text, onDone }: { code: string; text: string; onDone: () => void }) {
  const spent = code === "otp_expired";
  return (
    <SignIn
      begin={spent ? "recover" : "sign-in"}
      note={
        <Notice tone="bad" title={spent ? "This link was used before, or is too old" : "The link did not work"} role="alert">
          {spent ? "Sign in as usual, or ask for a new link here. " : text}{" "}
          <button type="button" onClick={onDone} className="underline">
            Go on
          </button>
        </Notice>
      }
    />
  );
}

export function Arrived({ arrival, onDone }: { arrival: Arrival; onDone: () => void }) {
  const dispatch = useAppDispatch();
  const store = useAppStore();
  const [verify, { error }] = useVerifyMutation();
  const [asking, setAsking] = useState<(Opened & { theirs: string; others: string }) | null>(null);
  const [choosing, setChoosing] = useState(false);
  const begun = useRef(false);

  const enter = useCallback(
    ({ session, of }: Opened) => {
      // Nothing of who was here before may be left when somebody else comes in.
      dispatch(sessionEnded("signed_out"));
      dispatch(sessionStarted(signedInFrom(session)));
      setAsking(null);
      if (wantsPassword(of)) setChoosing(true);
      else onDone();
    },
    [dispatch, onDone],
  );
  const opened = useCallback(
    (found: Opened) => {
      const present = store.getState().session.session?.accessToken;
      const [theirs, others] = [present ? emailIn(present) : null, emailIn(found.session.access_token)];
      if (theirs && others && theirs !== others) setAsking({ ...found, theirs, others });
      else enter(found);
    },
    [store, enter],
  );
  useEffect(() => {
    // A token is good once: it must not be spent twice by one arrival.
    if (begun.current) return;
    begun.current = true;
    if (arrival.kind === "session") opened(arrival);
    if (arrival.kind !== "token") return;
    void verify({ type: arrival.of, token_hash: arrival.token_hash }).then((answer) => {
      if (answer.data) opened({ session: answer.data, of: arrival.of });
    });
  }, [arrival, opened, verify]);

  if (asking) return <Whose theirs={asking.theirs} others={asking.others} onChange={() => enter(asking)} onKeep={onDone} />;
  if (choosing) {
    return (
      <Entrance title="Choose a password" lead="You are signed in. From now on you sign in with this password.">
        <NewPasswordForm onDone={onDone} />
      </Entrance>
    );
  }
  if (arrival.kind === "refused") return <Refused code={arrival.code} text={arrival.text} onDone={onDone} />;
  if (arrival.kind === "told") return <SignIn note={<Notice tone="calm" role="status">{arrival.text}</Notice>} />;
  if (error === undefined) return <p className="p-6 text-ink-faint" role="status">Opening the link…</p>;
  return <SignIn begin="recover" note={<Refusal problem={problemOf(error)} />} />;
}
