/**
 * The wire's shapes as TypeScript, made from the operations themselves: `npm run wire` writes src/api/wire.ts, and src/api/rights.ts:
 * what each role may do and what webhooks can be told of. A test holds the files and the catalog together, so a field that was
 * renamed in Python fails here first.
 */
const { execFileSync } = require("node:child_process");
const { writeFileSync } = require("node:fs");
const { join } = require("node:path");

const ROOT = join(__dirname, "../..");
const PYTHON = process.env.PYTHON ?? join(ROOT, ".venv/bin/python");
const ASK_RIGHTS = `
import json
from typing import get_args
from tools.context import SCOPES
from tools.webhooks.models import WebhookKind
print(json.dumps({"scopes": {role: sorted(scopes) for role, scopes in SCOPES.items()}, "kinds": get_args(WebhookKind)}))
`;
const ASK = `
import json
from tools.catalog import CATALOG
print(json.dumps({each.name: {
    "effect": each.effect.value, "scope": each.scope,
    "input": each.input.model_json_schema(), "output": each.output.model_json_schema(mode="serialization"),
} for each in CATALOG.values()}))
`;
// What the page reads by name; the rest of what these speak of comes along.
const WANTED = [
  "Event", "EventDetail", "Venue", "Booking", "TicketType", "Order", "ChangedOrder", "Sponsorship", "SalesReport", "AuditEntry", "Quota", "Explanation",
  "PromoCode", "Vouchers", "Hold", "Payment", "Refund", "WaitingList", "WaitingEntry", "OfferedPlaces", "CheckInList", "CheckIn", "OrderCheckIn",
  "DoorGuest", "Attendee", "TicketDetail", "OrderLink", "SentTickets", "Import", "RefundRun", "RefundChoice", "OfferedChoices", "CancelledEvent",
  "PostponedEvent", "Mail", "MailSummary", "Organization", "LedgerReport", "SalesComparison", "ExportedFile", "LedgerCheck", "OrderToSettle", "ToSettle",
  "Payout", "LedgerEntry", "PersonExport", "Erasure", "Member", "Invitation", "ApiKey", "Webhook", "WebhookDelivery", "File",
];
const WIDTH = 280;

const asked = (question) => JSON.parse(execFileSync(PYTHON, ["-c", question], { cwd: ROOT, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 }));

/** Every operation with the schemas of what it takes and gives, as Python knows them. */
function catalog() {
  return asked(ASK);
}

function schemas(operations) {
  const all = {};
  for (const { output } of Object.values(operations)) {
    const { $defs = {}, ...own } = output;
    Object.assign(all, $defs, { [own.title]: own });
  }
  return all;
}

function typeOf(schema) {
  if (schema.$ref) return schema.$ref.split("/").pop();
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(" | ");
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.type === "array") return /\|/.test(typeOf(schema.items)) ? `(${typeOf(schema.items)})[]` : `${typeOf(schema.items)}[]`;
  if (schema.type === "object") return `Record<string, ${typeof schema.additionalProperties === "object" ? typeOf(schema.additionalProperties) : "unknown"}>`;
  return { string: "string", integer: "number", number: "number", boolean: "boolean", null: "null" }[schema.type] ?? "unknown";
}

function wrapped(words) {
  const lines = [""];
  for (const word of words) {
    const line = lines.at(-1);
    if (line && line.length + word.length + 3 > WIDTH) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines.map((line) => `  ${line}`).join("\n");
}

function declared(name, schema) {
  if (schema.enum) return `export type ${name} = ${typeOf(schema)};\n`;
  const fields = Object.entries(schema.properties ?? {}).map(([field, type]) => `${field}: ${typeOf(type)};`);
  return `export type ${name} = {\n${wrapped(fields)} };\n`;
}

/** The text of src/api/wire.ts. */
function wire(operations) {
  const all = schemas(operations);
  const found = new Map();
  const add = (name) => {
    if (found.has(name)) return;
    if (!all[name]) throw new Error(`No operation answers with "${name}".`);
    found.set(name, declared(name, all[name]));
    for (const [, other] of JSON.stringify(all[name]).matchAll(/"#\/\$defs\/(\w+)"/g)) add(other);
  };
  WANTED.forEach(add);
  const body = [...found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, text]) => text);
  return `/** The wire's shapes. Made by scripts/wire.cjs from the operations ("npm run wire"); not edited by hand. */\n\n${body.join("")}`;
}

function list(names) {
  return `[\n${wrapped(names.map((name) => `${JSON.stringify(name)},`))}\n]`;
}

/** The text of src/api/rights.ts. */
function rights() {
  const { scopes, kinds } = asked(ASK_RIGHTS);
  const roles = Object.entries(scopes).map(([role, own]) => `  ${role}: ${list(own).replace(/\n/g, "\n  ")},`);
  return `/** What each role may do, and what webhooks can be told of. Made by scripts/wire.cjs ("npm run wire"); not edited by hand. */

export const SCOPES = {
${roles.join("\n")}
} as const;
export const WEBHOOK_KINDS = ${list(kinds)} as const;
`;
}

module.exports = { catalog, rights, wire };
if (require.main === module) {
  writeFileSync(join(ROOT, "web/src/api/wire.ts"), wire(catalog()));
  writeFileSync(join(ROOT, "web/src/api/rights.ts"), rights());
}
