/** What each role may do, and what webhooks can be told of. Made by scripts/wire.cjs ("npm run wire"); not edited by hand. */

export const SCOPES = {
  door: [
    "check_ins:read", "check_ins:write",
  ],
  viewer: [
    "check_ins:read", "events:read", "files:read", "orders:read", "proposals:read", "reports:read", "sponsors:read", "venues:read",
  ],
  staff: [
    "check_in_lists:write", "check_ins:read", "check_ins:write", "events:read", "events:write", "files:read", "files:write", "mails:read", "members:read", "orders:read", "orders:write", "proposals:read", "proposals:write", "reports:read", "sponsors:read", "sponsors:write",
    "tickets:write", "venues:read", "venues:write",
  ],
  admin: [
    "api_keys:write", "check_in_lists:write", "check_ins:force", "check_ins:read", "check_ins:write", "events:read", "events:write", "files:read", "files:write", "finance:read", "finance:write", "integrations:read", "integrations:write", "mails:read", "members:read",
    "members:write", "orders:read", "orders:refund", "orders:write", "people:manage", "proposals:read", "proposals:write", "reports:read", "sponsors:read", "sponsors:write", "tickets:write", "venues:read", "venues:write",
  ],
  owner: [
    "api_keys:write", "check_in_lists:write", "check_ins:force", "check_ins:read", "check_ins:write", "events:read", "events:write", "files:read", "files:write", "finance:read", "finance:write", "integrations:read", "integrations:write", "mails:read", "members:read",
    "members:write", "orders:read", "orders:refund", "orders:write", "organization:transfer", "organization:write", "people:manage", "proposals:read", "proposals:write", "reports:read", "sponsors:read", "sponsors:write", "tickets:write", "venues:read", "venues:write",
  ],
} as const;
export const WEBHOOK_KINDS = [
  "event.created", "event.updated", "event.published", "event.cancelled", "event.postponed", "event.deleted", "event.refund_started", "event.refunded", "venue.created", "venue.updated", "venue.deleted", "booking.created", "booking.updated", "booking.cancelled",
  "ticket_type.created", "ticket_type.updated", "ticket_type.deleted", "quota.created", "quota.updated", "quota.deleted", "promo_code.created", "promo_code.updated", "promo_code.deleted", "vouchers.created", "hold.created", "hold.extended", "hold.released", "order.created",
  "order.approved", "order.declined", "order.extended", "order.changed", "order.paid", "order.payment_received", "order.refunded", "order.refund_sent", "order.refund_failed", "order.refund_choice_offered", "order.refund_chosen", "order.expired", "order.cancelled",
  "ticket.renamed", "ticket.transferred", "attendees.imported", "check_in.recorded", "check_in.undone", "check_in_list.created", "check_in_list.updated", "check_in_list.deleted", "waiting_list.opened", "waiting_list.closed", "waiting_list.joined", "waiting_list.left",
  "waiting_list.offered", "waiting_list.purchased", "waiting_list.expired", "sponsor.added", "sponsor.updated", "sponsor.removed", "payout.recorded", "payout.voided", "organization.updated",
] as const;
