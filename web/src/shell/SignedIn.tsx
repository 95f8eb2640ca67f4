/** Everything behind the sign-in, loaded only then: the copilot's code is most of the page's weight. */
import { CopilotProvider } from "../copilot/CopilotProvider";
import { Workspace } from "./Workspace";

export default function SignedIn() {
  return (
    <CopilotProvider>
      <Workspace />
    </CopilotProvider>
  );
}
