/** The calls about files. */
import { greenroom, write } from "./greenroom";
import { pages } from "./paging";
import type { File as StoredFile, Page, Sponsorship, Venue } from "./types";
import { upload, type Upload } from "./uploading";

export type Shown = StoredFile & { url: string | null; expires_at: string | null };
export type FileKind = StoredFile["kind"];

// Links of a file work for five minutes: an older answer would show nothing.
const FRESH_SECONDS = 240;

export const files = greenroom.enhanceEndpoints({ addTagTypes: ["File"] }).injectEndpoints({
  endpoints: (build) => ({
    files: build.infiniteQuery<Page<StoredFile>, { kind?: FileKind } | void, string | null>({ ...pages("api/files"), providesTags: ["File"] }),
    file: build.query<Shown, string>({
      query: (id) => `api/files/${encodeURIComponent(id)}`,
      keepUnusedDataFor: FRESH_SECONDS,
    }),
    uploadFile: build.mutation<StoredFile, Upload>({
      queryFn: (wanted, api) => upload({ ...api, type: "mutation" }, wanted),
      invalidatesTags: ["File"],
    }),
    deleteFile: build.mutation<StoredFile, { id: string; version: number; key: string }>({
      query: ({ id, version, key }) => ({ url: `api/files/${encodeURIComponent(id)}`, method: "DELETE", headers: { ...write(key), "If-Match": `"${version}"` } }),
      invalidatesTags: ["File"],
    }),
    sponsorships: build.query<Page<Sponsorship>, void>({ query: () => ({ url: "api/sponsors", params: { limit: 100 } }) }),
    venues: build.query<Page<Venue>, void>({ query: () => ({ url: "api/venues", params: { limit: 100 } }) }),
  }),
});

export const FRESH = { refetchOnMountOrArgChange: FRESH_SECONDS };
export const { useFilesInfiniteQuery, useFileQuery, useUploadFileMutation, useDeleteFileMutation, useSponsorshipsQuery, useVenuesQuery } = files;
