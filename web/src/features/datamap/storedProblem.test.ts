import { describe, expect, it } from "vitest";
import { storedProblem } from "./storedProblem";

describe("a problem that the server kept", () => {
  it("is said in the words of its room", () => {
    const { what, why, mend } = storedProblem({ code: "connect.login", parameters: { store: "postgresql://db/shop" } });
    expect(what).toBe("postgresql://db/shop refused the login.");
    expect(why).toContain("password is wrong");
    expect(mend).toContain("Check the user");
  });

  it("shows a dash for a parameter that is missing", () => {
    expect(storedProblem({ code: "connect.login", parameters: {} }).what).toBe("– refused the login.");
  });

  it("keeps a code that it does not know", () => {
    const problem = storedProblem({ code: "connect.of_tomorrow", parameters: {} });
    expect(problem.what).toBe("The store could not be read.");
    expect(problem.code).toBe("connect.of_tomorrow");
  });
});
