/** Beside the sign-in on wide screens: what the product does, as a still picture of its card. */
import { Icon } from "../ui/Icon";
import { formatMoney } from "../words/money";

const STEPS = [
  ["Create event", "Jazz night, Saturday 12 December, 20:00"],
  ["Book venue", "The Blue Room, set-up from 19:00"],
  ["Put tickets on sale", `150 × General at ${formatMoney(2500, "EUR")}`],
  ["Add sponsor", `Yamaha, gold, ${formatMoney(500000, "EUR")}`],
] as const;

export function Showcase() {
  return (
    <aside aria-label="How Greenroom works" className="hidden flex-1 items-center justify-center border-l border-line bg-accent-soft/50 p-10 lg:flex">
      <figure className="w-full max-w-[440px]">
        <div aria-hidden="true" className="flex flex-col gap-4">
          <p className="ml-auto max-w-[88%] rounded-[20px] rounded-br-md bg-accent px-4 py-2.5 text-accent-ink">Jazz night on 12 December at the Blue Room, 150 tickets at 25 euros, Yamaha is gold sponsor for 5,000</p>
          <div className="overflow-hidden rounded-2xl border border-line bg-surface shadow-card">
            <p className="px-5 pt-4 pb-3 text-[17px] font-semibold">Set up Jazz night</p>
            {STEPS.map(([title, summary]) => (
              <div key={title} className="flex gap-3 border-t border-line px-5 py-2.5">
                <span className="mt-0.5 flex size-[18px] shrink-0 items-center justify-center rounded bg-accent text-accent-ink">
                  <Icon name="check" size={13} />
                </span>
                <span>
                  <span className="block font-semibold">{title}</span>
                  <span className="block text-[14px] text-ink-soft">{summary}</span>
                </span>
              </div>
            ))}
            <div className="flex items-center justify-between border-t border-line px-5 py-3.5">
              <span className="rounded-xl bg-accent px-4 py-2 text-[14px] font-semibold text-accent-ink">Approve 4 steps</span>
              <span className="text-[14px] text-ink-soft">
                All or none, <span className="font-semibold text-ink">with undo</span>
              </span>
            </div>
          </div>
        </div>
        <figcaption className="mt-6 text-ink-soft">One sentence becomes a plan you can read, change and approve. All of it happens, or none, and it can be undone.</figcaption>
      </figure>
    </aside>
  );
}
