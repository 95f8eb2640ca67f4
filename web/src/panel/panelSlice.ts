/** What the page shows beside the chat: which part on a phone, what the side panel is about, what is open in it. */
import { createSlice, type PayloadAction } from "@reduxjs/toolkit";
import { organizationChosen, sessionEnded } from "../session/sessionSlice";

export type Side = "events" | "orders";
export type View = "threads" | "copilot" | Side;
type PanelState = { view: View; side: Side; eventId: string | null; orderId: string | null };

const CLOSED: PanelState = { view: "copilot", side: "events", eventId: null, orderId: null };

const panelSlice = createSlice({
  name: "panel",
  initialState: CLOSED,
  // What is open belongs to one organisation.
  extraReducers: (build) => build.addCase(organizationChosen, () => CLOSED).addCase(sessionEnded, () => CLOSED),
  reducers: {
    viewChosen(state, action: PayloadAction<View>) {
      state.view = action.payload;
      if (action.payload === "events" || action.payload === "orders") state.side = action.payload;
    },
    eventOpened(state, action: PayloadAction<string>) {
      state.eventId = action.payload;
      state.view = "events";
      state.side = "events";
    },
    eventClosed(state) {
      state.eventId = null;
    },
    orderOpened(state, action: PayloadAction<string>) {
      state.orderId = action.payload;
      state.view = "orders";
      state.side = "orders";
    },
    orderClosed(state) {
      state.orderId = null;
    },
  },
});

export const { viewChosen, eventOpened, eventClosed, orderOpened, orderClosed } = panelSlice.actions;
export const panelReducer = panelSlice.reducer;
