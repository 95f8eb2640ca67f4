/** What can be done with an order, by its state and the person's rights. Pure; each becomes a proposal. */
import type { Me, Order, StepInput } from "../api/types";

export type OrderAction = { operation: string; words: string; input: StepInput; needs: "orders:write" | "orders:refund"; form: boolean };

// What the server would take too; written out so that a person sees it.
const HOURS_TO_PAY = 72;

/** The actions of an order, the likely ones first. `tickets` are those that were ticked. */
export function orderActions(order: Order, tickets: string[], scopes: Me["scopes"]): OrderAction[] {
  const input = { order: order.id };
  const open = order.status === "pending" || order.status === "paid";
  const held = order.tickets.some((ticket) => ticket.status === "valid" || ticket.status === "checked_in");
  const all: (OrderAction | false)[] = [
    order.needs_approval && order.status === "pending" && { operation: "approve_order", words: "Approve…", input: order.owed_amount > 0 ? { ...input, expires_in_hours: HOURS_TO_PAY } : input, needs: "orders:write", form: true },
    order.needs_approval && order.status === "pending" && { operation: "decline_order", words: "Decline…", input, needs: "orders:write", form: true },
    tickets.length > 0 && !order.needs_approval && { operation: "refund_tickets", words: tickets.length === 1 ? "Refund the ticket…" : `Refund ${tickets.length} tickets…`, input: { ...input, tickets }, needs: "orders:refund", form: true },
    open && !order.needs_approval && order.owed_amount > 0 && { operation: "record_payment", words: "Record payment…", input: { ...input, amount: order.owed_amount }, needs: "orders:write", form: true },
    open && !order.needs_approval && order.owed_amount > 0 && { operation: "request_payment", words: "Ask for payment online…", input, needs: "orders:write", form: false },
    order.status === "pending" && !order.needs_approval && { operation: "extend_order", words: "Give more time…", input: order.expires_at ? { ...input, expires_at: order.expires_at } : input, needs: "orders:write", form: true },
    order.owed_amount < 0 && { operation: "refund_order", words: "Give back what is owed…", input: { ...input, amount: -order.owed_amount }, needs: "orders:refund", form: true },
    order.status === "paid" && held && { operation: "send_tickets", words: "Send tickets again…", input, needs: "orders:write", form: false },
    open && held && !order.needs_approval && { operation: "change_order", words: "Change tickets…", input, needs: "orders:write", form: true },
    order.status === "paid" && order.owed_amount >= 0 && order.paid_amount > order.refunded_amount && { operation: "refund_order", words: "Refund all…", input, needs: "orders:refund", form: true },
    order.status === "pending" && !order.needs_approval && { operation: "cancel_order", words: "Cancel order…", input, needs: "orders:write", form: false },
  ];
  return all.filter((action): action is OrderAction => action !== false && scopes.includes(action.needs));
}
