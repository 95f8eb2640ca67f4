/** Steps of the contract's scenarios: fresh clients, accounts that are removed again, refusals as code and status. */
import { randomUUID } from "node:crypto";
import { createClient } from "@supabase/supabase-js";

export const target = JSON.parse(process.argv[2]);
export const PASSWORD = "correct horse battery";
export const NEWER = "a newer password";
export const made = new Set();

/** Older Nodes have no WebSocket; none is opened here. */
class NoSocket {}

export function client(key = target.publishable_key, token = undefined) {
  return createClient(target.url, key, {
    global: token ? { headers: { Authorization: `Bearer ${token}` } } : {},
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    realtime: { transport: NoSocket },
  });
}

export const admin = () => client(target.secret_key).auth.admin;
export const address = () => `contract-${randomUUID()}@example.org`;
export const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** The data of an answer that must be good. */
export async function good(promise) {
  const { data, error } = await promise;
  if (error) throw new Error(`${error.status} ${error.code} ${error.message}`);
  if (data?.user?.id) made.add(data.user.id);
  return data;
}

/** Code and status of an answer that must be a refusal. */
export async function refusal(promise) {
  const { error } = await promise;
  if (!error) throw new Error("was not refused");
  return [error.code, error.status];
}

export async function account(more = {}) {
  const email = address();
  const { user } = await good(admin().createUser({ email, password: PASSWORD, email_confirm: true, ...more }));
  return { email, id: user.id };
}

export async function signedIn(email, password = PASSWORD) {
  const own = client();
  const { session } = await good(own.auth.signInWithPassword({ email, password }));
  return { own, session };
}

export const signInRefusal = (email, password) => refusal(client().auth.signInWithPassword({ email, password }));
export const refreshes = async (token) => !(await client().auth.refreshSession({ refresh_token: token })).error;
export const linkFor = async (params) => (await good(admin().generateLink(params))).properties;
