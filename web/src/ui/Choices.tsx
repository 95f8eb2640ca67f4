/** A row of choices of which one holds; the pressed one says so. `joined` draws parts of a page, otherwise filters. */

type ChoicesProps<Name extends string> = { label: string; all: readonly Name[]; chosen: Name; onChoose: (name: Name) => void; joined?: boolean };

const FILTER = { row: "flex flex-wrap gap-1.5", each: "rounded-full border px-3", on: "border-accent bg-accent-soft text-accent-strong", off: "border-line text-ink-soft hover:bg-sunken" };
const PART = { row: "flex gap-1 rounded-xl bg-sunken p-1", each: "flex-1 rounded-lg px-2", on: "bg-surface text-accent-strong shadow-card", off: "text-ink-soft hover:text-ink" };

export function Choices<Name extends string>({ label, all, chosen, onChoose, joined = false }: ChoicesProps<Name>) {
  const look = joined ? PART : FILTER;
  return (
    <div role="group" aria-label={label} className={look.row}>
      {all.map((name) => (
        <button key={name} type="button" aria-pressed={name === chosen} onClick={() => onChoose(name)} className={`min-h-9 text-[13px] font-medium transition-colors max-sm:min-h-11 ${look.each} ${name === chosen ? look.on : look.off}`}>
          {name}
        </button>
      ))}
    </div>
  );
}
