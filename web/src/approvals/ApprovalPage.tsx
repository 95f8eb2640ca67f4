/** One proposal by itself, for who followed a link to it. The same card as in the chat; loads no copilot. */
import { useEffect } from "react";
import { useMeQuery, usePlaceOfProposalQuery, useProposalQuery } from "../api/greenroom";
import { problemOf } from "../api/problem";
import { ProposalCard } from "../proposals/ProposalCard";
import { organizationChosen } from "../session/sessionSlice";
import { Suspended } from "../shell/Suspended";
import { ThemeToggle } from "../shell/ThemeToggle";
import { useAppDispatch } from "../store";
import { Icon } from "../ui/Icon";

/** Goes to the organisation that has the proposal, where the link did not say which it is. True while it is looked for. */
function useItsOrganization(id: string): boolean {
  const dispatch = useAppDispatch();
  const { data: me } = useMeQuery();
  const { error } = useProposalQuery(id);
  const others = me?.organizations.map((each) => each.id).filter((each) => each !== me.organization?.id) ?? [];
  const looks = problemOf(error ?? {}).status === 404 && others.length > 0;
  const { data: found } = usePlaceOfProposalQuery({ id, organizations: others }, { skip: !looks });
  useEffect(() => {
    if (found) dispatch(organizationChosen(found));
  }, [dispatch, found]);
  return looks && found !== null;
}

export default function ApprovalPage({ id }: { id: string }) {
  const { data: me } = useMeQuery();
  const looking = useItsOrganization(id);
  return (
    <div className="flex h-dvh flex-col">
      <header className="flex h-14 shrink-0 items-center gap-2 border-b border-line bg-canvas px-2">
        <a href="/" className="inline-flex min-h-11 items-center gap-2 rounded-xl px-4 text-[14px] font-medium text-ink-soft hover:bg-sunken">
          <Icon name="back" />
          Greenroom
        </a>
        <h1 className="min-w-0 flex-1 truncate text-center leading-tight font-semibold">
          Proposal
          {me?.organization && <span className="block truncate text-[12px] font-normal text-ink-soft">{me.organization.name}</span>}
        </h1>
        <span className="flex min-w-[72px] justify-end">
          <ThemeToggle />
        </span>
      </header>
      <Suspended />
      <main className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-[720px] px-4 py-6">{looking ? <p className="text-ink-faint">Looking for the proposal…</p> : <ProposalCard id={id} />}</div>
      </main>
    </div>
  );
}
