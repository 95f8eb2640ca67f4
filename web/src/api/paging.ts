/** Lists that come page by page: how the next page is asked for. */
import type { Page } from "./types";

const AT_ONCE = 50;

/** The part of an infinite query that every list has in common. */
export function pages(url: string) {
  return {
    infiniteQueryOptions: { initialPageParam: null, getNextPageParam: (last: Page<unknown>) => last.next_cursor ?? undefined },
    query: ({ pageParam, queryArg }: { pageParam: string | null; queryArg: Record<string, string> | void }) => ({
      url,
      params: { ...(queryArg ?? {}), limit: AT_ONCE, ...(pageParam && { cursor: pageParam }) },
    }),
  };
}
