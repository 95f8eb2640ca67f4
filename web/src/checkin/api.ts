/** The door's calls, added to the page's API only where the door is open, so that nobody else loads them. */
import { greenroom } from "../api/greenroom";
import type { Page } from "../api/types";
import type { CheckIn, CheckInList, Guest, Kind, OfflineList, OrderCheckIn, QueuedScan, Upload } from "./types";

type At = { list: string; device: string };
type Scan = At & { nonce: string; kind: Kind; code?: string; ticket?: string; force?: boolean };

const at = (list: string) => `api/check-in-lists/${encodeURIComponent(list)}`;
const post = (url: string, body: unknown) => ({ url, method: "POST", body });

export const door = greenroom.injectEndpoints({
  endpoints: (build) => ({
    checkInLists: build.query<Page<CheckInList>, void>({ query: () => ({ url: "api/check-in-lists", params: { limit: 100 } }) }),
    checkInList: build.query<CheckInList, string>({ query: at }),
    guests: build.query<{ items: Guest[] }, { list: string; query: string }>({
      query: ({ list, query }) => ({ url: `${at(list)}/attendees`, params: { query } }),
      // Who is inside changes under our hands: an old answer is a wrong one.
      keepUnusedDataFor: 0,
    }),
    scan: build.mutation<CheckIn, Scan>({
      query: ({ list, device, ...scan }) => post(`${at(list)}/check-ins`, { ...scan, ...(device && { device }) }),
    }),
    scanOrder: build.mutation<OrderCheckIn, At & { order: string; kind: Kind; nonce: string }>({
      query: ({ list, device, ...party }) => post(`${at(list)}/check-in-order`, { ...party, ...(device && { device }) }),
    }),
    uploadScans: build.mutation<Upload, At & { scans: QueuedScan[] }>({
      query: ({ list, device, scans }) => post(`${at(list)}/uploads`, { scans, ...(device && { device }) }),
    }),
    undoScan: build.mutation<CheckIn, string>({ query: (id) => post(`api/check-ins/${encodeURIComponent(id)}/undo`, {}) }),
    // A mutation for the cache's sake: each answer is used once.
    download: build.mutation<OfflineList, { list: string; cursor: string | null }>({
      query: ({ list, cursor }) => ({ url: `${at(list)}/download`, params: { limit: 2000, ...(cursor && { cursor }) } }),
    }),
  }),
});

export const {
  useCheckInListsQuery,
  useCheckInListQuery,
  useGuestsQuery,
  useScanMutation,
  useScanOrderMutation,
  useUploadScansMutation,
  useUndoScanMutation,
  useDownloadMutation,
} = door;
