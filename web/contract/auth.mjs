/** The scenarios of tests/contract/scenarios.py through @supabase/supabase-js; prints what each saw, as JSON. */
import { randomUUID } from "node:crypto";
import { createClient } from "@supabase/supabase-js";

const target = JSON.parse(process.argv[2]);
const PASSWORD = "correct horse battery";
const NEWER = "a newer password";
const made = new Set();

/** Older Nodes have no WebSocket; none is opened here. */
class NoSocket {}

function client(key = target.publishable_key, token = undefined) {
  return createClient(target.url, key, {
    global: token ? { headers: { Authorization: `Bearer ${token}` } } : {},
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    realtime: { transport: NoSocket },
  });
}

const admin = () => client(target.secret_key).auth.admin;
const address = () => `contract-${randomUUID()}@example.org`;
const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** The data of an answer that must be good. */
async function good(promise) {
  const { data, error } = await promise;
  if (error) throw new Error(`${error.status} ${error.code} ${error.message}`);
  if (data?.user?.id) made.add(data.user.id);
  return data;
}

/** Code and status of an answer that must be a refusal. */
async function refusal(promise) {
  const { error } = await promise;
  if (!error) throw new Error("was not refused");
  return [error.code, error.status];
}

async function account(more = {}) {
  const email = address();
  const { user } = await good(admin().createUser({ email, password: PASSWORD, email_confirm: true, ...more }));
  return { email, id: user.id };
}

async function signedIn(email, password = PASSWORD) {
  const own = client();
  const { session } = await good(own.auth.signInWithPassword({ email, password }));
  return { own, session };
}

const signInRefusal = (email, password) => refusal(client().auth.signInWithPassword({ email, password }));
const refreshes = async (token) => !(await client().auth.refreshSession({ refresh_token: token })).error;
const linkFor = async (params) => (await good(admin().generateLink(params))).properties;

