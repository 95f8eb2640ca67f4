/** Runs the scenarios through @supabase/supabase-js and prints what each saw, as JSON; tests/contract starts it. */
import { LINKS } from "./links.mjs";
import { SESSIONS } from "./sessions.mjs";
import { admin, made, target } from "./steps.mjs";

const SCENARIOS = { ...SESSIONS, ...LINKS };

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
