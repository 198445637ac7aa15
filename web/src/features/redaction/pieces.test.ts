import { expect, it } from "vitest";
import { countsOf, piecesOf } from "./pieces";

const span = (start: number, end: number, entity = "email") => ({ start, end, entity, category: "user.contact.email" });

it("a text is cut by code points, and nothing of it is lost", () => {
  const text = "😀 ana@example.org ist da";
  const pieces = piecesOf(text, [span(2, 17)]);
  expect(pieces.map((piece) => piece.text)).toEqual(["😀 ", "ana@example.org", " ist da"]);
  expect(pieces.map((piece) => piece.span !== undefined)).toEqual([false, true, false]);
});

it("what stands at the ends and side by side has no empty pieces around it", () => {
  expect(piecesOf("ab", [span(0, 1), span(1, 2)]).map((piece) => piece.text)).toEqual(["a", "b"]);
  expect(piecesOf("", [])).toEqual([]);
});

it("kinds are counted, the most frequent first", () => {
  expect(countsOf([span(0, 1), span(2, 3, "person"), span(4, 5, "person")])).toEqual([
    ["person", 2],
    ["email", 1],
  ]);
});
