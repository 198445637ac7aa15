// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from "vitest";
import { refusalOf, takeRefusal } from "./refusal";

describe("what a provider's refusal says", () => {
  beforeEach(() => window.history.replaceState(null, "", "/sign-in"));

  it("is said in our words, with the check that failed, and leaves the address", () => {
    window.history.replaceState(null, "", "/sign-in#problem=identity.id_token_invalid&check=authorized+party");
    const problem = takeRefusal();
    expect(problem?.what).toBe("The provider's answer was not accepted.");
    expect(problem?.why).toContain("authorized party");
    expect(window.location.hash).toBe("");
    expect(takeRefusal()).toBeNull();
  });

  it("shows nothing that a made-up link would like to have shown", () => {
    expect(refusalOf("identity.nothing_of_ours", "", "")).toBeNull();
    expect(refusalOf("identity.constructor", "", "")).toBeNull();
    const problem = refusalOf("identity.oidc_refused", "call <b>0900</b> https://login.example.com", "");
    expect(problem?.why).not.toContain("example.com");
  });

  it("names how long to wait", () => {
    expect(refusalOf("identity.too_many_attempts", "", "30")?.why).toContain("30 seconds");
  });
});
