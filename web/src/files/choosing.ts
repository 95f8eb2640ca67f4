/** What may be uploaded as what, and what is refused before a byte is sent. Pure; the server looks at the content itself. */
import type { FileKind } from "../api/files";
import type { Problem } from "../api/types";
import { formatSize } from "../words/size";

const IMAGES = ["image/png", "image/jpeg", "image/webp"];
const MEGABYTE = 1024 * 1024;

type Rule = { words: string; types: string[]; most: number };

export const RULES: Record<FileKind, Rule> = {
  event_poster: { words: "Poster", types: IMAGES, most: 10 * MEGABYTE },
  sponsor_logo: { words: "Logo", types: IMAGES, most: 10 * MEGABYTE },
  contract: { words: "Contract", types: ["application/pdf"], most: 25 * MEGABYTE },
  attachment: { words: "Attachment", types: [...IMAGES, "application/pdf"], most: 25 * MEGABYTE },
};

/** What is wrong with a file, as far as its name and size tell; null for one that may be tried. */
export function refusalOf(kind: FileKind, file: { type: string; size: number }): Problem | null {
  const { words, types, most } = RULES[kind];
  const refused = (detail: string): Problem => ({ status: 422, code: "file_refused", detail });
  if (file.size === 0) return refused("This file is empty.");
  if (file.size > most) return refused(`It has ${formatSize(file.size)}; at most ${most / MEGABYTE} MB are taken.`);
  // A type the browser does not know is left to the server.
  if (file.type && !types.includes(file.type)) return refused(types === IMAGES ? `A ${words.toLowerCase()} is a PNG, JPEG or WebP picture.` : `Only ${types.length === 1 ? "PDF is" : "pictures (PNG, JPEG, WebP) and PDF are"} taken.`);
  return null;
}

/** What is of a picture is shown; other files are saved. */
export const isPicture = (type: string): boolean => IMAGES.includes(type);
