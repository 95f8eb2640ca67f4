/** The sign-in page, with the ways to an account and to a new password; offers the demo login where the server says that it has one. */
import { useState, type ReactNode } from "react";
import { useHealthQuery, useLoginMutation } from "../api/greenroom";
import { useAppDispatch, useAppSelector } from "../store";
import { Button } from "../ui/Button";
import { Notice } from "../ui/Notice";
import { Entrance } from "./Entrance";
import { RecoverForm, SignInForm, SignUpForm } from "./forms";
import { sessionStarted, signedInFrom } from "./sessionSlice";

const DEMO = { email: "organiser@example.com", password: "greenroom" };

function Turn({ children, onClick }: { children: ReactNode; onClick: () => void }) {
  return (
    <button type="button" onClick={onClick} className="min-h-11 text-[14px] font-medium text-accent hover:underline">
      {children}
    </button>
  );
}

function Demo() {
  const dispatch = useAppDispatch();
  const { data: health } = useHealthQuery();
  const [login, { isLoading }] = useLoginMutation();
  const enter = async () => {
    const answer = await login(DEMO);
    if (answer.data) dispatch(sessionStarted(signedInFrom(answer.data)));
  };
  if (!health?.demo) return null;
  return (
    <section aria-label="Demo login" className="mt-6 rounded-2xl border border-line bg-surface p-4">
      <p className="text-[14px] text-ink-soft">
        This is a demo with its own data. Sign in as <span className="font-medium text-ink">{DEMO.email}</span> with the password{" "}
        <span className="font-medium text-ink">{DEMO.password}</span>.
      </p>
      <Button className="mt-3 w-full" disabled={isLoading} onClick={() => void enter()}>
        Use the demo login
      </Button>
    </section>
  );
}

export type EntranceWay = "sign-in" | "sign-up" | "recover";

/** `note` is what brought the person here, if anything did. */
export function SignIn({ begin = "sign-in", note }: { begin?: EntranceWay; note?: ReactNode }) {
  const ended = useAppSelector((state) => state.session.ended);
  const [way, setWay] = useState<EntranceWay>(begin);
  const [mailed, setMailed] = useState<string | null>(null);

  if (mailed) {
    return (
      <Entrance title="Confirm your address" lead={`We sent a mail to ${mailed}. Follow the link in it, and you are in.`}>
        <Turn onClick={() => setMailed(null)}>Back to sign in</Turn>
      </Entrance>
    );
  }
  if (way === "recover") {
    return (
      <Entrance title="Choose a new password" lead="Say which address you sign in with, and we send it a link.">
        {note && <div className="mt-5">{note}</div>}
        <RecoverForm />
        <div className="mt-4">
          <Turn onClick={() => setWay("sign-in")}>Back to sign in</Turn>
        </div>
      </Entrance>
    );
  }
  if (way === "sign-up") {
    return (
      <Entrance title="Create an account" lead="With an organisation of your own. Were you invited to one? Then follow the link of the invitation instead.">
        <SignUpForm words="Create the account" onMailed={setMailed} />
        <div className="mt-4">
          <Turn onClick={() => setWay("sign-in")}>I have an account</Turn>
        </div>
      </Entrance>
    );
  }
  return (
    <Entrance title="Sign in" lead="The copilot for people who run events. It shows every change before it makes one.">
      {(note || ended === "expired") && <div className="mt-5">{note ?? <Notice tone="calm">Your session has ended. Please sign in again.</Notice>}</div>}
      <SignInForm words="Sign in" />
      <div className="mt-3 flex flex-wrap justify-between gap-x-6">
        <Turn onClick={() => setWay("recover")}>Forgot your password?</Turn>
        <Turn onClick={() => setWay("sign-up")}>Create an account</Turn>
      </div>
      <Demo />
    </Entrance>
  );
}
