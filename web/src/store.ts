/** The one Redux store: session and REST cache. The conversation itself lives in CopilotKit's agent, not here. */
import { configureStore, createListenerMiddleware } from "@reduxjs/toolkit";
import { setupListeners } from "@reduxjs/toolkit/query";
import { useDispatch, useSelector, useStore } from "react-redux";
import { greenroom } from "./api/greenroom";
import { panelReducer } from "./panel/panelSlice";
import { mirrorSession, sessionEnded, sessionReducer, sessionStarted } from "./session/sessionSlice";

const listener = createListenerMiddleware();

listener.startListening({ actionCreator: sessionStarted, effect: (action) => mirrorSession(action.payload) });
listener.startListening({
  actionCreator: sessionEnded,
  effect: (_action, api) => {
    mirrorSession(null);
    // Nothing that the last person could see may stay for the next one.
    api.dispatch(greenroom.util.resetApiState());
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
