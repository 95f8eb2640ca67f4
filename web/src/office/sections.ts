/** The parts of the office, and which of them somebody is offered. Pure. */
import type { IconName } from "../ui/Icon";

export const SECTIONS = {
  members: { words: "Members", icon: "people", needs: "members:read" },
  invitations: { words: "Invitations", icon: "mail", needs: "members:write" },
  keys: { words: "API keys", icon: "key", needs: "api_keys:write" },
  webhooks: { words: "Webhooks", icon: "link", needs: "integrations:read" },
  files: { words: "Files", icon: "file", needs: "files:read" },
  organization: { words: "Organisation", icon: "office", needs: "events:read" },
} as const satisfies Record<string, { words: string; icon: IconName; needs: string }>;

export type Section = keyof typeof SECTIONS;

const ALL = Object.keys(SECTIONS) as Section[];

export function offeredSections(scopes: readonly string[]): Section[] {
  return ALL.filter((section) => scopes.includes(SECTIONS[section].needs));
}

/** The part an address names, or the first that is offered. */
export function sectionIn(path: string, offered: Section[]): Section | null {
  const named = path.match(/^\/office\/([a-z]+)\/?$/)?.[1];
  return offered.find((section) => section === named) ?? offered[0] ?? null;
}
