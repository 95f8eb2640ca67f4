/** Who is signed in, and where they work: mirrored to this tab's sessionStorage so that a reload keeps both. */
import { createSlice, type PayloadAction } from "@reduxjs/toolkit";
import type { Session } from "../api/types";
import { rememberedPlace, tabPlace } from "./place";
import { personIn } from "./token";

const KEY = "greenroom.session";

export type SignedIn = { accessToken: string; refreshToken: string; expiresAt: number };
/**
 * `organization` is where this tab works; null until it is known, which leaves it to the server: the person's first. `person` is who
 * works there, and `visit` counts the changes of place: whatever is drawn is of one visit.
 */
export type SessionState = { session: SignedIn | null; ended: "signed_out" | "expired" | null; person: string | null; organization: string | null; visit: number };

/** The session as kept; `expiresAt` is epoch milliseconds. */
export function signedInFrom(session: Session, now = Date.now()): SignedIn {
  const expiresAt = session.expires_at ? session.expires_at * 1000 : now + session.expires_in * 1000;
  return { accessToken: session.access_token, refreshToken: session.refresh_token, expiresAt };
}

function stored(): SignedIn | null {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    return typeof value === "object" && value !== null && "refreshToken" in value ? (value as SignedIn) : null;
  } catch {
    return null;
  }
}

function store(session: SignedIn | null): void {
  try {
    if (session) sessionStorage.setItem(KEY, JSON.stringify(session));
    else sessionStorage.removeItem(KEY);
  } catch {
    // Storage may be switched off; the session then lives until the tab is reloaded.
  }
}

function begun(): SessionState {
  const session = stored();
  const person = session && personIn(session.accessToken);
  return { session, ended: null, person, organization: tabPlace() ?? rememberedPlace(person), visit: 0 };
}

const sessionSlice = createSlice({
  name: "session",
  initialState: begun,
  reducers: {
    sessionStarted(state, action: PayloadAction<SignedIn>) {
      const person = personIn(action.payload.accessToken);
      // What a link asked for before anybody was signed in stays; what somebody else chose does not.
      if (person !== state.person && (state.person !== null || state.organization === null)) state.organization = rememberedPlace(person);
      state.person = person;
      state.session = action.payload;
      state.ended = null;
    },
    sessionEnded(state, action: PayloadAction<"signed_out" | "expired">) {
      state.session = null;
      state.ended = action.payload;
      state.person = null;
      state.organization = null;
    },
    organizationChosen(state, action: PayloadAction<string | null>) {
      state.organization = action.payload;
      state.visit += 1;
    },
    /** Which one the server took. From then on each call names it, so that no change of memberships leads elsewhere unseen. */
    organizationKnown(state, action: PayloadAction<string>) {
      state.organization ??= action.payload;
    },
  },
});

export const { sessionStarted, sessionEnded, organizationChosen, organizationKnown } = sessionSlice.actions;
export const sessionReducer = sessionSlice.reducer;
export { store as mirrorSession };
