import { dequeue, enqueue, queued } from "./queue";

function memory() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}
const scan = (nonce: string) => ({ nonce, scanned_at: "2026-12-12T19:00:00Z", kind: "entry" as const, code: "abc" });

test("scans wait per list and in order, and what was told goes", () => {
  const store = memory();
  for (const nonce of ["1", "2", "3"]) enqueue("door", scan(nonce), store);
  enqueue("stage", scan("9"), store);
  expect(dequeue("door", [scan("1"), scan("3")], store).map((left) => left.nonce)).toEqual(["2"]);
  expect(queued("stage", store)).toHaveLength(1);
  dequeue("door", [scan("2")], store);
  expect(store.getItem("greenroom.scans.door")).toBeNull();
});

test("what is not ours in the storage is an empty queue", () => {
  const store = memory();
  store.setItem("greenroom.scans.door", "{");
  expect(queued("door", store)).toEqual([]);
});
