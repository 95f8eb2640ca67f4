/** Files in a message: by the address of one that was uploaded, never by their content. Pure. */
import type { File as StoredFile } from "../api/types";

const ADDRESS = /\/api\/files\/([0-9a-f-]{36})$/i;

/** As many as the server takes with one message. */
export const MOST_FILES = 10;

type Part = { type: "text"; text: string } | { type: "document"; source: { type: "url"; value: string; mimeType: string } };

/** What a message says, with the files that go along. */
export function contentWith(text: string, files: readonly Pick<StoredFile, "id" | "media_type">[]): string | Part[] {
  if (files.length === 0) return text;
  return [{ type: "text", text }, ...files.map(({ id, media_type }): Part => ({ type: "document", source: { type: "url", value: `/api/files/${id}`, mimeType: media_type } }))];
}

/** Ids of the files a message refers to. */
export function filesIn(content: unknown): string[] {
  if (!Array.isArray(content)) return [];
  return content.flatMap((part: unknown) => {
    const value = (part as { source?: { value?: unknown } } | null)?.source?.value;
    const id = typeof value === "string" ? ADDRESS.exec(value)?.[1] : undefined;
    return id ? [id] : [];
  });
}
