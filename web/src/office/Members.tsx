/** Who belongs to the organisation: their roles, changing and removing them, handing it over, leaving it. */
import { useState } from "react";
import { useChangeMemberMutation, useMembersInfiniteQuery, useRemoveMemberMutation, useTransferOwnershipMutation } from "../api/belonging";
import type { Member } from "../api/types";
import { useAct } from "../api/useAct";
import { Badge } from "../ui/Badge";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { Refusal } from "../ui/Refusal";
import { mayDecideAbout, rolesGivenBy, roleTitle } from "../words/roles";
import { formatDay } from "../words/time";
import { Leave } from "./Leave";
import type { Here } from "./OfficePage";
import { Heading, List, Sure } from "./parts";
import { isComplete, RoleFields, type Granted } from "./RoleFields";

type Doing = { what: "change" | "remove" | "transfer"; member: Member } | { what: "leave" } | null;

const nameOf = (member: Member) => member.name || member.email;

function ChangeRole({ member, mine, onClose }: { member: Member; mine: Here["organization"]["role"]; onClose: () => void }) {
  const [change] = useChangeMemberMutation();
  const { act, busy, problem } = useAct(change);
  const [granted, setGranted] = useState<Granted>({ role: member.role, events: member.events.map((event) => event.id) });
  return (
    <Dialog title={`Role of ${nameOf(member)}`} onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={async (event) => {
          event.preventDefault();
          if (await act({ id: member.id, ...granted })) onClose();
        }}
      >
        <RoleFields roles={rolesGivenBy(mine)} granted={granted} onGranted={setGranted} />
        <Refusal problem={problem} />
        <Button weight="primary" type="submit" busy={busy} disabled={!isComplete(granted)}>
          Change the role
        </Button>
      </form>
    </Dialog>
  );
}

function Remove({ member, onClose }: { member: Member; onClose: () => void }) {
  const [remove] = useRemoveMemberMutation();
  const { act, busy, problem } = useAct(remove);
  const go = async () => {
    if (await act({ id: member.id })) onClose();
  };
  return (
    <Sure title={`Remove ${nameOf(member)}?`} yes="Remove" busy={busy} problem={problem} onYes={() => void go()} onClose={onClose}>
      What they may do here ends at once. What they did stays.
    </Sure>
  );
}

function Transfer({ member, organization, onClose }: { member: Member; organization: string; onClose: () => void }) {
  const [transfer] = useTransferOwnershipMutation();
  const { act, busy, problem } = useAct(transfer);
  const go = async () => {
    if (await act({ id: member.id })) onClose();
  };
  return (
    <Sure title={`Hand ${organization} over?`} yes="Hand it over" typed={organization} busy={busy} problem={problem} onYes={() => void go()} onClose={onClose}>
      {nameOf(member)} becomes the owner, and you stay as an admin. Only they can hand it back.
    </Sure>
  );
}

function MemberRow({ member, here, onDo }: { member: Member; here: Here; onDo: (doing: Doing) => void }) {
  const { me, organization } = here;
  const mine = { id: me.user.id, role: organization.role };
  const decides = me.scopes.includes("members:write") && mayDecideAbout(member, mine);
  const hands = me.scopes.includes("organization:transfer") && member.id !== mine.id;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-56">
        <p className="truncate font-medium">
          {nameOf(member)}
          {member.id === mine.id && <span className="font-normal text-ink-faint"> (you)</span>}
        </p>
        <p className="truncate text-[13px] text-ink-soft">{[member.name && member.email, `since ${formatDay(member.since, organization.timezone)}`].filter(Boolean).join(" · ")}</p>
        {member.events.length > 0 && <p className="text-[13px] text-ink-soft">At the doors of {member.events.map((event) => event.name).join(", ")}</p>}
      </div>
      <Badge tone={member.role === "owner" ? "good" : "neutral"}>{roleTitle(member.role)}</Badge>
      <div className="flex flex-wrap gap-1">
        {decides && (
          <Button aria-label={`Change the role of ${nameOf(member)}`} className="min-h-9! px-3!" onClick={() => onDo({ what: "change", member })}>
            Role…
          </Button>
        )}
        {hands && member.role !== "owner" && member.role !== "door" && (
          <Button aria-label={`Make ${nameOf(member)} the owner`} weight="quiet" className="min-h-9! px-3!" onClick={() => onDo({ what: "transfer", member })}>
            Make owner…
          </Button>
        )}
        {decides && (
          <Button aria-label={`Remove ${nameOf(member)}`} weight="danger" className="min-h-9! px-3!" onClick={() => onDo({ what: "remove", member })}>
            Remove…
          </Button>
        )}
        {member.id === mine.id && (
          <Button weight="quiet" className="min-h-9! px-3! max-sm:-ml-3" onClick={() => onDo({ what: "leave" })}>
            Leave…
          </Button>
        )}
      </div>
    </div>
  );
}

export function Members(here: Here) {
  const members = useMembersInfiniteQuery(undefined, { refetchOnMountOrArgChange: true });
  const [doing, setDoing] = useState<Doing>(null);
  const close = () => setDoing(null);
  return (
    <>
      <Heading title="Members" lead="Who belongs to the organisation, and what each of them may do." />
      <List label="Members" empty="Nobody belongs here." query={members} of={(member) => <MemberRow member={member} here={here} onDo={setDoing} />} />
      {doing?.what === "change" && <ChangeRole member={doing.member} mine={here.organization.role} onClose={close} />}
      {doing?.what === "remove" && <Remove member={doing.member} onClose={close} />}
      {doing?.what === "transfer" && <Transfer member={doing.member} organization={here.organization.name} onClose={close} />}
      {doing?.what === "leave" && <Leave organization={here.organization} onClose={close} />}
    </>
  );
}
