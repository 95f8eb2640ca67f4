import { contentWith, filesIn } from "./attachments";

const ID = "0191d2a0-7c1e-7f3a-9b1c-2f7d0e5a4b3c";

test("a message without files stays a text", () => {
  expect(contentWith("hello", [])).toBe("hello");
  expect(filesIn("hello")).toEqual([]);
});

test("files go along as addresses, and are found again", () => {
  const content = contentWith("What is this?", [{ id: ID, media_type: "application/pdf" }]);
  expect(content).toEqual([
    { type: "text", text: "What is this?" },
    { type: "document", source: { type: "url", value: `/api/files/${ID}`, mimeType: "application/pdf" } },
  ]);
  expect(JSON.stringify(content)).not.toContain("base64");
  expect(filesIn(content)).toEqual([ID]);
});

test("what is no file of ours is passed over", () => {
  expect(filesIn([null, 5, { type: "text", text: "x" }, { source: { type: "url", value: "https://elsewhere.example/x.png" } }, { source: { type: "data", value: "AAAA" } }])).toEqual([]);
});
