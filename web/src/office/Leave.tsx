/** Going for good, by one's own choice. */
import { useLeaveOrganizationMutation } from "../api/belonging";
import { useAct } from "../api/useAct";
import { useSwitching } from "../session/useSwitching";
import type { Here } from "./OfficePage";
import { Sure } from "./parts";

export function Leave({ organization, onClose }: { organization: Here["organization"]; onClose: () => void }) {
  const [leave] = useLeaveOrganizationMutation();
  const { act, busy, problem } = useAct(leave);
  const { switchTo } = useSwitching();
  const go = async () => {
    if (await act({ id: organization.id })) switchTo(null);
  };
  return (
    <Sure title={`Leave ${organization.name}?`} yes="Leave" busy={busy} problem={problem} onYes={() => void go()} onClose={onClose}>
      You will see nothing of it any more. To come back, you have to be invited again.
    </Sure>
  );
}
