import { timeline, type WireMessage } from "./timeline";

const user = (id: string, content: string): WireMessage => ({ id, role: "user", content });
const calls = (id: string, ...names: string[]): WireMessage => ({
  id,
  role: "assistant",
  content: "",
  toolCalls: names.map((name) => ({ id: `${id}-${name}`, function: { name, arguments: "{}" } })),
});
const result = (call: string, value: unknown): WireMessage => ({ id: `r-${call}`, role: "tool", toolCallId: call, content: JSON.stringify(value) });
const shape = (messages: WireMessage[], awaited: string[] = [], running = false) =>
  timeline(messages, awaited, running).map((item) => `${item.kind}:${item.id}`);

test("four write calls of one turn become one card", () => {
  const messages = [
    user("u", "Jazz night"),
    calls("a", "create_event", "book_venue"),
    result("a-create_event", { proposal: { id: "p1" } }),
    result("a-book_venue", { proposal: { id: "p1" } }),
  ];
  expect(shape(messages, ["p1"])).toEqual(["person:u", "proposal:p1"]);
});

test("a card is shown from the interrupt alone and the unanswered calls are hidden", () => {
  expect(shape([user("u", "Jazz night"), calls("a", "create_event")], ["p1"])).toEqual(["person:u", "proposal:p1"]);
});

test("a proposal revised in a later turn moves down and leaves a pointer", () => {
  const messages = [
    user("u1", "Jazz night"),
    calls("a", "create_event"),
    result("a-create_event", { proposal: { id: "p1" } }),
    user("u2", "no, make it 8pm"),
    calls("b", "create_event"),
    result("b-create_event", { proposal: { id: "p1" } }),
  ];
  expect(shape(messages)).toEqual(["person:u1", "revised:p1", "person:u2", "proposal:p1"]);
});

test("a call shows as working only while the agent runs", () => {
  const messages = [user("u", "list"), calls("a", "list_events")];
  expect(shape(messages, [], true)).toEqual(["person:u", "tool:a-list_events"]);
  expect(shape(messages)).toEqual(["person:u"]);
});

test("text and calls of one message keep their order, system and empty messages are not shown", () => {
  const messages: WireMessage[] = [
    { id: "s", role: "system", content: "secret" },
    user("e", "  "),
    { ...calls("a", "list_events"), content: [{ type: "text", text: "Looking." }] },
    result("a-list_events", { items: [] }),
  ];
  expect(shape(messages)).toEqual(["answer:a", "tool:a-list_events"]);
});

test("refusals that the copilot put into words are not shown a second time", () => {
  const refused = { error: { code: "invalid_input", message: "Not run." } };
  const turn = [user("u", "Jazz night"), calls("a", "create_event", "book_venue"), result("a-create_event", refused), result("a-book_venue", refused)];
  expect(shape(turn)).toEqual(["person:u", "tool:a-create_event"]);
  expect(shape(turn, [], true)).toEqual(["person:u"]);
  expect(shape([...turn, { id: "q", role: "assistant", content: "At what time?" }])).toEqual(["person:u", "answer:q"]);
});

test("a refusal with a name of its own is always shown", () => {
  const taken = { error: { code: "not_found", message: "There is no order 9." } };
  const turn = [user("u", "show order 9"), calls("a", "get_order"), result("a-get_order", taken), { id: "q", role: "assistant", content: "I can not find it." }];
  expect(shape(turn)).toEqual(["person:u", "tool:a-get_order", "answer:q"]);
});

test("files that go along stay with the message, and alone they are no message", () => {
  const file = { type: "document", source: { type: "url", value: "/api/files/0191d2a0-7c1e-7f3a-9b1c-2f7d0e5a4b3c" } };
  const items = timeline([{ id: "u", role: "user", content: [{ type: "text", text: "See this" }, file] }, { id: "v", role: "user", content: [file] }], [], false);
  expect(items).toEqual([{ kind: "person", id: "u", text: "See this", files: ["0191d2a0-7c1e-7f3a-9b1c-2f7d0e5a4b3c"] }]);
});
