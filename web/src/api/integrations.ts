/** The calls about webhooks: who is told what happens, and what became of each message. */
import { greenroom, write } from "./greenroom";
import { pages } from "./paging";
import type { Page, Webhook, WebhookDelivery } from "./types";

export type WebhookWithSecret = Webhook & { secret: string | null };
export type NewWebhook = { url: string; description: string | null; kinds: string[] };
type Named = { id: string; key: string };
type Versioned = Named & { version: number };

const one = (id: string) => `api/webhooks/${encodeURIComponent(id)}`;
const seen = ({ key, version }: Versioned) => ({ ...write(key), "If-Match": `"${version}"` });

export const integrations = greenroom.enhanceEndpoints({ addTagTypes: ["Webhook", "Delivery"] }).injectEndpoints({
  endpoints: (build) => ({
    webhooks: build.infiniteQuery<Page<Webhook>, void, string | null>({ ...pages("api/webhooks"), providesTags: ["Webhook"] }),
    createWebhook: build.mutation<WebhookWithSecret, NewWebhook & { key: string }>({
      query: ({ key, ...body }) => ({ url: "api/webhooks", method: "POST", headers: write(key), body }),
      invalidatesTags: ["Webhook"],
    }),
    updateWebhook: build.mutation<Webhook, Versioned & Partial<NewWebhook> & { active?: boolean }>({
      query: ({ id, key, version, ...body }) => ({ url: one(id), method: "PATCH", headers: seen({ id, key, version }), body }),
      invalidatesTags: ["Webhook", "Delivery"],
    }),
    deleteWebhook: build.mutation<Webhook, Versioned>({
      query: (named) => ({ url: one(named.id), method: "DELETE", headers: seen(named) }),
      invalidatesTags: ["Webhook"],
    }),
    rotateWebhookSecret: build.mutation<WebhookWithSecret, Named>({
      query: ({ id, key }) => ({ url: `${one(id)}/rotate-secret`, method: "POST", headers: write(key), body: {} }),
      invalidatesTags: ["Webhook"],
    }),
    sendTestWebhook: build.mutation<WebhookDelivery, Named>({
      query: ({ id, key }) => ({ url: `${one(id)}/test`, method: "POST", headers: write(key), body: {} }),
      invalidatesTags: ["Delivery"],
    }),
    deliveries: build.query<Page<WebhookDelivery>, string>({
      query: (id) => ({ url: `${one(id)}/deliveries`, params: { limit: 25 } }),
      providesTags: ["Delivery"],
    }),
    redeliverWebhook: build.mutation<WebhookDelivery, Named>({
      query: ({ id, key }) => ({ url: `api/webhook-deliveries/${encodeURIComponent(id)}/redeliver`, method: "POST", headers: write(key), body: {} }),
      invalidatesTags: ["Delivery"],
    }),
  }),
});

export const {
  useWebhooksInfiniteQuery,
  useCreateWebhookMutation,
  useUpdateWebhookMutation,
  useDeleteWebhookMutation,
  useRotateWebhookSecretMutation,
  useSendTestWebhookMutation,
  useDeliveriesQuery,
  useRedeliverWebhookMutation,
} = integrations;
