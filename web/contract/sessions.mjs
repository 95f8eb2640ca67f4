/** Scenarios of accounts and sessions; tests/contract/scenarios.py has the same list. */
import { NEWER, PASSWORD, account, address, admin, client, good, made, pause, refreshes, refusal, signInRefusal, signedIn, target } from "./steps.mjs";

export const SESSIONS = {
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
};
