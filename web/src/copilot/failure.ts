/** Puts what CopilotKit reports as an error into words for the banner. Pure. */

export type Failure = { title: string; detail: string; retry: boolean };

type Reported = { error: unknown; code?: string; context?: Record<string, unknown> };

function statusOf(error: unknown): number | undefined {
  const status = typeof error === "object" && error !== null ? (error as { status?: unknown }).status : undefined;
  return typeof status === "number" ? status : undefined;
}

function detailOf(error: unknown): string {
  const payload = typeof error === "object" && error !== null ? (error as { payload?: unknown }).payload : undefined;
  if (typeof payload === "object" && payload !== null && "detail" in payload && typeof payload.detail === "string") return payload.detail;
  return error instanceof Error ? error.message : "";
}

/** Another tab or process runs this thread, or has already answered its interrupt: join it instead of complaining. */
export function isTakenElsewhere(error: unknown): boolean {
  return statusOf(error) === 409;
}

/** An expired sign-in, which the session's refresh repairs. */
export function isSignedOut(error: unknown): boolean {
  return statusOf(error) === 401;
}

/** The words of a failure; `retry` says whether sending the same again makes sense. */
export function failureOf({ error, code }: Reported): Failure {
  const status = statusOf(error);
  if (status === 429) return { title: "Too many requests", detail: detailOf(error) || "Wait a moment and try again.", retry: true };
  if (status === 409) return { title: "This conversation is busy elsewhere", detail: "Another tab is using it. Your message was not sent yet.", retry: true };
  if (status === 401) return { title: "Your session has ended", detail: "Sign in again to go on.", retry: false };
  if (status === 404) return { title: "This conversation is gone", detail: "It was deleted or belongs to someone else. Start a new one.", retry: false };
  if (code === "runtime_info_fetch_failed" || code === "agent_connect_failed") {
    return { title: "The copilot cannot be reached", detail: "Your events are safe. Check the connection and try again.", retry: true };
  }
  return { title: "The copilot stopped with an error", detail: detailOf(error) || "Nothing was changed without your approval.", retry: true };
}
