/** Who belongs to the organisation, which programs act for it and hear of it, and its files. Pure. */
import type { ApiKey, File, Invitation, Member, Webhook, WebhookDelivery } from "../../api/types";
import { formatSize } from "../../words/size";
import { formatMoment } from "../../words/time";
import { facts, joined, kind, type Telling } from "../kind";

function tellMember({ name, email, role, events, since }: Member, zone: string): Telling {
  return {
    line: { icon: "people", title: name || email, meta: joined(name && email, `since ${formatMoment(since, zone)}`), figure: "", status: role },
    facts: facts(["Doors", events.map((event) => event.name).join(", ")]),
  };
}

function tellInvitation({ email, role, events, status, expires_at, link }: Invitation, zone: string): Telling {
  return {
    line: { icon: "mail", title: email, meta: joined(role, status === "open" && `good until ${formatMoment(expires_at, zone)}`), figure: "", status },
    facts: facts(["Doors", events.map((event) => event.name).join(", ")]),
    ...(link ? { copy: { label: "Copy the link", text: link } } : {}),
  };
}

function tellKey({ name, role, scopes, expires_at, last_used_at, revoked_at, key }: ApiKey, zone: string): Telling {
  return {
    line: { icon: "key", title: name, meta: joined(role, last_used_at ? `last used ${formatMoment(last_used_at, zone)}` : "never used"), figure: "", status: revoked_at ? "revoked" : "active" },
    notes: key ? [{ tone: "warn", text: "This key is shown once. Keep it where passwords are kept." }] : [],
    facts: facts(["Only", scopes?.join(", ")], ["Expires", expires_at && formatMoment(expires_at, zone)]),
    ...(key ? { copy: { label: "Copy the key", text: key } } : {}),
  };
}

function tellWebhook(webhook: Webhook & { secret?: string | null }): Telling {
  const { url, description, kinds, active, disabled_reason, secret } = webhook;
  return {
    line: { icon: "link", title: description || url, meta: joined(description && url, kinds.length ? kinds.join(", ") : "all news"), figure: "", status: active ? "active" : "off" },
    notes: disabled_reason ? [{ tone: "bad", text: disabled_reason === "gone" ? "Switched off: the address said it is gone." : "Switched off: nothing arrived there for three days." }] : [],
    ...(secret ? { copy: { label: "Copy the secret, shown once", text: secret } } : {}),
  };
}

function tellDelivery({ kind: told, status, attempts, next_attempt_at, last_status, last_error, created_at }: WebhookDelivery, zone: string): Telling {
  return {
    line: { icon: "send", title: told, meta: joined(formatMoment(created_at, zone), last_status !== null && `answered ${last_status}`), figure: "", status: status.replace("_", " ") },
    facts: facts(["Attempts", attempts > 0 && String(attempts)], ["Next attempt", next_attempt_at && formatMoment(next_attempt_at, zone)], ["Trouble", last_error]),
  };
}

function tellFile({ kind: use, name, media_type, bytes, width, height, created_at }: File, zone: string): Telling {
  return {
    line: { icon: "file", title: name, meta: joined(use.replace("_", " "), formatSize(bytes), formatMoment(created_at, zone)), figure: "", status: null },
    facts: facts(["Type", media_type], ["Size", width && height ? `${width} × ${height}` : null]),
  };
}

export const OFFICE = [
  kind<Member>(["role", "since", "events"], tellMember),
  kind<Invitation>(["email", "role", "link"], tellInvitation),
  kind<ApiKey>(["scopes", "last_used_at"], tellKey),
  kind<WebhookDelivery>(["webhook_id", "attempts"], tellDelivery),
  kind<Webhook>(["secret_number", "kinds"], tellWebhook),
  kind<File>(["media_type", "sha256"], tellFile),
];
