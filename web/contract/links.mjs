/** Scenarios of links, codes and mails; tests/contract/scenarios.py has the same list. */
import { NEWER, PASSWORD, account, address, admin, client, good, linkFor, made, refusal, signedIn, target } from "./steps.mjs";

export const LINKS = {
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
