import { describe, expect, it } from "vitest";
import { problemText } from "./problems";

describe("the code of an error that the server kept", () => {
  it("is said in the words of its room, with what the screen knows", () => {
    const text = problemText("connect.unreachable", { store: "Web shop" });
    expect(text).toContain("Web shop cannot be reached.");
    expect(text).toContain("any firewall");
  });

  it("leaves out sentences that need what nobody kept", () => {
    const text = problemText("fulfil.too_many_records");
    expect(text).not.toContain("More than");
    expect(text).toContain("rarely one person's");
  });

  it("names a code that it does not know", () => {
    expect(problemText("connect.of_tomorrow")).toContain("connect.of_tomorrow");
  });
});
