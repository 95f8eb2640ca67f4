/** Making a key: what it is for, which role and which of its rights, until when. */
import { useState, type FormEvent } from "react";
import { useCreateApiKeyMutation } from "../api/belonging";
import type { ApiKey, Role } from "../api/types";
import { useAct } from "../api/useAct";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { Line, Pick, Tick } from "../ui/Labelled";
import { Refusal } from "../ui/Refusal";
import { rolesGivenBy, roleMay, roleTitle, scopesOf, scopeWords } from "../words/roles";

const ENDS = [
  ["", "Never"],
  ["30", "In 30 days"],
  ["90", "In 90 days"],
  ["365", "In a year"],
] as const;
const DAY_MS = 86_400_000;

type NewKeyProps = { mine: Role; onClose: () => void; onMade: (key: ApiKey) => void };

export function NewKey({ mine, onClose, onMade }: NewKeyProps) {
  const [create] = useCreateApiKeyMutation();
  const { act, busy, problem } = useAct(create);
  const [name, setName] = useState("");
  const [role, setRole] = useState<ApiKey["role"]>("viewer");
  const [some, setSome] = useState(false);
  const [scopes, setScopes] = useState<string[]>([]);
  const [days, setDays] = useState<(typeof ENDS)[number][0]>("90");
  // Fixed while the form is open, so that sending it again is the same wish.
  const [now] = useState(() => Date.now());
  const roles = rolesGivenBy(mine === "admin" ? "owner" : mine).filter((each) => each !== "door") as ApiKey["role"][];
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const expires_at = days ? new Date(now + Number(days) * DAY_MS).toISOString() : null;
    const made = await act({ name: name.trim(), role, scopes: some ? scopes : null, expires_at });
    if (made) onMade(made);
  };
  return (
    <Dialog title="New API key" onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Line label="What is it for?" required maxLength={200} placeholder="The website" value={name} onValue={setName} />
        <Pick
          label="Role"
          hint={`${roleMay(role)}.`}
          value={role}
          all={[...roles].reverse().map((each) => [each, roleTitle(each)] as const)}
          onValue={(chosen) => {
            setRole(chosen);
            setScopes([]);
          }}
        />
        <Tick label="Only some of what the role may do" checked={some} onChecked={setSome} />
        {some && (
          <fieldset className="-mt-3 ml-7 grid gap-x-4 rounded-xl border border-line px-3.5 py-2 sm:grid-cols-2">
            <legend className="px-1 text-[13px] font-medium">It may do</legend>
            {scopesOf(role).map((scope) => (
              <Tick key={scope} label={scopeWords(scope)} checked={scopes.includes(scope)} onChecked={(on) => setScopes(on ? [...scopes, scope] : scopes.filter((each) => each !== scope))} />
            ))}
          </fieldset>
        )}
        <Pick label="Ends" value={days} all={ENDS} onValue={setDays} />
        <Refusal problem={problem} />
        <Button weight="primary" type="submit" busy={busy} disabled={some && scopes.length === 0}>
          Make the key
        </Button>
      </form>
    </Dialog>
  );
}
