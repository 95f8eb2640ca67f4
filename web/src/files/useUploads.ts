/** Files on their way in, each with how far it is and what became of it. */
import { useCallback, useRef, useState } from "react";
import { useUploadFileMutation } from "../api/files";
import { problemOf } from "../api/problem";
import type { UploadWish } from "../api/uploading";
import type { File as StoredFile, Problem } from "../api/types";
import { refusalOf } from "./choosing";

export type Under = { key: string; name: string; part: number; file: StoredFile | null; problem: Problem | null };

export function useUploads(onDone?: (file: StoredFile) => void) {
  const [send] = useUploadFileMutation();
  const [uploads, setUploads] = useState<Under[]>([]);
  const stops = useRef(new Map<string, AbortController>());
  const change = useCallback((key: string, changed: Partial<Under>) => setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...changed } : one))), []);

  const add = useCallback(
    async (content: File, wish: Omit<UploadWish, "name">) => {
      const key = crypto.randomUUID();
      const name = content.name.slice(-200) || "file";
      const refused = refusalOf(wish.kind, content);
      setUploads((all) => [...all, { key, name, part: 0, file: null, problem: refused }]);
      if (refused) return;
      const stop = new AbortController();
      stops.current.set(key, stop);
      const answer = await send({ wish: { ...wish, name }, content, key, onPart: (part) => change(key, { part }), stop: stop.signal });
      stops.current.delete(key);
      if (stop.signal.aborted) return;
      if (answer.data) onDone?.(answer.data);
      change(key, answer.data ? { part: 1, file: answer.data } : { problem: problemOf(answer.error) });
    },
    [send, change, onDone],
  );
  /** Takes one off the list; what is still on its way is stopped. */
  const drop = useCallback((key: string) => {
    stops.current.get(key)?.abort();
    setUploads((all) => all.filter((one) => one.key !== key));
  }, []);
  const clear = useCallback(() => setUploads([]), []);
  const busy = uploads.some((one) => !one.file && !one.problem);
  return { uploads, busy, add, drop, clear };
}
