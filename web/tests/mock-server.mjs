/** A loopback stand-in for the server, for developing the page only: `node tests/mock-server.mjs` prints its address. */
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { detailOf, EVENTS, jazzSteps, ME, newProposal, undoSteps, VENUES, withPreview } from "./mock-trade.mjs";

const DIST = fileURLToPath(new URL("../dist/", import.meta.url));
const CSP = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; object-src 'none'";
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
const threads = new Map();
const proposals = new Map();
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const json = (res, status, value) => res.writeHead(status, { "content-type": status < 400 ? "application/json" : "application/problem+json" }).end(JSON.stringify(value));
const problem = (res, status, code, detail) => json(res, status, { type: "about:blank", title: detail, status, code, detail });
async function bodyOf(req) {
  const chunks = [];
  for await (const chunk of req) chunks.push(chunk);
  return chunks.length ? JSON.parse(Buffer.concat(chunks).toString()) : {};
}

function suggest(res, input) {
  const ids = { threadId: input.threadId, runId: input.runId };
  const suggestions = [{ title: "How is it selling?", message: "How are the tickets selling?" }, { title: "Publish Jazz night", message: "Publish Jazz night." }, { title: "What is coming up?", message: "Which events are coming up?" }];
  const events = [{ type: "RUN_STARTED", ...ids }, { type: "TOOL_CALL_START", toolCallId: "s", toolCallName: "copilotkitSuggest", parentMessageId: "m" }, { type: "TOOL_CALL_ARGS", toolCallId: "s", delta: JSON.stringify({ suggestions }) }, { type: "TOOL_CALL_END", toolCallId: "s" }, { type: "RUN_FINISHED", ...ids }];
  res.writeHead(200, { "content-type": "text/event-stream" }).end(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(""));
}

const interruptOf = (id) => ({ id: `i-${id}`, reason: "proposal", metadata: { langgraph: { raw: { kind: "proposal", proposal_id: id } } } });
const outcomeOf = (thread) => (thread.pending ? { outcome: { type: "interrupt", interrupts: [interruptOf(thread.pending)] } } : { outcome: { type: "success" } });

/** Writes the turn's events; every list of messages ends up in the thread and in the closing snapshot. */
function turn(res, thread, input) {
  const ids = { threadId: input.threadId, runId: input.runId };
  const send = (event) => res.write(`data: ${JSON.stringify(event)}\n\n`);
  return {
    start: () => send({ type: "RUN_STARTED", ...ids }),
    async say(text) {
      const id = randomUUID();
      send({ type: "TEXT_MESSAGE_START", messageId: id, role: "assistant" });
      for (const word of text.split(/(?<= )/)) {
        send({ type: "TEXT_MESSAGE_CONTENT", messageId: id, delta: word });
        await pause(12);
      }
      send({ type: "TEXT_MESSAGE_END", messageId: id });
      thread.messages.push({ id, role: "assistant", content: text });
    },
    async call(name, args, result) {
      const message = randomUUID();
      const id = randomUUID();
      send({ type: "TOOL_CALL_START", toolCallId: id, toolCallName: name, parentMessageId: message });
      send({ type: "TOOL_CALL_ARGS", toolCallId: id, delta: JSON.stringify(args) });
      send({ type: "TOOL_CALL_END", toolCallId: id });
      await pause(150);
      const content = JSON.stringify(result);
      const answer = randomUUID();
      send({ type: "TOOL_CALL_RESULT", toolCallId: id, messageId: answer, role: "tool", content });
      thread.messages.push({ id: message, role: "assistant", content: "", toolCalls: [{ id, type: "function", function: { name, arguments: JSON.stringify(args) } }] });
      thread.messages.push({ id: answer, role: "tool", toolCallId: id, content });
    },
    fail: (text) => send({ type: "RUN_ERROR", message: text }),
    finish() {
      send({ type: "MESSAGES_SNAPSHOT", messages: thread.messages });
      send({ type: "STATE_SNAPSHOT", snapshot: {} });
      send({ type: "RUN_FINISHED", ...ids, ...outcomeOf(thread) });
    },
  };
}

