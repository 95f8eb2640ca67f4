import { answeredByDecision, answeredByMessage, awaitedProposals, proposalAwaited } from "./interrupts";

const interrupt = (id: string, metadata: unknown) => ({ id, reason: "proposal", metadata }) as Parameters<typeof proposalAwaited>[0];

test("the proposal is found wherever the adapter put the interrupt's value", () => {
  const value = { kind: "proposal", proposal_id: "p1" };
  expect(proposalAwaited(interrupt("i", { langgraph: { raw: value } }))).toBe("p1");
  expect(proposalAwaited(interrupt("i", { value }))).toBe("p1");
  expect(proposalAwaited(interrupt("i", value))).toBe("p1");
});

test("an interrupt without a proposal waits for none", () => {
  for (const metadata of [undefined, null, {}, { langgraph: null }, { langgraph: { raw: "text" } }]) expect(proposalAwaited(interrupt("i", metadata))).toBeNull();
});

test("every pending interrupt is answered, or the client would refuse the run", () => {
  const pending = [interrupt("i1", { proposal_id: "p1" }), interrupt("i2", { proposal_id: "p1" })];
  expect(awaitedProposals(pending)).toEqual(["p1"]);
  expect(answeredByMessage(pending)).toEqual([
    { interruptId: "i1", status: "resolved", payload: { kind: "message" } },
    { interruptId: "i2", status: "resolved", payload: { kind: "message" } },
  ]);
  expect(answeredByDecision(pending, { id: "p1", status: "applied" })[0]).toMatchObject({ payload: { kind: "decision", status: "applied" } });
});
