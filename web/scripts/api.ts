// Makes what the console takes from the server's OpenAPI document: src/api/schema.d.ts (types of every path) and
// src/api/request-schemas.json (the request bodies that forms are drawn from).
//
//   npm run api -- openapi.json          writes both files
//   npm run api -- openapi.json --check  exits 1 when they differ from what is committed
//
// The document comes from `privity openapi`.
import { readFileSync, writeFileSync } from "node:fs";
import openapiTypes, { astToString } from "openapi-typescript";

interface JsonObject {
  [name: string]: unknown;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, JsonObject> };
}
interface Operation {
  operationId?: string;
  requestBody?: { content?: Record<string, { schema?: JsonObject }> };
}

const typesFile = new URL("../src/api/schema.d.ts", import.meta.url);
const schemasFile = new URL("../src/api/request-schemas.json", import.meta.url);

const [documentPath, mode] = process.argv.slice(2);
if (documentPath === undefined) {
  console.error("Usage: npm run api -- openapi.json [--check]");
  process.exit(2);
}
const text = readFileSync(documentPath, "utf8");
const document = JSON.parse(text) as Document;
const made: [URL, string][] = [
  [typesFile, astToString(await openapiTypes(text))],
  [schemasFile, `${JSON.stringify(requestSchemas(document), null, 1)}\n`],
];

const stale = made.filter(([file, content]) => readFileSync(file, "utf8") !== content);
if (mode === "--check") {
  for (const [file] of stale)
    console.error(`${file.pathname.split("/web/").at(-1)} is not current: npm run api -- openapi.json`);
  process.exit(stale.length === 0 ? 0 : 1);
}
for (const [file, content] of stale) writeFileSync(file, content);

function requestSchemas(from: Document): JsonObject {
  const found: JsonObject = {};
  for (const operations of Object.values(from.paths)) {
    for (const operation of Object.values(operations)) {
      const schema = operation.requestBody?.content?.["application/json"]?.schema;
      if (operation.operationId !== undefined && schema !== undefined)
        found[operation.operationId] = resolved(schema, []);
    }
  }
  return found;
}

// The schema with every reference replaced by what it points at. A schema that contains itself is cut off at the second round:
// no form draws an endless field.
function resolved(value: unknown, inside: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => resolved(item, inside));
  if (typeof value !== "object" || value === null) return value;
  const reference = (value as JsonObject)["$ref"];
  if (typeof reference !== "string") {
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, resolved(part, inside)]));
  }
  const name = reference.replace("#/components/schemas/", "");
  return inside.includes(name) ? {} : resolved(document.components.schemas[name] ?? {}, [...inside, name]);
}
