import { afterEach, describe, expect, it } from "vitest";
import { answering, problem } from "../../tests/render";
import { answer, api, rememberCsrfToken } from "./client";
import { problemOf } from "./problem";
import { proofAsked, settleProof } from "./proof";

const disable = () =>
  answer(api.PATCH("/v1/users/{id}", { params: { path: { id: "1" } }, body: { state: "disabled" } }));

// Refuses once, then does it.
function needingProof(): Request[] {
  let proved = false;
  const seen = answering(() => {
    if (proved) return { body: { id: "1" } };
    proved = true;
    return problem(403, "identity.proof_needed");
  });
  return seen;
}

afterEach(() => settleProof(false));

async function untilAsked(): Promise<void> {
  while (!proofAsked()) await new Promise((resolve) => setTimeout(resolve, 1));
}

describe("an act that wants a fresh proof", () => {
  it("is sent again, the same, once the proof was given", async () => {
    const seen = needingProof();
    rememberCsrfToken("first");
    const done = disable();
    await untilAsked();
    rememberCsrfToken("second");
    settleProof(true);
    expect(await done).toEqual({ id: "1" });
    expect(await Promise.all(seen.map((request) => request.text()))).toEqual([
      '{"state":"disabled"}',
      '{"state":"disabled"}',
    ]);
    expect(seen.map((request) => request.headers.get("X-Privity-CSRF"))).toEqual(["first", "second"]);
  });

  it("fails as the server said when the person would rather not", async () => {
    const seen = needingProof();
    const done = disable().catch(problemOf);
    await untilAsked();
    settleProof(false);
    expect(await done).toMatchObject({ code: "identity.proof_needed" });
    expect(seen).toHaveLength(1);
  });

  it("asks nothing for another refusal", async () => {
    answering(() => problem(403, "server.forbidden"));
    expect(await disable().catch(problemOf)).toMatchObject({ code: "server.forbidden" });
    expect(proofAsked()).toBe(false);
  });
});
