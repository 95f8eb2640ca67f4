/** The forms of the entrance: signing in, making an account, asking for a mail, choosing a password. */
import { useState, type FormEvent, type ReactNode } from "react";
import { useLoginMutation, useRecoverMutation, useSetPasswordMutation, useSignUpMutation } from "../api/greenroom";
import { problemOf } from "../api/problem";
import type { Session } from "../api/types";
import { useAppDispatch } from "../store";
import { Button } from "../ui/Button";
import { Line } from "../ui/Labelled";
import { Notice } from "../ui/Notice";
import { Refusal } from "../ui/Refusal";
import { sessionStarted, signedInFrom } from "./sessionSlice";

/** Shorter ones are refused by the server as well. */
const SHORTEST = 8;

type FormProps = { error: unknown; busy: boolean; words: string; onSubmit: () => void; children: ReactNode };

function Form({ error, busy, words, onSubmit, children }: FormProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form onSubmit={submit} className="mt-7 flex flex-col gap-4">
      {error !== undefined && <Refusal problem={problemOf(error)} />}
      {children}
      <Button weight="primary" type="submit" busy={busy} className="mt-1 w-full">
        {words}
      </Button>
    </form>
  );
}

type EmailProps = { value: string; fixed: boolean; onValue: (value: string) => void };

function Email({ value, fixed, onValue }: EmailProps) {
  return <Line label="E-mail" name="email" type="email" autoComplete="username" required readOnly={fixed} value={value} onValue={onValue} className={fixed ? "bg-sunken text-ink-soft" : ""} />;
}

function useEntering(onEntered?: () => void) {
  const dispatch = useAppDispatch();
  return (session: Session) => {
    dispatch(sessionStarted(signedInFrom(session)));
    onEntered?.();
  };
}

/** `email` fixed: who was invited comes in with that address, or not at all. */
type EnteringProps = { email?: string; words: string; onEntered?: () => void };

export function SignInForm({ email: fixed, words, onEntered }: EnteringProps) {
  const [login, { isLoading, error }] = useLoginMutation();
  const [email, setEmail] = useState(fixed ?? "");
  const [password, setPassword] = useState("");
  const enter = useEntering(onEntered);
  const submit = async () => {
    const answer = await login({ email: email.trim(), password });
    if (answer.data) enter(answer.data);
  };
  return (
    <Form error={error} busy={isLoading} words={isLoading ? "Signing in…" : words} onSubmit={() => void submit()}>
      <Email value={email} fixed={fixed !== undefined} onValue={setEmail} />
      <Line label="Password" name="password" type="password" autoComplete="current-password" required value={password} onValue={setPassword} />
    </Form>
  );
}

export function SignUpForm({ email: fixed, words, onEntered, onMailed }: EnteringProps & { onMailed: (email: string) => void }) {
  const [signUp, { isLoading, error }] = useSignUpMutation();
  const [email, setEmail] = useState(fixed ?? "");
  const [name, setName] = useState("");
  const [organization, setOrganization] = useState("");
  const [password, setPassword] = useState("");
  const enter = useEntering(onEntered);
  const submit = async () => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const wish = fixed ? {} : { timezone: timeZone, ...(organization.trim() && { organization: organization.trim() }) };
    const answer = await signUp({ email: email.trim(), password, ...(name.trim() && { name: name.trim() }), ...wish });
    if (!answer.data) return;
    if ("confirmation_needed" in answer.data) onMailed(email.trim());
    else enter(answer.data);
  };
  return (
    <Form error={error} busy={isLoading} words={isLoading ? "One moment…" : words} onSubmit={() => void submit()}>
      <Email value={email} fixed={fixed !== undefined} onValue={setEmail} />
      <Line label="Your name" autoComplete="name" maxLength={200} value={name} onValue={setName} />
      {!fixed && <Line label="Name of your organisation" autoComplete="organization" maxLength={200} value={organization} onValue={setOrganization} />}
      <Line label="Password" hint={`At least ${SHORTEST} characters.`} type="password" autoComplete="new-password" required minLength={SHORTEST} value={password} onValue={setPassword} />
    </Form>
  );
}

export function RecoverForm() {
  const [recover, { isLoading, error, isSuccess, originalArgs }] = useRecoverMutation();
  const [email, setEmail] = useState("");
  if (isSuccess) {
    return (
      <div className="mt-7">
        <Notice tone="calm" title="Look into your mailbox" role="status">
          If there is an account with {originalArgs?.email}, a link to choose a new password is on its way.
        </Notice>
      </div>
    );
  }
  return (
    <Form error={error} busy={isLoading} words="Send me a link" onSubmit={() => void recover({ email: email.trim() })}>
      <Email value={email} fixed={false} onValue={setEmail} />
    </Form>
  );
}

export function NewPasswordForm({ onDone }: { onDone: () => void }) {
  const [choose, { isLoading, error }] = useSetPasswordMutation();
  const [password, setPassword] = useState("");
  const submit = async () => {
    const answer = await choose({ password });
    if (answer.error === undefined) onDone();
  };
  return (
    <Form error={error} busy={isLoading} words="Keep this password" onSubmit={() => void submit()}>
      <Line label="New password" hint={`At least ${SHORTEST} characters. You are signed out everywhere else.`} type="password" autoComplete="new-password" required minLength={SHORTEST} value={password} onValue={setPassword} />
    </Form>
  );
}
