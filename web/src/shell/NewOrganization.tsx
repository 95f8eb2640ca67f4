/** Founding a further organisation; who founds it owns it. */
import { useFoundOrganizationMutation } from "../api/belonging";
import { useAct } from "../api/useAct";
import { Dialog } from "../ui/Dialog";
import { OrganizationForm } from "./OrganizationForm";

type Setting = { timezone: string; currency: string };
type NewOrganizationProps = { from: Setting; onClose: () => void; onFounded: (id: string) => void };

export function NewOrganization({ from, onClose, onFounded }: NewOrganizationProps) {
  const [found] = useFoundOrganizationMutation();
  const { act, busy, problem } = useAct(found);
  return (
    <Dialog title="New organisation" onClose={onClose}>
      <p className="mb-4 text-[14px] text-ink-soft">It has its own events, members and money. You will own it, and find it in this menu.</p>
      <OrganizationForm
        from={{ name: "", timezone: from.timezone, currency: from.currency }}
        busy={busy}
        problem={problem}
        saveWords="Create the organisation"
        onSave={async (values) => {
          const made = await act(values);
          if (made) onFounded(made.id);
        }}
      />
    </Dialog>
  );
}
