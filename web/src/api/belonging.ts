/** The calls about who belongs to the organisation, which keys it has, and the organisation itself. */
import { greenroom, write } from "./greenroom";
import { pages } from "./paging";
import type { ApiKey, Invitation, InvitationOffer, Member, Organization, Page, Role } from "./types";

type Named = { id: string; key: string };
type Doors = { role: Role; events: string[] };
export type NewKey = { name: string; role: ApiKey["role"]; scopes: string[] | null; expires_at: string | null };
export type NewOrganization = Pick<Organization, "name" | "timezone" | "currency">;
export type Settings = Partial<Pick<Organization, "name" | "timezone" | "currency" | "auto_apply">>;

const one = (place: string, id: string) => `api/${place}/${encodeURIComponent(id)}`;
const invitation = (token: string) => `api/auth/invitations/${encodeURIComponent(token)}`;

export const belonging = greenroom.enhanceEndpoints({ addTagTypes: ["Member", "Invitation", "ApiKey"] }).injectEndpoints({
  endpoints: (build) => ({
    members: build.infiniteQuery<Page<Member>, void, string | null>({ ...pages("api/members"), providesTags: ["Member"] }),
    changeMember: build.mutation<Member, Named & Doors>({
      query: ({ id, key, ...body }) => ({ url: one("members", id), method: "PATCH", headers: write(key), body }),
      invalidatesTags: ["Member"],
    }),
    removeMember: build.mutation<Member, Named>({
      query: ({ id, key }) => ({ url: one("members", id), method: "DELETE", headers: write(key) }),
      invalidatesTags: ["Member"],
    }),
    transferOwnership: build.mutation<Member, Named>({
      query: ({ id, key }) => ({ url: `${one("members", id)}/transfer_ownership`, method: "POST", headers: write(key), body: {} }),
      invalidatesTags: ["Member", "Me"],
    }),
    leaveOrganization: build.mutation<true, Named>({
      query: ({ id }) => ({ url: `api/auth/organizations/${encodeURIComponent(id)}/leave`, method: "POST" }),
      transformResponse: () => true as const,
    }),
    foundOrganization: build.mutation<Organization, NewOrganization & { key: string }>({
      query: ({ key: _key, ...body }) => ({ url: "api/auth/organizations", method: "POST", body }),
    }),
    updateOrganization: build.mutation<Organization, Settings & { version: number; key: string }>({
      query: ({ version, key, ...body }) => ({ url: "api/organization", method: "PATCH", headers: { ...write(key), "If-Match": `"${version}"` }, body }),
      invalidatesTags: ["Me"],
    }),
    invitations: build.infiniteQuery<Page<Invitation>, void, string | null>({ ...pages("api/invitations"), providesTags: ["Invitation"] }),
    inviteMember: build.mutation<Invitation, Doors & { email: string; days: number; key: string }>({
      query: ({ key, ...body }) => ({ url: "api/invitations", method: "POST", headers: write(key), body }),
      invalidatesTags: ["Invitation"],
    }),
    resendInvitation: build.mutation<Invitation, Named>({
      query: ({ id, key }) => ({ url: `${one("invitations", id)}/resend`, method: "POST", headers: write(key), body: {} }),
      invalidatesTags: ["Invitation"],
    }),
    revokeInvitation: build.mutation<Invitation, Named>({
      query: ({ id, key }) => ({ url: one("invitations", id), method: "DELETE", headers: write(key) }),
      invalidatesTags: ["Invitation"],
    }),
    invitationOffer: build.query<InvitationOffer, string>({ query: invitation }),
    acceptInvitation: build.mutation<{ organization_id: string }, { token: string; key: string }>({
      query: ({ token }) => ({ url: invitation(token), method: "POST" }),
    }),
    apiKeys: build.infiniteQuery<Page<ApiKey>, void, string | null>({ ...pages("api/api-keys"), providesTags: ["ApiKey"] }),
    createApiKey: build.mutation<ApiKey, NewKey & { key: string }>({
      query: ({ key, ...body }) => ({ url: "api/api-keys", method: "POST", headers: write(key), body }),
      invalidatesTags: ["ApiKey"],
    }),
    revokeApiKey: build.mutation<ApiKey, Named>({
      query: ({ id, key }) => ({ url: one("api-keys", id), method: "DELETE", headers: write(key) }),
      invalidatesTags: ["ApiKey"],
    }),
  }),
});

export const {
  useMembersInfiniteQuery,
  useChangeMemberMutation,
  useRemoveMemberMutation,
  useTransferOwnershipMutation,
  useLeaveOrganizationMutation,
  useFoundOrganizationMutation,
  useUpdateOrganizationMutation,
  useInvitationsInfiniteQuery,
  useInviteMemberMutation,
  useResendInvitationMutation,
  useRevokeInvitationMutation,
  useInvitationOfferQuery,
  useAcceptInvitationMutation,
  useApiKeysInfiniteQuery,
  useCreateApiKeyMutation,
  useRevokeApiKeyMutation,
} = belonging;
