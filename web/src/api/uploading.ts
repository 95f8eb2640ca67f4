/** Brings a file in, and tells how far it is. Not by fetch, which says nothing about what has been sent. */
import type { FetchBaseQueryError } from "@reduxjs/toolkit/query";
import { callerHeaders, refreshSession } from "./http";
import type { File as StoredFile } from "./types";

export type UploadWish = { kind: StoredFile["kind"]; name: string; event?: string; sponsor?: string; venue?: string; thread?: string };
/** `onPart` is told how much has been sent, from 0 to 1. */
export type Upload = { wish: UploadWish; content: Blob; key: string; onPart?: (part: number) => void; stop?: AbortSignal };
type Api = Parameters<typeof refreshSession>[0];
type Outcome = { data: StoredFile } | { error: FetchBaseQueryError };

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function send(api: Api, { wish, content, key, onPart, stop }: Upload): Promise<Outcome> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/uploads?${new URLSearchParams(wish)}`);
    const { session } = api.getState() as { session: Parameters<typeof callerHeaders>[0] };
    const headers = { ...callerHeaders(session), Accept: "application/json", "Idempotency-Key": key, "Content-Type": content.type || "application/octet-stream" };
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (moved) => moved.lengthComputable && onPart?.(moved.loaded / moved.total);
    request.onload = () => {
      const data = parsed(request.responseText);
      resolve(request.status === 201 ? { data: data as StoredFile } : { error: { status: request.status, data } });
    };
    request.onerror = request.onabort = () => resolve({ error: { status: "FETCH_ERROR", error: "not sent" } });
    stop?.addEventListener("abort", () => request.abort());
    request.send(content);
  });
}

export async function upload(api: Api, wanted: Upload): Promise<Outcome> {
  const answer = await send(api, wanted);
  const expired = "error" in answer && answer.error.status === 401;
  return expired && (await refreshSession(api)) ? send(api, wanted) : answer;
}
