import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { answering, show } from "../../../tests/render";
import { ProofPanel } from "./ProofPanel";

const verifier = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

function proofPanel(proof: object) {
  const seen = answering((request) =>
    request.url.includes("/proof") ? { body: proof } : { body: { verifier: "server+00000000+AAAA", checkpoint: "" } },
  );
  show(<ProofPanel index={7} />);
  return seen;
}

describe("the proof of an entry", () => {
  it("is not even asked for without a verifier key", async () => {
    const seen = proofPanel({});
    await userEvent.type(screen.getByRole("textbox", { name: "Verifier key" }), "nonsense");
    await userEvent.click(screen.getByRole("button", { name: "Check the proof" }));
    expect(await screen.findByText(/not a verifier key/)).toBeTruthy();
    expect(seen.filter((request) => request.url.includes("/proof"))).toEqual([]);
  });

  it("is not believed because the server says so", async () => {
    proofPanel({
      index: 7,
      size: 8,
      leaf: "{}",
      leaf_hash: "",
      path: [],
      root: "",
      checkpoint: "proved!\n",
      proved: true,
    });
    await userEvent.type(screen.getByRole("textbox", { name: "Verifier key" }), verifier);
    await userEvent.click(screen.getByRole("button", { name: "Check the proof" }));
    expect(await screen.findByText("Not proved")).toBeTruthy();
  });

  it("says of the server's own key what it is worth", async () => {
    proofPanel({});
    await userEvent.click(await screen.findByRole("button", { name: /only that it agrees with itself/ }));
    expect(screen.getByRole("textbox", { name: "Verifier key" })).toHaveProperty("value", "server+00000000+AAAA");
  });
});
