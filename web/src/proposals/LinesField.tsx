/** Lines of "so many of this ticket type" in a form: each can be changed or taken out, and one more added. */
import { useId } from "react";
import { Button, IconButton } from "../ui/Button";
import type { FieldSpec } from "../words/fields";
import { linesIn, linesText, UUID, type LineValue } from "./fields";

type LinesFieldProps = { field: FieldSpec; value: string; error: string | undefined; names: ReadonlyMap<string, string>; onChange: (value: string) => void };

export function LinesField({ field, value, error, names, onChange }: LinesFieldProps) {
  const id = useId();
  const lines = linesIn(value);
  const change = (index: number, part: Partial<LineValue>) => onChange(linesText(lines.map((line, at) => (at === index ? { ...line, ...part } : line))));
  return (
    <fieldset className="col-span-full" aria-describedby={error ? id : undefined}>
      <legend className="mb-1 text-[13px] font-medium text-ink-soft">{field.label}</legend>
      <ul className="flex flex-col gap-2">
        {lines.map((line, index) => (
          <li key={index} className="flex items-center gap-2">
            <input className="field w-20! shrink-0" inputMode="numeric" autoComplete="off" aria-label={`${field.label}: how many, line ${index + 1}`} value={line.quantity} onChange={(typed) => change(index, { quantity: typed.target.value })} />
            {UUID.test(line.ticket_type) ? (
              <span className="min-w-0 flex-1 truncate">{names.get(line.ticket_type) ?? "a ticket type named by its id"}</span>
            ) : (
              <input className="field min-w-0" autoComplete="off" aria-label={`${field.label}: ticket type, line ${index + 1}`} placeholder="Ticket type" value={line.ticket_type} onChange={(typed) => change(index, { ticket_type: typed.target.value })} />
            )}
            <IconButton label={`Take out line ${index + 1}`} icon="cross" onClick={() => onChange(linesText(lines.filter((_line, at) => at !== index)))} />
          </li>
        ))}
      </ul>
      <Button weight="quiet" icon="plus" className="-ml-2" onClick={() => onChange(linesText([...lines, { ticket_type: "", quantity: "1" }]))}>
        Add a line
      </Button>
      {error && (
        <p id={id} className="mt-1 text-[13px] text-bad">
          {error}
        </p>
      )}
    </fieldset>
  );
}