async function answer(say, thread, text, answered) {
  if (answered?.kind === "decision") {
    const proposal = proposals.get(answered.proposal_id);
    return say.say(proposal?.status === "applied" ? "Done. **Jazz night** is in the calendar as a draft, the room is booked and the tickets are ready. Publish it when you want to sell." : "All right, nothing was changed.");
  }
  if (/error/i.test(text)) return say.fail("The model did not answer in time.");
  if (/coming up|events/i.test(text)) {
    await say.call("list_events", { from_date: "2027-08-01" }, { items: EVENTS, next_cursor: null });
    return say.say("Three events are coming up. *Vinyl Fair* sells best: 212 of 400.\n\n- Late Summer Quartet: 84 of 120\n- Piano at Noon is still a draft ![x](https://evil.example/x.png)");
  }
  if (/venue/i.test(text)) return say.call("find_venues", { min_capacity: 100 }, { items: VENUES, next_cursor: null });
  if (/refund/i.test(text)) return say.call("get_order", { order: "9" }, { error: { code: "not_found", message: "There is no order 9.", remedy: "Check the number on the confirmation." } });
  const proposal = newProposal(thread.id, /conflict/i.test(text) ? "Jazz night, 12 December" : "Set up Jazz night", jazzSteps(/8 ?pm|21/.test(text) ? "2027-12-12T21:00:00+01:00" : undefined), { conflict: /conflict/i.test(text), staleOnce: /stale/i.test(text) });
  proposals.set(proposal.id, proposal);
  await say.say("Here is what that takes. Nothing is done until you approve.");
  for (const { operation, input } of proposal.steps) await say.call(operation, input, { proposal });
  thread.pending = proposal.id;
}

async function run(res, input) {
  const thread = threads.get(input.threadId) ?? { id: input.threadId, messages: [], pending: null, name: null, archived: false };
  threads.set(thread.id, thread);
  const answered = input.resume?.[0]?.payload;
  if (input.resume) thread.pending = null;
  const known = new Set(thread.messages.map((message) => message.id));
  const fresh = input.messages.filter((message) => message.role === "user" && !known.has(message.id));
  thread.messages.push(...fresh);
  thread.name ??= fresh[0]?.content.slice(0, 48) ?? null;
  res.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  const say = turn(res, thread, input);
  say.start();
  await pause(120);
  const failed = (await answer(say, thread, fresh.at(-1)?.content ?? "", answered)) === true;
  if (!failed) say.finish();
  res.end();
}

function connect(res, input) {
  res.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  const thread = threads.get(input.threadId);
  if (thread) {
    const say = turn(res, thread, input);
    say.start();
    say.finish();
  }
  res.end();
}

function decide(res, proposal, act, body, headers) {
  if (act === "undo") {
    const undo = newProposal(proposal.thread_id, `Undo: ${proposal.title}`, undoSteps(), { undo_of: proposal.id });
    proposals.set(undo.id, undo);
    return json(res, 201, undo);
  }
  if (proposal.status !== "proposed") return problem(res, 409, "proposal_already_decided", "This proposal was already decided.");
  if (!headers["idempotency-key"]) return problem(res, 428, "idempotency_key_missing", "Send an Idempotency-Key.");
  const stale = proposal.staleOnce || body.digest !== proposal.digest;
  if (act === "approve" && stale) {
    if (proposal.staleOnce) proposal.steps[2].input.quantity = 140;
    proposal.staleOnce = false;
    withPreview(proposal);
    return problem(res, 409, "proposal_stale", "The preview has changed since you saw it.");
  }
  const now = new Date().toISOString();
  Object.assign(proposal, { status: act === "approve" ? "applied" : "rejected", decided_at: now, version: proposal.version + 1 });
  if (act === "approve") Object.assign(proposal, { applied_at: now, can_undo: !proposal.undo_of });
  const created = proposal.preview.steps[0].result;
  if (act === "approve" && created) EVENTS.push(created);
  const original = proposals.get(proposal.undo_of);
  if (act === "approve" && original) {
    Object.assign(original, { status: "undone", undone_by: proposal.id, can_undo: false });
    EVENTS.splice(3);
  }
  return json(res, 200, proposal);
}

