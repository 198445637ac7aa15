import { describe, expect, it } from "vitest";
import { cleaned, kindOf, problemsIn, type Schema } from "./schema";

const invitation: Schema = {
  type: "object",
  required: ["email", "roles"],
  properties: {
    email: { type: "string", format: "email", maxLength: 30 },
    roles: { type: "array", items: { type: "string" }, minItems: 1 },
    note: { type: ["string", "null"], minLength: 3 },
    days: { type: "integer", minimum: 1, maximum: 30 },
    address: { type: "object", required: ["city"], properties: { city: { type: "string" } } },
  },
};
const good = { email: "maria@example.org", roles: ["auditor"] };

describe("a request body", () => {
  it("that keeps to its schema has no problems", () => {
    expect(problemsIn(invitation, { ...good, days: 30, note: "abc", address: { city: "Graz" } })).toEqual([]);
  });

  it.each([
    { name: "a missing field", values: { ...good, email: "" }, path: "/email" },
    { name: "not an address", values: { ...good, email: "maria" }, path: "/email" },
    { name: "too long", values: { ...good, email: "maria@a-very-long-name.example.org" }, path: "/email" },
    { name: "too few choices", values: { ...good, roles: [] }, path: "/roles" },
    { name: "too short", values: { ...good, note: "ab" }, path: "/note" },
    { name: "too small", values: { ...good, days: 0 }, path: "/days" },
    { name: "too large", values: { ...good, days: 31 }, path: "/days" },
    { name: "a part inside a part", values: { ...good, address: { city: "" } }, path: "/address/city" },
  ])("with $name says where", ({ values, path }) => {
    expect(problemsIn(invitation, values).map((place) => place.path)).toEqual([path]);
  });

  it("counts characters as people do, not UTF-16 units", () => {
    const short: Schema = { type: "object", properties: { name: { type: "string", maxLength: 2 } } };
    expect(problemsIn(short, { name: "👍👍" })).toEqual([]);
  });

  it("leaves empty fields out", () => {
    expect(cleaned({}, { a: "", b: null, c: undefined, d: false, e: 0 })).toEqual({ d: false, e: 0 });
  });

  it("leaves out what the server decides", () => {
    const versioned = { properties: { name: {}, version: { readOnly: true } } };
    expect(cleaned(versioned, { name: "Example", version: 3 })).toEqual({ name: "Example" });
  });
});

describe("the control for a type", () => {
  it.each([
    [{ type: "string" }, "text"],
    [{ type: ["string", "null"] }, "text"],
    [{ type: "string", enum: ["a"] }, "choice"],
    [{ type: ["integer", "null"] }, "number"],
    [{ type: "boolean" }, "boolean"],
    [{ type: "array", items: { type: "string" } }, "list"],
    [{ type: "array", items: { type: "string", enum: ["a"] } }, "choices"],
    [{ type: "object", properties: {} }, "group"],
  ])("%j is %s", (schema: Schema, kind) => {
    expect(kindOf(schema)).toBe(kind);
  });
});
