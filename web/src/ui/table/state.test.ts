import { describe, expect, it } from "vitest";
import { readState, sorted, writeState } from "./state";

const columns = [
  { id: "name", title: "product", value: () => null },
  { id: "state", title: "product", value: () => null },
  { id: "created", title: "product", value: () => null, hiddenAtFirst: true },
] as const;
const filters = [
  { id: "state", title: "product" },
  { id: "q", title: "product", personal: true },
] as const;
const spec = { columns, filters };

describe("table state in the address", () => {
  it("survives being copied", () => {
    const state = {
      filters: { state: "disabled" },
      sort: { column: "created", descending: true },
      columns: ["name", "created"],
      size: 100,
    };
    const address = writeState(new URLSearchParams(), state, spec).toString();
    expect(address).toBe("state=disabled&sort=-created&columns=name%2Ccreated&size=100");
    expect(readState(new URLSearchParams(address), spec)).toEqual(state);
  });

  it("writes nothing for a table as it was made", () => {
    const untouched = readState(new URLSearchParams(), spec);
    expect(untouched).toEqual({ filters: {}, sort: null, columns: ["name", "state"], size: 25 });
    expect(writeState(new URLSearchParams(), untouched, spec).toString()).toBe("");
  });

  it("never writes or reads a filter that may name a person", () => {
    const typed = { filters: { q: "maria@example.org" }, sort: null, columns: ["name", "state"], size: 25 };
    expect(writeState(new URLSearchParams(), typed, spec).toString()).toBe("");
    expect(readState(new URLSearchParams("q=maria"), spec).filters).toEqual({});
  });

  it("leaves the other parameters of the page alone", () => {
    const state = readState(new URLSearchParams("new=1&state=active"), spec);
    expect(writeState(new URLSearchParams("new=1&state=active"), { ...state, filters: {} }, spec).toString()).toBe(
      "new=1",
    );
  });

  it.each(["sort=salary", "columns=", "columns=salary", "size=7", "size=1000000"])(
    "ignores what it does not know: %s",
    (address) => {
      expect(readState(new URLSearchParams(address), spec)).toEqual(readState(new URLSearchParams(), spec));
    },
  );
});

describe("sorting", () => {
  const rows = [{ v: "b10" }, { v: null }, { v: "a" }, { v: "b9" }];
  const order = (descending: boolean) => sorted(rows, (row) => row.v, descending).map((row) => row.v);
  it("orders text as people do and keeps absent values last both ways", () => {
    expect(order(false)).toEqual(["a", "b9", "b10", null]);
    expect(order(true)).toEqual(["b10", "b9", "a", null]);
  });
  it("orders numbers by size", () => {
    expect(sorted([10, 9, 2], (row) => row, false)).toEqual([2, 9, 10]);
  });
});
