import { expect, it } from "vitest";
import { cluesIn } from "./evidence";

it("says in words what speaks for a category", () => {
  const reason =
    "name_cue customer email +0.85; collection customer +0.05; values_match email 98% of 60 values, chance 1% +0.97";
  expect(cluesIn(reason).map(({ text }) => text)).toEqual([
    "Its name: customer email",
    "Its table or file: customer",
    "98% of 60 different values look like email (1% would by chance)",
  ]);
});

it("names a table of which no word speaks for it", () => {
  expect(cluesIn("collection  +0.05").map(({ text }) => text)).toEqual(["Its table or file"]);
});

it("tells what speaks against it from what speaks for it", () => {
  expect(cluesIn("values_contradict text -0.50; name_cue phone +0.80").map(({ against }) => against)).toEqual([
    true,
    false,
  ]);
});

it.each(["", "something that a newer server says"])("lets what it does not know stand as it is: %s", (reason) => {
  expect(cluesIn(reason).map(({ text }) => text)).toEqual(reason === "" ? [] : [reason]);
});
