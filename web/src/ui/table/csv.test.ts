import { describe, expect, it } from "vitest";
import { csv } from "./csv";

const cell = (value: string | number | null) => csv(["h"], [[value]]).split("\r\n")[1];

describe("csv", () => {
  it("has a byte order mark, CRLF and a last line end (RFC 4180)", () => {
    expect(csv(["a", "b"], [["1", null]])).toBe("\uFEFFa,b\r\n1,\r\n");
  });

  it.each([
    ["a,b", '"a,b"'],
    ['say "yes"', '"say ""yes"""'],
    ["two\nlines", '"two\nlines"'],
    ["plain", "plain"],
    [null, ""],
    [-3.5, "-3.5"],
    ["-3.5", "-3.5"],
  ])("writes %j as %s", (value, written) => {
    expect(cell(value)).toBe(written);
  });

  it.each(["=1+1", "+cmd", "-cmd", "@sum", "\ttab"])("disarms %j, which a spreadsheet would compute", (formula) => {
    expect(cell(formula)).toBe(`'${formula}`);
  });
});