const SCENARIOS = {
  async a_person_signs_up() {
    const email = address();
    const own = client();
    const data = await good(own.auth.signUp({ email, password: PASSWORD, options: { data: { name: "Ada" } } }));
    return {
      session: Boolean(data.session),
      same: data.user.email === email,
      name: data.user.user_metadata.name,
      confirmed: Boolean(data.user.email_confirmed_at),
    };
  },

  async a_known_address_signs_up_again() {
    const { email, id } = await account();
    const { data, error } = await client().auth.signUp({ email, password: NEWER });
    if (error) return { refused: [error.code, error.status] };
    return { refused: null, same: data.user.id === id, identities: data.user.identities.length };
  },

  async a_weak_password_is_named() {
    const { error } = await client().auth.signUp({ email: address(), password: "a" });
    return { refused: [error.code, error.status], reasons: error.reasons };
  },

  async passwords_are_checked() {
    const { email } = await account();
    const { session } = await signedIn(email.toUpperCase());
    return {
      same: session.user.email === email,
      type: session.token_type,
      wrong: await signInRefusal(email, "wrong password"),
      unknown: await signInRefusal(address(), PASSWORD),
    };
  },

  async the_token_says_who_it_is() {
    const { email, id } = await account();
    const { session } = await signedIn(email);
    const { claims } = await good(client().auth.getClaims(session.access_token));
    return {
      same: claims.sub === id && claims.email === email,
      role: claims.role,
      aud: claims.aud,
      aal: claims.aal,
      method: claims.amr[0].method,
      issued: claims.iss.endsWith("/auth/v1"),
    };
  },

  async the_server_tells_who_is_signed_in() {
    const { email, id } = await account();
    const { session } = await signedIn(email);
    const { user } = await good(client().auth.getUser(session.access_token));
    const [head, body, signature] = session.access_token.split(".");
    const forged = [head, body, (signature[0] === "A" ? "B" : "A") + signature.slice(1)].join(".");
    return { same: user.id === id, forged: await refusal(client().auth.getUser(forged)) };
  },

  async a_refresh_token_is_exchanged_for_the_next() {
    const { session } = await signedIn((await account()).email);
    const next = (await good(client().auth.refreshSession({ refresh_token: session.refresh_token }))).session;
    return {
      same: next.user.id === session.user.id,
      another: next.refresh_token !== session.refresh_token,
      repeated: await refreshes(session.refresh_token),
    };
  },

  async a_copied_refresh_token_ends_the_session() {
    const { session: first } = await signedIn((await account()).email);
    const second = (await good(client().auth.refreshSession({ refresh_token: first.refresh_token }))).session;
    const third = (await good(client().auth.refreshSession({ refresh_token: second.refresh_token }))).session;
    await pause(target.reuse_wait);
    return {
      copied: await refusal(client().auth.refreshSession({ refresh_token: first.refresh_token })),
      successor: await refreshes(third.refresh_token),
    };
  },

  async signing_out_ends_what_it_says() {
    const { email } = await account();
    const [one, two, three] = [await signedIn(email), await signedIn(email), await signedIn(email)];
    await good(one.own.auth.signOut({ scope: "others" }).then(({ error }) => ({ data: {}, error })));
    const others = [await refreshes(two.session.refresh_token), await refreshes(three.session.refresh_token)];
    const four = await signedIn(email);
    const five = await signedIn(email);
    await four.own.auth.signOut({ scope: "local" });
    const local = [await refreshes(four.session.refresh_token), await refreshes(five.session.refresh_token)];
    const six = await signedIn(email);
    const seven = await signedIn(email);
    await six.own.auth.signOut({ scope: "global" });
    const all = [await refreshes(six.session.refresh_token), await refreshes(seven.session.refresh_token)];
    return { others, local, global: all };
  },

  async a_person_changes_password_and_name() {
    const { email } = await account({ user_metadata: { name: "Ada", city: "Paris" } });
    const { own } = await signedIn(email);
    const { user } = await good(own.auth.updateUser({ data: { name: "Bo" } }));
    const same = await refusal(own.auth.updateUser({ password: PASSWORD }));
    await good(own.auth.updateUser({ password: NEWER }));
    await signedIn(email, NEWER);
    return { name: user.user_metadata.name, city: user.user_metadata.city, same, old: await signInRefusal(email, PASSWORD) };
  },

  async an_administrator_keeps_accounts() {
    const { email, id } = await account({ app_metadata: { plan: "venue" } });
    const found = (await good(admin().getUserById(id))).user;
    const changed = (await good(admin().updateUserById(id, { user_metadata: { name: "Bo" } }))).user;
    const taken = await refusal(admin().createUser({ email, password: PASSWORD }));
    await good(admin().deleteUser(id));
    made.delete(id);
    return {
      plan: found.app_metadata.plan,
      same: found.email === email,
      name: changed.user_metadata.name,
      taken,
      gone: await refusal(admin().getUserById(id)),
    };
  },

  async accounts_come_in_pages() {
    const { id } = await account();
    await account();
    const one = (await good(admin().listUsers({ page: 1, perPage: 1 }))).users;
    const two = (await good(admin().listUsers({ page: 2, perPage: 1 }))).users;
    const many = (await good(admin().listUsers({ page: 1, perPage: 100 }))).users;
    return {
      lengths: [one.length, two.length],
      another: one[0].id !== two[0].id,
      found: many.some((user) => user.id === id),
    };
  },

  async administration_takes_the_secret_key() {
    const { email } = await account();
    const { session } = await signedIn(email);
    const person = client(target.publishable_key, session.access_token);
    return {
      stranger: await refusal(client().auth.admin.listUsers()),
      person: await refusal(person.auth.admin.listUsers()),
    };
  },

  async a_banned_person_is_kept_out() {
    const { email, id } = await account();
    await good(admin().updateUserById(id, { ban_duration: "1h" }));
    const banned = await signInRefusal(email, PASSWORD);
    await good(admin().updateUserById(id, { ban_duration: "none" }));
    await signedIn(email);
    return { banned };
  },

  async an_unconfirmed_address_waits() {
    const { email, id } = await account({ email_confirm: false });
    const early = await signInRefusal(email, PASSWORD);
    await good(admin().updateUserById(id, { email_confirm: true }));
    await signedIn(email);
    return { early };
  },

  async a_confirmation_link_is_good_once() {
    const email = address();
    const link = await linkFor({ type: "signup", email, password: PASSWORD });
    const given = { type: "signup", token_hash: link.hashed_token };
    const { user, session } = await good(client().auth.verifyOtp(given));
    await signedIn(email);
    return {
      session: Boolean(session),
      confirmed: Boolean(user.email_confirmed_at),
      again: await refusal(client().auth.verifyOtp(given)),
    };
  },

  async a_recovery_code_opens_the_account() {
    const { email } = await account();
    const link = await linkFor({ type: "recovery", email });
    const wrong = String((Number(link.email_otp) + 1) % 10 ** link.email_otp.length).padStart(link.email_otp.length, "0");
    const refused = await refusal(client().auth.verifyOtp({ type: "recovery", email, token: wrong }));
    const own = client();
    await good(own.auth.verifyOtp({ type: "recovery", email, token: link.email_otp }));
    await good(own.auth.updateUser({ password: NEWER }));
    await signedIn(email, NEWER);
    return { refused };
  },

  async a_magic_link_signs_in() {
    const { email, id } = await account();
    const link = await linkFor({ type: "magiclink", email });
    const { session } = await good(client().auth.verifyOtp({ type: "email", token_hash: link.hashed_token }));
    const { claims } = await good(client().auth.getClaims(session.access_token));
    return { same: session.user.id === id, type: link.verification_type, method: claims.amr[0].method };
  },

  async an_invitation_is_accepted() {
    const email = address();
    const link = await linkFor({ type: "invite", email });
    const own = client();
    const { user } = await good(own.auth.verifyOtp({ type: "invite", token_hash: link.hashed_token }));
    await good(own.auth.updateUser({ password: NEWER }));
    await signedIn(email, NEWER);
    return { invited: Boolean(user.invited_at), again: await refusal(admin().generateLink({ type: "invite", email })) };
  },

  async a_change_of_address_is_confirmed() {
    const { email, id } = await account();
    const newEmail = address();
    const current = await linkFor({ type: "email_change_current", email, newEmail });
    const wanted = await linkFor({ type: "email_change_new", email, newEmail });
    await client().auth.verifyOtp({ type: "email_change", email, token: current.email_otp });
    const before = (await good(admin().getUserById(id))).user.email;
    if (before === email) {
      await client().auth.verifyOtp({ type: "email_change", email: newEmail, token: wanted.email_otp });
    }
    const after = (await good(admin().getUserById(id))).user.email;
    return { halfway: before === newEmail, changed: after === newEmail };
  },

  async a_link_for_a_stranger_is_refused() {
    return { recovery: await refusal(admin().generateLink({ type: "recovery", email: address() })) };
  },

  async a_followed_link_brings_a_session() {
    const { email } = await account();
    const link = await linkFor({ type: "recovery", email });
    const follow = async () => {
      const answer = await fetch(link.action_link, { redirect: "manual" });
      return [answer.status, new URLSearchParams(new URL(answer.headers.get("location")).hash.slice(1))];
    };
    const [status, members] = await follow();
    const { user } = await good(client().auth.getUser(members.get("access_token")));
    const [, again] = await follow();
    return { status, type: members.get("type"), same: user.email === email, again: again.get("error_code") };
  },

  async strangers_learn_nothing() {
    const recovery = await client().auth.resetPasswordForEmail(address());
    const resent = await client().auth.resend({ type: "signup", email: address() });
    const code = await refusal(client().auth.signInWithOtp({ email: address(), options: { shouldCreateUser: false } }));
    return { recovery: recovery.error === null, resent: resent.error === null, code };
  },

  async mails_are_not_sent_in_a_row() {
    const { email } = await account();
    const first = await client().auth.resetPasswordForEmail(email);
    return { first: first.error === null, second: await refusal(client().auth.resetPasswordForEmail(email)) };
  },

  async an_invitation_is_mailed_to_newcomers() {
    const { user } = await good(admin().inviteUserByEmail(address(), { data: { name: "Cy" } }));
    const { email } = await account();
    return {
      invited: Boolean(user.invited_at),
      name: user.user_metadata.name,
      known: await refusal(admin().inviteUserByEmail(email)),
    };
  },

  async a_made_up_refresh_token_is_refused() {
    return { status: (await refusal(client().auth.refreshSession({ refresh_token: "made-up" })))[1] };
  },

  async the_server_describes_itself() {
    const read = async (path) =>
      (await fetch(`${target.url}/auth/v1${path}`, { headers: { apikey: target.publishable_key } })).json();
    const [settings, health, keys] = [await read("/settings"), await read("/health"), await read("/.well-known/jwks.json")];
    return {
      email: settings.external.email,
      told: typeof settings.mailer_autoconfirm,
      health: typeof health.name,
      keys: keys.keys.length > 0 && keys.keys.every((key) => key.d === undefined),
    };
  },
};

async function run(name) {
  try {
    return { saw: await SCENARIOS[name]() };
  } catch (error) {
    return { failed: String(error.stack ?? error) };
  }
}

const results = {};
for (const name of Object.keys(SCENARIOS)) {
  if (!target.skipped.includes(name)) results[name] = await run(name);
}
for (const id of made) await admin().deleteUser(id);
process.stdout.write(JSON.stringify({ scenarios: Object.keys(SCENARIOS), results }));
