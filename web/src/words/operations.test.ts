import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isKnown, operationDone, operationFields, operationTitle } from "./operations";

type Schema = { type?: string; format?: string; enum?: string[]; anyOf?: Schema[]; $ref?: string; items?: Schema; const?: string };
type Operation = { effect: string; input: { properties?: Record<string, Schema>; $defs?: Record<string, Schema> } };
type Catalog = Record<string, Operation>;
const { catalog, rights, wire } = require("../../scripts/wire.cjs") as { catalog: () => Catalog; rights: () => string; wire: (operations: Catalog) => string };

const OPERATIONS = catalog();

function kindsOf(name: string, schema: Schema): string[] {
  const plain = schema.anyOf?.find((one) => one.type !== "null") ?? schema;
  if (plain.enum) return ["choice"];
  if (plain.format === "date-time") return ["instant"];
  if (plain.format === "date") return ["day"];
  if (plain.type === "boolean") return ["flag"];
  if (plain.type === "array") return [plain.items?.$ref ? "lines" : "names"];
  if (plain.type === "integer") return [/amount$/.test(name) ? "money" : /basis_points$/.test(name) ? "percent" : "count"];
  return ["text", "long"];
}

test("every operation has words of its own", () => {
  expect(Object.keys(OPERATIONS).filter((name) => !isKnown(name))).toEqual([]);
  expect(operationTitle("cancel_event")).toBe("Cancel event");
  expect(operationDone("transfer_ticket")).toBe("Ticket transferred");
  expect(operationTitle("rent_lights")).toBe("Rent lights");
});

test("the form of an operation offers only what it takes, each field as what it is", () => {
  const wrong: string[] = [];
  for (const [name, { input }] of Object.entries(OPERATIONS)) {
    for (const field of operationFields(name)) {
      const schema = input.properties?.[field.name];
      if (!schema) wrong.push(`${name} takes no ${field.name}`);
      else if (!kindsOf(field.name, schema).includes(field.kind)) wrong.push(`${name}.${field.name} is ${kindsOf(field.name, schema)}, not ${field.kind}`);
      else if (field.choices) {
        const all = (schema.anyOf?.find((one) => one.enum) ?? schema).enum ?? [];
        if (field.choices.some((choice) => !all.includes(choice)) || field.choices.length !== all.length) wrong.push(`${name}.${field.name}: ${all}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});

test("the shapes of the wire are those of the operations: npm run wire", () => {
  expect(readFileSync(join(__dirname, "../api/wire.ts"), "utf8")).toBe(wire(OPERATIONS));
  expect(readFileSync(join(__dirname, "../api/rights.ts"), "utf8")).toBe(rights());
});
