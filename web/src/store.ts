/** The one Redux store: session and REST cache. The conversation itself lives in CopilotKit's agent, not here. */
import { configureStore, createListenerMiddleware, isRejectedWithValue } from "@reduxjs/toolkit";
import { setupListeners } from "@reduxjs/toolkit/query";
import { useDispatch, useSelector, useStore } from "react-redux";
import { greenroom } from "./api/greenroom";
import { panelReducer } from "./panel/panelSlice";
import { keepPlace, leavePlace } from "./session/place";
import { mirrorSession, organizationChosen, organizationKnown, sessionEnded, sessionReducer, sessionStarted } from "./session/sessionSlice";

const listener = createListenerMiddleware();

listener.startListening({ actionCreator: sessionStarted, effect: (action) => mirrorSession(action.payload) });
listener.startListening({
  actionCreator: sessionEnded,
  effect: (_action, api) => {
    mirrorSession(null);
    leavePlace();
    // Nothing that the last person could see may stay for the next one.
    api.dispatch(greenroom.util.resetApiState());
  },
});

listener.startListening({
  actionCreator: organizationChosen,
  effect: (action, api) => {
    keepPlace((api.getState() as RootState).session.person, action.payload);
    api.dispatch(greenroom.util.resetApiState());
  },
});
listener.startListening({
  matcher: greenroom.endpoints.me.matchFulfilled,
  effect: (action, api) => {
    const here = action.payload.organization?.id;
    if (here) api.dispatch(organizationKnown(here));
  },
});
listener.startListening({
  matcher: greenroom.endpoints.me.matchRejected,
  effect: (action, api) => {
    // The place that was remembered is no longer theirs, or never was this person's.
    const status = (action.payload as { status?: unknown } | undefined)?.status;
    if (status === 403 && (api.getState() as RootState).session.organization) api.dispatch(organizationChosen(null));
  },
});

// Many calls may be refused at once, and one look says why.
const LOOK_AGAIN_MS = 300;

listener.startListening({
  matcher: isRejectedWithValue,
  effect: async (action, api) => {
    const status = (action.payload as { status?: unknown } | undefined)?.status;
    if (status !== 403 || greenroom.endpoints.me.matchRejected(action)) return;
    // A role that was changed or taken meanwhile: what is offered follows it.
    api.cancelActiveListeners();
    await api.delay(LOOK_AGAIN_MS);
    api.dispatch(greenroom.endpoints.me.initiate(undefined, { forceRefetch: true, subscribe: false }));
  },
});

export const store = configureStore({
  reducer: { session: sessionReducer, panel: panelReducer, [greenroom.reducerPath]: greenroom.reducer },
  middleware: (defaults) => defaults().prepend(listener.middleware).concat(greenroom.middleware),
});

// Lets queries know whether the tab is looked at, so that a hidden one does not poll.
setupListeners(store.dispatch);

export type RootState = ReturnType<typeof store.getState>;
export const useAppDispatch = useDispatch.withTypes<typeof store.dispatch>();
export const useAppStore = useStore.withTypes<typeof store>();
export const useAppSelector = useSelector.withTypes<RootState>();
