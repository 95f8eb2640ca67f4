/** What an empty conversation offers: a welcome and a few sentences that work. */
import { useMeQuery } from "../api/greenroom";
import { Mark } from "../ui/Icon";

export const STARTERS = [
  { title: "Set up a night", text: "Jazz night on 12 December at 20:00 at the Blue Room, 150 tickets at 25 euros, Yamaha is gold sponsor for 5,000" },
  { title: "See what is coming", text: "Which events are coming up?" },
  { title: "Find a place", text: "Which venues hold at least 100 people?" },
  { title: "Check the sales", text: "How are ticket sales going?" },
];

export function Starters({ onPick }: { onPick: (text: string) => void }) {
  const { data: me } = useMeQuery();
  return (
    <div className="mx-auto flex w-full max-w-[760px] flex-1 flex-col justify-center px-4 py-10">
      <Mark size={40} />
      <h2 className="mt-5 text-[28px] leading-tight font-semibold">What are we putting on?</h2>
      <p className="mt-2 max-w-[52ch] text-ink-soft">
        Say it in your own words. You see every change{me?.organization ? ` to ${me.organization.name}` : ""}, to the row and the cent, before anything is done, and you can undo it after.
      </p>
      <ul className="mt-8 grid gap-2.5 sm:grid-cols-3">
        {STARTERS.map((starter) => (
          <li key={starter.title} className="sm:first:col-span-3">
            <button type="button" onClick={() => onPick(starter.text)} className="flex h-full w-full flex-col items-start rounded-2xl border border-line bg-surface px-4 py-3.5 text-left transition-colors hover:border-accent/50 hover:bg-accent-soft/40">
              <span className="block text-[13px] font-semibold text-accent">{starter.title}</span>
              <span className="block text-ink-soft">{starter.text}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
