import { describe, expect, it } from "vitest";
import { nextCursor } from "./client";
import { problemFrom, problemOf, ProblemError } from "./problem";

function refused(status: number): Response {
  return new Response(null, { status, headers: { "X-Request-Id": "req-7" } });
}

describe("problem", () => {
  it("takes the server's words and the request's number", () => {
    const body = {
      code: "identity.email_taken",
      title: "Conflict",
      detail: "Taken.",
      why: "A user has it.",
      mend: "Choose another.",
    };
    expect(problemFrom({ ...body, parameters: { path: "/email" } }, refused(409))).toEqual({
      code: "identity.email_taken",
      status: 409,
      what: "Taken.",
      why: "A user has it.",
      mend: "Choose another.",
      requestId: "req-7",
      places: [{ path: "/email", text: "A user has it." }],
    });
  });

  it("beside a field leaves out where in the request's text it stood", () => {
    const errors = [{ path: "/email", why: "1:41: an e-mail address is expected there." }];
    expect(problemFrom({ code: "base.value_wrong_format", errors }, refused(400)).places).toEqual([
      { path: "/email", text: "An e-mail address is expected there." },
    ]);
  });

  it("from something between us and the server is not shown as the server's", () => {
    expect(problemFrom("<html>Bad gateway</html>", refused(502)).code).toBe("console.unexpected");
    expect(problemFrom(undefined, refused(500)).code).toBe("console.unexpected");
  });

  it("of a broken connection says so", () => {
    expect(problemOf(new TypeError("Failed to fetch")).code).toBe("console.offline");
  });

  it("never shows what a program threw", () => {
    expect(JSON.stringify(problemOf(new Error("secret at line 7")))).not.toContain("secret");
  });

  it("passes through as it was", () => {
    const problem = problemFrom({ code: "store.full" }, refused(503));
    expect(problemOf(new ProblemError(problem))).toBe(problem);
  });
});

describe("the next page (RFC 8288)", () => {
  it.each([
    ['</v1/users?limit=25&cursor=abc%2B>; rel="next"', "abc+"],
    ['</v1/users>; rel="first", </v1/users?cursor=x>; rel=next', "x"],
    ['</v1/users>; rel="prev"', null],
    [null, null],
  ])("of %s is %s", (link, cursor) => {
    expect(nextCursor(link)).toBe(cursor);
  });
});
