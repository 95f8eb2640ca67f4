import { SCOPES } from "../api/rights";
import { offeredSections, sectionIn } from "./sections";

test("each role is offered the parts it may look at, and a viewer none that decides", () => {
  expect(offeredSections(SCOPES.owner)).toEqual(["members", "invitations", "keys", "webhooks", "files", "organization"]);
  expect(offeredSections(SCOPES.admin)).toEqual(offeredSections(SCOPES.owner));
  expect(offeredSections(SCOPES.staff)).toEqual(["members", "files", "organization"]);
  expect(offeredSections(SCOPES.viewer)).toEqual(["files", "organization"]);
  expect(offeredSections(SCOPES.door)).toEqual([]);
});

test("the address chooses among what is offered", () => {
  const offered = offeredSections(SCOPES.viewer);
  expect([sectionIn("/office", offered), sectionIn("/office/organization", offered), sectionIn("/office/keys", offered)]).toEqual(["files", "organization", "files"]);
  expect(sectionIn("/office/files", [])).toBeNull();
});
