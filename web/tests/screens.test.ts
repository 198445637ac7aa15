// @vitest-environment node
// Search on the server finds the screens that the console has, under their titles and for the same people.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { screens } from "../src/app/screens";

it("every screen that needs no id is in the table of src/app/finders.cc, and nothing else is", () => {
  const source = readFileSync("../src/app/finders.cc", "utf8");
  const listed = [...source.matchAll(/\{"(\/[a-z/-]*)", "([a-z_.]+)", "([a-z_.]*)"\}/g)].map((row) => row.slice(1, 4));
  const wanted = screens
    .filter(({ path }) => !path.includes(":"))
    .map(({ path, title, permission = "" }) => [`/${path}`, title, permission]);
  expect(listed.sort()).toEqual(wanted.sort());
});
