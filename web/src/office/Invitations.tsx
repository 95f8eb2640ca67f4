/** Asking somebody in: by address and role, with the link of the invitation to pass on; taking it back. */
import { useState, type FormEvent } from "react";
import { useInvitationsInfiniteQuery, useInviteMemberMutation, useResendInvitationMutation, useRevokeInvitationMutation } from "../api/belonging";
import type { Invitation, Role } from "../api/types";
import { useAct } from "../api/useAct";
import { StatusBadge } from "../ui/Badge";
import { Button } from "../ui/Button";
import { CopyButton } from "../ui/CopyButton";
import { Dialog } from "../ui/Dialog";
import { Line, Pick } from "../ui/Labelled";
import { Refusal } from "../ui/Refusal";
import { rolesGivenBy, roleTitle } from "../words/roles";
import { formatDay } from "../words/time";
import type { Here } from "./OfficePage";
import { Heading, List, Sure } from "./parts";
import { isComplete, RoleFields, type Granted } from "./RoleFields";

const DAYS = [
  ["3", "Three days"],
  ["14", "Two weeks"],
  ["30", "A month"],
  ["90", "Three months"],
] as const;

function Invite({ mine, onClose }: { mine: Role; onClose: () => void }) {
  const [invite] = useInviteMemberMutation();
  const { act, busy, problem } = useAct(invite);
  const [email, setEmail] = useState("");
  const [days, setDays] = useState<(typeof DAYS)[number][0]>("14");
  const [granted, setGranted] = useState<Granted>({ role: "staff", events: [] });
  const [made, setMade] = useState<Invitation | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setMade(await act({ email: email.trim(), days: Number(days), ...granted }));
  };
  if (made) {
    return (
      <Dialog title={`${made.email} is invited`} onClose={onClose}>
        <div className="flex flex-col gap-4">
          <p className="text-[14px] text-ink-soft">
            As {roleTitle(made.role)}, until {formatDay(made.expires_at)}. A mail with the link is on its way. The link works for an account with that address only, so you may pass it on any way you like.
          </p>
          {made.link && (
            <>
              <code className="block rounded-xl bg-sunken px-3.5 py-3 font-mono text-[13px] break-all select-all">{made.link}</code>
              <div className="flex flex-wrap justify-end gap-2">
                <CopyButton label="Copy the link" text={made.link} primary />
                <Button onClick={onClose}>Done</Button>
              </div>
            </>
          )}
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title="Invite somebody" onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Line label="E-mail" type="email" required autoComplete="off" value={email} onValue={setEmail} />
        <RoleFields roles={rolesGivenBy(mine)} granted={granted} onGranted={setGranted} />
        <Pick label="Good for" value={days} all={DAYS} onValue={setDays} />
        <Refusal problem={problem} />
        <Button weight="primary" type="submit" busy={busy} disabled={!isComplete(granted)}>
          Invite
        </Button>
      </form>
    </Dialog>
  );
}

const MAILED: Record<NonNullable<Invitation["mail_status"]>, string> = { queued: "mail on its way", sent: "mailed", failed: "the mail did not get there", skipped: "no mail was sent" };

function InvitationRow({ invitation, zone, onRevoke }: { invitation: Invitation; zone: string; onRevoke: () => void }) {
  const [resend] = useResendInvitationMutation();
  const { act, busy, problem } = useAct(resend);
  const open = invitation.status === "open";
  const mailed = invitation.mail_status && MAILED[invitation.mail_status];
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-56">
        <p className="truncate font-medium">{invitation.email}</p>
        <p className="text-[13px] text-ink-soft">
          {roleTitle(invitation.role)}
          {invitation.events.length > 0 && ` at ${invitation.events.map((event) => event.name).join(", ")}`}
          {open && ` · until ${formatDay(invitation.expires_at, zone)}`}
          {open && mailed && <span className={invitation.mail_status === "failed" ? "text-bad" : ""}> · {mailed}</span>}
        </p>
      </div>
      <StatusBadge status={invitation.status} />
      {(open || invitation.status === "expired") && (
        <div className="flex flex-wrap gap-1">
          {invitation.link && <CopyButton label="Copy the link" text={invitation.link} />}
          <Button aria-label={`Mail the invitation of ${invitation.email} again`} weight="quiet" className="px-3!" busy={busy} onClick={() => void act({ id: invitation.id })}>
            Send again
          </Button>
          {open && (
            <Button aria-label={`Take back the invitation of ${invitation.email}`} weight="danger" className="px-3!" onClick={onRevoke}>
              Take back…
            </Button>
          )}
        </div>
      )}
      {problem && (
        <div className="w-full">
          <Refusal problem={problem} />
        </div>
      )}
    </div>
  );
}

export function Invitations({ organization }: Here) {
  const invitations = useInvitationsInfiniteQuery(undefined, { refetchOnMountOrArgChange: true });
  const [revoke] = useRevokeInvitationMutation();
  const { act, busy, problem, clear } = useAct(revoke);
  const [inviting, setInviting] = useState(false);
  const [ending, setEnding] = useState<Invitation | null>(null);
  const close = () => {
    clear();
    setEnding(null);
  };
  const end = async () => {
    if (ending && (await act({ id: ending.id }))) close();
  };
  return (
    <>
      <Heading title="Invitations" lead="Who was asked in, and has not come yet.">
        <Button weight="primary" icon="plus" onClick={() => setInviting(true)}>
          Invite
        </Button>
      </Heading>
      <List label="Invitations" empty="Nobody is invited. Somebody new comes in by an invitation to their address." query={invitations} of={(invitation) => <InvitationRow invitation={invitation} zone={organization.timezone} onRevoke={() => setEnding(invitation)} />} />
      {inviting && <Invite mine={organization.role} onClose={() => setInviting(false)} />}
      {ending && (
        <Sure title={`Take back the invitation of ${ending.email}?`} yes="Take it back" busy={busy} problem={problem} onYes={() => void end()} onClose={close}>
          Its link stops working at once.
        </Sure>
      )}
    </>
  );
}
