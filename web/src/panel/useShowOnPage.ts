/** Lets the copilot open things on the page: the one tool that runs here. It shows and never writes. */
import { useFrontendTool } from "@copilotkit/react-core/v2/headless";
import { greenroom } from "../api/greenroom";
import { useAppDispatch } from "../store";
import { eventOpened } from "./panelSlice";

type Shown = { kind?: unknown; id?: unknown };

export function useShowOnPage(): void {
  const dispatch = useAppDispatch();
  useFrontendTool<Shown>(
    {
      name: "show_on_page",
      description: "Open one event on the page beside the chat.",
      handler: async ({ kind, id }) => {
        if (kind !== "event" || typeof id !== "string") return JSON.stringify({ shown: false, reason: "The page opens events only." });
        const found = await dispatch(greenroom.endpoints.event.initiate(id, { subscribe: false }));
        if (!found.data) return JSON.stringify({ shown: false, reason: "There is no such event." });
        dispatch(eventOpened(id));
        return JSON.stringify({ shown: true, name: found.data.name });
      },
    },
    [dispatch],
  );
}
