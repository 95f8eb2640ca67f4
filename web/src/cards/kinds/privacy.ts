/** What is held about a person, and their being forgotten. Pure. */
import type { Erasure, PersonExport } from "../../api/types";
import { formatMoment } from "../../words/time";
import { counted, facts, joined, kind, type Telling } from "../kind";

function tellHeld({ email, names, orders, tickets, payments, refunds, waiting_list, mails, audit }: PersonExport): Telling {
  return {
    line: { icon: "threads", title: names[0] || email, meta: joined(email, counted(orders.length, "order"), counted(tickets.length, "ticket")), figure: "", status: null },
    facts: facts(
      ["Names", names.length > 1 && names.join(", ")],
      ["Payments", payments.length > 0 && String(payments.length)],
      ["Refunds", refunds.length > 0 && String(refunds.length)],
      ["Waiting list", waiting_list.length > 0 && counted(waiting_list.length, "place")],
      ["Mails", mails.length > 0 && String(mails.length)],
      ["Lines of the audit", audit.length > 0 && String(audit.length)],
    ),
  };
}

function tellErasure({ pseudonym, orders, tickets, mails, mentions, conversations, finished_at, created_at }: Erasure, zone: string): Telling {
  return {
    line: { icon: "cross", title: pseudonym, meta: joined(formatMoment(created_at, zone), counted(orders, "order"), counted(tickets, "ticket"), counted(mails, "mail")), figure: "", status: finished_at ? "done" : "running" },
    facts: facts(["Other mentions", String(mentions)], ["Conversations deleted", String(conversations)]),
  };
}

export const PRIVACY = [kind<PersonExport>(["names", "made_at", "waiting_list"], tellHeld), kind<Erasure>(["pseudonym", "mentions"], tellErasure)];
