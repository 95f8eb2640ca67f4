/** Who is signed in: the tokens in memory, mirrored to this tab's sessionStorage so that a reload keeps them. */
import { createSlice, type PayloadAction } from "@reduxjs/toolkit";
import type { Session } from "../api/types";

const KEY = "greenroom.session";

export type SignedIn = { accessToken: string; refreshToken: string; expiresAt: number };
export type SessionState = { session: SignedIn | null; ended: "signed_out" | "expired" | null };

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

const sessionSlice = createSlice({
  name: "session",
  initialState: (): SessionState => ({ session: stored(), ended: null }),
  reducers: {
    sessionStarted(state, action: PayloadAction<SignedIn>) {
      state.session = action.payload;
      state.ended = null;
    },
    sessionEnded(state, action: PayloadAction<"signed_out" | "expired">) {
      state.session = null;
      state.ended = action.payload;
    },
  },
});

export const { sessionStarted, sessionEnded } = sessionSlice.actions;
export const sessionReducer = sessionSlice.reducer;
export { store as mirrorSession };
