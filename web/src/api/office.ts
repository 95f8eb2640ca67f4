/** The calls of the office's pages: orders, their people, payments, refunds and mails. Changes go as proposals. */
import { greenroom, write } from "./greenroom";
import type { Attendee, Mail, MailSummary, Order, OrderLink, Page, Payment, Refund } from "./types";

export type OrderFilter = { owed?: "unpaid" | "overpaid"; needs_approval?: true; buyer?: string; event?: string; cursor?: string };

export const office = greenroom.injectEndpoints({
  endpoints: (build) => ({
    orders: build.query<Page<Order>, OrderFilter>({
      query: (params) => ({ url: "api/orders", params: { ...params, limit: 25 } }),
      providesTags: ["Order"],
    }),
    order: build.query<Order, string>({ query: (id) => `api/orders/${encodeURIComponent(id)}`, providesTags: ["Order"] }),
    orderAttendees: build.query<Page<Attendee>, { event: string; query: string }>({
      query: (params) => ({ url: "api/attendees", params: { ...params, limit: 100 } }),
      providesTags: ["Order"],
    }),
    orderLink: build.query<OrderLink, string>({ query: (id) => `api/orders/${encodeURIComponent(id)}/link`, providesTags: ["Order"] }),
    payments: build.query<Page<Payment>, { order?: string; status?: Payment["status"] }>({
      query: (params) => ({ url: "api/payments", params: { ...params, limit: 50 } }),
      providesTags: ["Order"],
    }),
    refunds: build.query<Page<Refund>, { order?: string; status?: Refund["status"] }>({
      query: (params) => ({ url: "api/refunds", params: { ...params, limit: 50 } }),
      providesTags: ["Order"],
    }),
    mails: build.query<Page<MailSummary>, { order?: string; cursor?: string }>({
      query: (params) => ({ url: "api/mails", params: { ...params, limit: 25 } }),
      providesTags: ["Order"],
    }),
    mail: build.query<Mail, string>({ query: (id) => `api/mails/${encodeURIComponent(id)}`, providesTags: ["Order"] }),
    endPayment: build.mutation<Payment, { id: string; way: "settle" | "give-up"; key: string }>({
      query: ({ id, way, key }) => ({ url: `api/payments/${encodeURIComponent(id)}/${way}`, method: "POST", headers: write(key), body: {} }),
      invalidatesTags: ["Order", "Event"],
    }),
  }),
});

export const {
  useOrdersQuery,
  useOrderQuery,
  useOrderAttendeesQuery,
  useOrderLinkQuery,
  usePaymentsQuery,
  useRefundsQuery,
  useMailsQuery,
  useMailQuery,
  useEndPaymentMutation,
} = office;
