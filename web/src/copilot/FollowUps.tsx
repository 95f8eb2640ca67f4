/** A few sentences that the server offers to say next, above the composer. */
import { useConfigureSuggestions, useSuggestions } from "@copilotkit/react-core/v2/headless";

type FollowUpsProps = { agentId: string; runtimeAgentId: string; hidden: boolean; onPick: (text: string) => void };

export function FollowUps({ agentId, runtimeAgentId, hidden, onPick }: FollowUpsProps) {
  useConfigureSuggestions(
    {
      instructions: "Suggest the organiser's next step.",
      available: "after-first-message",
      consumerAgentId: agentId,
      providerAgentId: runtimeAgentId,
      maxSuggestions: 3,
    },
    [],
  );
  const { suggestions, isLoading } = useSuggestions({ agentId });
  if (hidden || isLoading || suggestions.length === 0) return null;
  return (
    <ul aria-label="Suggestions" className="appear mx-auto flex w-full max-w-[760px] gap-2 overflow-x-auto px-4 pb-2.5">
      {suggestions.slice(0, 3).map((suggestion) => (
        <li key={suggestion.title} className="shrink-0">
          <button type="button" title={suggestion.message} onClick={() => onPick(suggestion.message)} className="min-h-11 rounded-full border border-line bg-surface px-4 text-[14px] text-ink-soft transition-colors hover:border-accent/50 hover:text-ink">
            {suggestion.title}
          </button>
        </li>
      ))}
    </ul>
  );
}