function proposalRoute(res, req, parts, url, body) {
  if (parts.length === 0) return json(res, 200, { items: [...proposals.values()].filter((each) => each.thread_id === url.searchParams.get("thread_id")), next_cursor: null });
  const proposal = proposals.get(parts[0]);
  if (!proposal) return problem(res, 404, "not_found", "There is no such proposal.");
  if (req.method === "GET") return json(res, 200, proposal);
  if (req.method === "POST") return decide(res, proposal, parts[1], body, req.headers);
  if (req.headers["if-match"] !== `"${proposal.version}"`) return problem(res, 412, "version_stale", "Someone changed this in the meantime.");
  proposal.steps = proposal.steps.map((step, index) => ({ ...step, ...body.steps[index] }));
  return json(res, 200, withPreview(proposal));
}

function copilotRoute(res, req, parts, body) {
  const [kind, id, act] = parts;
  if (kind === "info") return json(res, 200, { version: "1.74.0", mode: "sse", agents: { default: { name: "default", description: "Greenroom", className: "Agent" } }, audioFileTranscriptionEnabled: false, threadEndpoints: { list: true, inspect: false, mutations: true, realtimeMetadata: false }, a2uiEnabled: false, openGenerativeUIEnabled: false, telemetryDisabled: true, suggestions: true });
  if (kind === "agent") return act === "run" ? run(res, body) : act === "connect" ? connect(res, body) : act === "suggest" ? suggest(res, body) : json(res, 200, { stopped: true });
  const wire = ({ id: own, name, archived }) => ({ id: own, organizationId: "o", agentId: "default", createdById: "u", name, archived, createdAt: "2026-07-01T10:00:00Z", updatedAt: "2026-07-01T10:00:00Z" });
  if (!id) return json(res, 200, { threads: [...threads.values()].map(wire).reverse(), nextCursor: null });
  const thread = threads.get(id);
  if (!thread) return problem(res, 404, "not_found", "There is no such conversation.");
  if (req.method === "DELETE") threads.delete(id);
  else Object.assign(thread, act === "archive" ? { archived: true } : { name: body.name ?? thread.name, archived: body.archived ?? thread.archived });
  return json(res, 200, { thread: wire(thread) });
}

async function file(res, path) {
  const wanted = join(DIST, normalize(path === "/" ? "/index.html" : path));
  const content = await readFile(wanted).catch(() => null);
  if (!content) return problem(res, 404, "not_found", "Not found");
  res.writeHead(200, { "content-type": TYPES[extname(wanted)] ?? "application/octet-stream", "content-security-policy": CSP }).end(content);
}

function authRoute(res, act, body) {
  const session = { access_token: randomUUID(), refresh_token: randomUUID(), expires_in: 3600, token_type: "bearer", user: ME.user };
  if (act === "me") return json(res, 200, ME);
  if (act === "logout") return res.writeHead(204).end();
  if (act === "login" && body.password !== "greenroom") return problem(res, 401, "invalid_credentials", "This e-mail and password do not match.");
  return json(res, 200, session);
}

const server = createServer(async (req, res) => {
  const url = new URL(req.url, "http://mock");
  const [root, noun, ...parts] = url.pathname.split("/").filter(Boolean);
  if (url.pathname === "/healthz") return json(res, 200, { status: "ok", demo: true, model: { provider: "rules", name: "rules-planner", coverage: 0.86 } });
  if (root !== "api") return file(res, url.pathname);
  const body = await bodyOf(req);
  if (noun === "auth") return authRoute(res, parts[0], body);
  if (!req.headers.authorization) return problem(res, 401, "unauthenticated", "Sign in first.");
  if (noun === "events") return json(res, 200, parts[0] ? detailOf(EVENTS.find((event) => event.id === parts[0])) : { items: EVENTS, next_cursor: null });
  if (noun === "proposals") return proposalRoute(res, req, parts, url, body);
  if (noun === "copilotkit") return copilotRoute(res, req, parts, body);
  return problem(res, 404, "not_found", "Not found");
});
server.listen(Number(process.env.PORT ?? 0), "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
