/** What the page shows beside the chat: which part on a phone, which event in the side panel. */
import { createSlice, type PayloadAction } from "@reduxjs/toolkit";

export type View = "threads" | "copilot" | "events";
type PanelState = { view: View; eventId: string | null };

const panelSlice = createSlice({
  name: "panel",
  initialState: { view: "copilot", eventId: null } as PanelState,
  reducers: {
    viewChosen(state, action: PayloadAction<View>) {
      state.view = action.payload;
    },
    eventOpened(state, action: PayloadAction<string>) {
      state.eventId = action.payload;
      state.view = "events";
    },
    eventClosed(state) {
      state.eventId = null;
    },
  },
});

export const { viewChosen, eventOpened, eventClosed } = panelSlice.actions;
export const panelReducer = panelSlice.reducer;
