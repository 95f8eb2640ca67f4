/** The road of every REST call: bearer token, organisation, one shared refresh on 401, JSON and problem bodies. */
import { fetchBaseQuery, type BaseQueryFn, type FetchArgs, type FetchBaseQueryError } from "@reduxjs/toolkit/query";
import { sessionEnded, sessionStarted, signedInFrom, type SessionState } from "../session/sessionSlice";
import type { Session } from "./types";

type Carrier = { session: SessionState };

/** What says who calls and where; the copilot's own client sends the same. */
export function callerHeaders({ session, organization }: SessionState): Record<string, string> {
  return {
    ...(session && { Authorization: `Bearer ${session.accessToken}` }),
    ...(organization && { "Greenroom-Organization": organization }),
  };
}

const plain = fetchBaseQuery({
  baseUrl: "/",
  prepareHeaders(headers, { getState }) {
    for (const [name, value] of Object.entries(callerHeaders((getState() as Carrier).session))) {
      if (!headers.has(name)) headers.set(name, value);
    }
    headers.set("Accept", "application/json");
    return headers;
  },
  // Problems come as application/problem+json, which "json" alone would refuse.
  responseHandler: async (response) => {
    const text = await response.text();
    if (!text) return null;
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return { title: response.statusText, code: `http_${response.status}` };
    }
  },
});

type Plain = BaseQueryFn<string | FetchArgs, unknown, FetchBaseQueryError>;

let refreshing: Promise<boolean> | null = null;

/** Exchanges the refresh token once, however many calls ask; false (and signed out) when the server refuses it. */
export function refreshSession(api: Parameters<Plain>[1]): Promise<boolean> {
  refreshing ??= (async () => {
    const token = (api.getState() as Carrier).session.session?.refreshToken;
    if (!token) return false;
    const answer = await plain({ url: "api/auth/refresh", method: "POST", body: { refresh_token: token } }, api, {});
    if (answer.data) {
      api.dispatch(sessionStarted(signedInFrom(answer.data as Session)));
      return true;
    }
    // Without an answer the token may still be good; only a refusal ends the session.
    if (typeof answer.error?.status === "number" && answer.error.status < 500) api.dispatch(sessionEnded("expired"));
    return false;
  })().finally(() => {
    refreshing = null;
  });
  return refreshing;
}

// A refusal of these says nothing about the session one has.
const OPENING = /^api\/auth\/(login|refresh|signup|verify|recover)$/;

export const http: Plain = async (args, api, extra) => {
  const answer = await plain(args, api, extra);
  const url = typeof args === "string" ? args : args.url;
  if (answer.error?.status !== 401 || OPENING.test(url)) return answer;
  return (await refreshSession(api)) ? plain(args, api, extra) : answer;
};
