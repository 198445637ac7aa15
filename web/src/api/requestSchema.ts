// The JSON schemas of request bodies by operation, cut out of the server's OpenAPI document by scripts/api.ts: what forms are drawn
// from.
import type { Schema } from "../ui/form/schema";
import schemas from "./request-schemas.json";

export type FormOperation = keyof typeof schemas;

export function requestSchema(operation: FormOperation): Schema {
  return schemas[operation];
}
