/** Programs that act for the organisation: their keys, what each may do, when each was last used, ending one. */
import { useState } from "react";
import { useApiKeysInfiniteQuery, useRevokeApiKeyMutation } from "../api/belonging";
import type { ApiKey } from "../api/types";
import { useAct } from "../api/useAct";
import { Badge } from "../ui/Badge";
import { Button } from "../ui/Button";
import { roleTitle, scopeWords } from "../words/roles";
import { formatDay, formatMoment } from "../words/time";
import { NewKey } from "./NewKey";
import type { Here } from "./OfficePage";
import { Heading, List, ShownOnce, Sure } from "./parts";

type State = "active" | "revoked" | "expired";

const stateOf = ({ revoked_at, expires_at }: ApiKey, now = Date.now()): State => (revoked_at ? "revoked" : expires_at && Date.parse(expires_at) <= now ? "expired" : "active");

function KeyRow({ apiKey, zone, onEnd }: { apiKey: ApiKey; zone: string; onEnd: () => void }) {
  const state = stateOf(apiKey);
  const { name, role, scopes, expires_at, last_used_at, created_at } = apiKey;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-56">
        <p className="truncate font-medium">{name}</p>
        <p className="text-[13px] text-ink-soft">
          {roleTitle(role)}
          {scopes && `, only ${scopes.map(scopeWords).join(", ")}`}
        </p>
        <p className="text-[13px] text-ink-faint">
          {last_used_at ? `Last used ${formatMoment(last_used_at, zone)}` : "Never used"} · made {formatDay(created_at, zone)}
          {state === "active" && expires_at && ` · ends ${formatDay(expires_at, zone)}`}
        </p>
      </div>
      <Badge tone={state === "active" ? "good" : "neutral"}>{state}</Badge>
      {state === "active" && (
        <Button aria-label={`Revoke the key ${name}`} weight="danger" className="min-h-9! px-3! max-sm:-ml-3" onClick={onEnd}>
          Revoke…
        </Button>
      )}
    </div>
  );
}

export function ApiKeys({ organization }: Here) {
  const keys = useApiKeysInfiniteQuery(undefined, { refetchOnMountOrArgChange: true });
  const [revoke] = useRevokeApiKeyMutation();
  const { act, busy, problem, clear } = useAct(revoke);
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<ApiKey | null>(null);
  const [ending, setEnding] = useState<ApiKey | null>(null);
  const close = () => {
    clear();
    setEnding(null);
  };
  const end = async () => {
    if (ending && (await act({ id: ending.id }))) close();
  };
  return (
    <>
      <Heading title="API keys" lead="With a key, a program acts for the organisation by itself. It approves nothing, and decides nothing about members.">
        <Button weight="primary" icon="plus" onClick={() => setMaking(true)}>
          New key
        </Button>
      </Heading>
      <List label="API keys" empty="No program acts for the organisation yet." query={keys} of={(apiKey) => <KeyRow apiKey={apiKey} zone={organization.timezone} onEnd={() => setEnding(apiKey)} />} />
      {making && (
        <NewKey
          mine={organization.role}
          onClose={() => setMaking(false)}
          onMade={(key) => {
            setMaking(false);
            setMade(key);
          }}
        />
      )}
      {made?.key && (
        <ShownOnce title={`The key ${made.name}`} secret={made.key} onClose={() => setMade(null)}>
          Keep it where passwords are kept. Whoever has it acts as {roleTitle(made.role)}.
        </ShownOnce>
      )}
      {ending && (
        <Sure title={`Revoke the key ${ending.name}?`} yes="Revoke it" busy={busy} problem={problem} onYes={() => void end()} onClose={close}>
          The program that has it is refused at once, and for good.
        </Sure>
      )}
    </>
  );
}
