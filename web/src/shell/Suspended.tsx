/** Says that the organisation was stopped, and why; it can be read, and nothing else. */
import { useMeQuery } from "../api/greenroom";
import { Notice } from "../ui/Notice";

export function Suspended() {
  const { data: me } = useMeQuery();
  const reason = me?.organization?.suspended_reason;
  if (reason == null) return null;
  return (
    <div className="shrink-0 border-b border-line px-3 py-2">
      <Notice tone="bad" title={`${me?.organization?.name} is suspended`} role="status">
        {reason} It can be read, not changed, and its shop is closed. Write to the people who run this service.
      </Notice>
    </div>
  );
}
