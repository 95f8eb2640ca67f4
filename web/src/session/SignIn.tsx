/** The sign-in page; offers the demo login where the server says that it has one. */
import { useId, useState, type FormEvent } from "react";
import { useHealthQuery, useLoginMutation } from "../api/greenroom";
import { problemOf, problemText } from "../api/problem";
import { useAppDispatch, useAppSelector } from "../store";
import { ThemeToggle } from "../shell/ThemeToggle";
import { Button } from "../ui/Button";
import { Mark } from "../ui/Icon";
import { Notice } from "../ui/Notice";
import { Showcase } from "./Showcase";
import { sessionStarted, signedInFrom } from "./sessionSlice";

const DEMO = { email: "organiser@example.com", password: "greenroom" };

export function SignIn() {
  const dispatch = useAppDispatch();
  const ended = useAppSelector((state) => state.session.ended);
  const { data: health } = useHealthQuery();
  const [login, { isLoading, error }] = useLoginMutation();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const ids = { email: useId(), password: useId() };

  const enter = async (credentials: { email: string; password: string }) => {
    const answer = await login(credentials);
    if (answer.data) dispatch(sessionStarted(signedInFrom(answer.data)));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void enter({ email: email.trim(), password });
  };

  return (
    <div className="flex min-h-full">
      <main className="relative flex flex-1 flex-col items-center justify-center px-5 py-12">
      <div className="absolute top-3 left-3">
        <ThemeToggle />
      </div>
      <div className="w-full max-w-[400px]">
        <div className="flex items-center gap-3">
          <Mark size={36} />
          <span className="text-[19px] font-semibold tracking-tight">Greenroom</span>
        </div>
        <h1 className="mt-8 text-[28px] leading-tight font-semibold">Sign in</h1>
        <p className="mt-2 text-ink-soft">The copilot for people who run events. It shows every change before it makes one.</p>

        <form onSubmit={submit} className="mt-7 flex flex-col gap-4">
          {ended === "expired" && !error && <Notice tone="calm">Your session has ended. Please sign in again.</Notice>}
          {error && (
            <Notice tone="bad" role="alert">
              {problemText(problemOf(error))}
            </Notice>
          )}
          <label htmlFor={ids.email} className="flex flex-col gap-1.5 text-[14px] font-medium">
            E-mail
            <input id={ids.email} name="email" type="email" autoComplete="username" required value={email} onChange={(change) => setEmail(change.target.value)} className="field font-normal" />
          </label>
          <label htmlFor={ids.password} className="flex flex-col gap-1.5 text-[14px] font-medium">
            Password
            <input id={ids.password} name="password" type="password" autoComplete="current-password" required value={password} onChange={(change) => setPassword(change.target.value)} className="field font-normal" />
          </label>
          <Button weight="primary" type="submit" busy={isLoading} className="mt-1 w-full">
            {isLoading ? "Signing in…" : "Sign in"}
          </Button>
        </form>

        {health?.demo && (
          <section aria-label="Demo login" className="mt-8 rounded-2xl border border-line bg-surface p-4">
            <p className="text-[14px] text-ink-soft">
              This is a demo with its own data. Sign in as <span className="font-medium text-ink">{DEMO.email}</span> with the password{" "}
              <span className="font-medium text-ink">{DEMO.password}</span>.
            </p>
            <Button className="mt-3 w-full" disabled={isLoading} onClick={() => void enter(DEMO)}>
              Use the demo login
            </Button>
          </section>
        )}
      </div>
      </main>
      <Showcase />
    </div>
  );
}
