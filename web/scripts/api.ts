// Makes what the pages take from the server's OpenAPI documents. Of the console's: src/api/schema.d.ts (types of every path) and
// src/api/request-schemas.json (the request bodies that forms are drawn from). Of the public listener's: portal/schema.d.ts.
//
//   npm run api -- openapi.json                   writes both files of the console
//   npm run api -- openapi-public.json --portal   writes that of the portal
//   … --check                                     exits 1 when they differ from what is committed
//
// The documents come from `privity openapi` and `privity openapi --public`.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
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
const portalTypesFile = new URL("../portal/schema.d.ts", import.meta.url);

const [documentPath, ...modes] = process.argv.slice(2);
if (documentPath === undefined) {
  console.error("Usage: npm run api -- openapi.json [--portal] [--check]");
  process.exit(2);
}
const text = readFileSync(documentPath, "utf8");
const document = JSON.parse(text) as Document;
const types = astToString(await openapiTypes(text));
const made: [URL, string][] = modes.includes("--portal")
  ? [[portalTypesFile, types]]
  : [
      [typesFile, types],
      [schemasFile, `${JSON.stringify(requestSchemas(document), null, 1)}\n`],
    ];

const stale = made.filter(([file, content]) => !existsSync(file) || readFileSync(file, "utf8") !== content);
if (modes.includes("--check")) {
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
