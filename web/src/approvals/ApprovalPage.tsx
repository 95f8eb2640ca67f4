/** One proposal by itself, for who followed a link to it. The same card as in the chat; loads no copilot. */
import { ProposalCard } from "../proposals/ProposalCard";
import { ThemeToggle } from "../shell/ThemeToggle";
import { Icon } from "../ui/Icon";

export default function ApprovalPage({ id }: { id: string }) {
  return (
    <div className="flex h-dvh flex-col">
      <header className="flex h-14 shrink-0 items-center gap-2 border-b border-line bg-canvas px-2">
        <a href="/" className="inline-flex min-h-11 items-center gap-2 rounded-xl px-4 text-[14px] font-medium text-ink-soft hover:bg-sunken">
          <Icon name="back" />
          Greenroom
        </a>
        <h1 className="min-w-0 flex-1 truncate text-center font-semibold">Proposal</h1>
        <span className="flex min-w-[72px] justify-end">
          <ThemeToggle />
        </span>
      </header>
      <main className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-[720px] px-4 py-6">
          <ProposalCard id={id} />
        </div>
      </main>
    </div>
  );
}
