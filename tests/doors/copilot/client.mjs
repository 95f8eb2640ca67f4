// The real AG-UI client of the page against a served door: run, decide, connect. Prints what it made of the streams.
import { createRequire } from "node:module";

const [address, token, thread] = process.argv.slice(2);
const require = createRequire(new URL("../../../web/package.json", import.meta.url));
const { HttpAgent } = require("@ag-ui/client");

const agent = new HttpAgent({
  url: `${address}/api/copilotkit/agent/default/run`,
  headers: { Authorization: `Bearer ${token}` },
  threadId: thread,
});
const interrupts = [];
const failures = [];
const subscriber = {
  onRunFinishedEvent: ({ event }) => { interrupts.splice(0, interrupts.length, ...(event.outcome?.interrupts ?? [])); },
  onRunErrorEvent: ({ event }) => { failures.push(event.message); },
  onRunFailed: ({ error }) => { failures.push(String(error)); },
};

agent.addMessage({ id: "u1", role: "user", content: "Jazz night" });
await agent.runAgent({}, subscriber);
const asked = interrupts.map((found) => found.id);
await agent.runAgent({ resume: asked.map((interruptId) => ({ interruptId, status: "resolved", payload: null })) }, subscriber);
const told = { messages: agent.messages, state: agent.state, asked, still: interrupts.map((found) => found.id), failures };
process.stdout.write(JSON.stringify(told));
