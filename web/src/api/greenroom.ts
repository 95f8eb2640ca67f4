/** Every REST call of the page as RTK Query endpoints. The truth about proposals and events is read from here only. */
import type { ThunkDispatch, UnknownAction } from "@reduxjs/toolkit";
import { createApi } from "@reduxjs/toolkit/query/react";
import { http, refreshSession } from "./http";
import type { Event, EventDetail, Health, Me, Page, Proposal, RevisedStep, Session, StepInput } from "./types";

export type NewAccount = { email: string; password: string; name?: string; organization?: string; timezone?: string };
type Revision = { id: string; version: number; steps: RevisedStep[]; key: string };
type Decision = { id: string; key: string };

type Answering = { queryFulfilled: Promise<{ data: Proposal }>; dispatch: ThunkDispatch<any, any, UnknownAction> };

/** Shows a mutation's answer at once; the refetch that its tags cause comes after. */
async function keepAnswer(_asked: unknown, { queryFulfilled, dispatch }: Answering): Promise<void> {
  const answer = await queryFulfilled.catch(() => null);
  if (answer) await dispatch(greenroom.util.upsertQueryData("proposal", answer.data.id, answer.data));
}

/** What an approval may have changed anywhere on the page. */
export const AFTER_APPROVAL = ["Proposal", "Event", "Order"] as const;

/** The header of a write that may be sent again. */
export const write = (key: string) => ({ "Idempotency-Key": key });

export const greenroom = createApi({
  reducerPath: "greenroom",
  baseQuery: http,
  tagTypes: ["Proposal", "Event", "Order", "Me"],
  endpoints: (build) => ({
    health: build.query<Health, void>({ query: () => "healthz" }),
    me: build.query<Me, void>({ query: () => "api/auth/me", providesTags: ["Me"] }),
    login: build.mutation<Session, { email: string; password: string }>({
      query: (body) => ({ url: "api/auth/login", method: "POST", body }),
    }),
    signUp: build.mutation<Session | { confirmation_needed: true }, NewAccount>({
      query: (body) => ({ url: "api/auth/signup", method: "POST", body }),
    }),
    recover: build.mutation<null, { email: string }>({ query: (body) => ({ url: "api/auth/recover", method: "POST", body }) }),
    verify: build.mutation<Session, { type: string; token_hash: string }>({
      query: (body) => ({ url: "api/auth/verify", method: "POST", body }),
    }),
    setPassword: build.mutation<null, { password: string }>({ query: (body) => ({ url: "api/auth/password", method: "POST", body }) }),
    logout: build.mutation<null, void>({ query: () => ({ url: "api/auth/logout", method: "POST" }) }),
    refresh: build.mutation<boolean, void>({
      queryFn: async (_none, api) => ({ data: await refreshSession({ ...api, type: "mutation" }) }),
    }),
    events: build.query<Page<Event>, { from_date: string }>({
      query: (params) => ({ url: "api/events", params: { ...params, limit: 100 } }),
      providesTags: ["Event"],
    }),
    event: build.query<EventDetail, string>({
      query: (id) => `api/events/${encodeURIComponent(id)}`,
      providesTags: ["Event"],
    }),
    proposal: build.query<Proposal, string>({
      query: (id) => `api/proposals/${encodeURIComponent(id)}`,
      providesTags: (_result, _error, id) => [{ type: "Proposal", id }],
    }),
    /** Which of these organisations a proposal is of; null where it is of none. */
    placeOfProposal: build.query<string | null, { id: string; organizations: string[] }>({
      queryFn: async ({ id, organizations }, _api, _extra, ask) => {
        for (const organization of organizations) {
          const answer = await ask({ url: `api/proposals/${encodeURIComponent(id)}`, headers: { "Greenroom-Organization": organization } });
          if (answer.data) return { data: organization };
        }
        return { data: null };
      },
    }),
    threadProposals: build.query<Page<Proposal>, string>({
      query: (thread_id) => ({ url: "api/proposals", params: { thread_id, limit: 100 } }),
      providesTags: [{ type: "Proposal", id: "LIST" }],
    }),
    propose: build.mutation<Proposal, { operation: string; input: StepInput; key: string }>({
      query: ({ operation, input, key }) => ({ url: "api/proposals", method: "POST", headers: write(key), body: { steps: [{ operation, input }] } }),
      onQueryStarted: keepAnswer,
    }),
    reviseProposal: build.mutation<Proposal, Revision>({
      query: ({ id, version, steps, key }) => ({
        url: `api/proposals/${encodeURIComponent(id)}`,
        method: "PATCH",
        headers: { ...write(key), "If-Match": `"${version}"` },
        body: { steps },
      }),
      onQueryStarted: keepAnswer,
      invalidatesTags: (_result, _error, { id }) => [{ type: "Proposal", id }],
    }),
    approveProposal: build.mutation<Proposal, Decision & { digest: string }>({
      query: ({ id, digest, key }) => ({
        url: `api/proposals/${encodeURIComponent(id)}/approve`,
        method: "POST",
        headers: write(key),
        body: { digest },
      }),
      onQueryStarted: keepAnswer,
      invalidatesTags: [...AFTER_APPROVAL],
    }),
    rejectProposal: build.mutation<Proposal, Decision>({
      query: ({ id, key }) => ({
        url: `api/proposals/${encodeURIComponent(id)}/reject`,
        method: "POST",
        headers: write(key),
        body: {},
      }),
      onQueryStarted: keepAnswer,
      invalidatesTags: ["Proposal"],
    }),
    undoProposal: build.mutation<Proposal, Decision>({
      query: ({ id, key }) => ({
        url: `api/proposals/${encodeURIComponent(id)}/undo`,
        method: "POST",
        headers: write(key),
        body: {},
      }),
      onQueryStarted: keepAnswer,
      invalidatesTags: ["Proposal"],
    }),
  }),
});

export const {
  useHealthQuery,
  useMeQuery,
  useLoginMutation,
  useSignUpMutation,
  useRecoverMutation,
  useVerifyMutation,
  useSetPasswordMutation,
  useLogoutMutation,
  useRefreshMutation,
  useEventsQuery,
  useEventQuery,
  useProposalQuery,
  usePlaceOfProposalQuery,
  useThreadProposalsQuery,
  useProposeMutation,
  useReviseProposalMutation,
  useApproveProposalMutation,
  useRejectProposalMutation,
  useUndoProposalMutation,
} = greenroom;
