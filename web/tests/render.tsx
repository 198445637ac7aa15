// Draws a piece of the console as the browser would, in jsdom: theme, queries and an address, and an API that answers what a test
// says. Nothing here is part of the product.
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { createMemoryRouter, RouterProvider } from "react-router";
import { vi } from "vitest";
import { theme } from "../src/ui/theme";

export function show(element: ReactNode, address = "/") {
  const router = createMemoryRouter([{ path: "*", element }], { initialEntries: [address] });
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <MantineProvider theme={theme} env="test">
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return router;
}

export interface Answer {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

// Replaces fetch for one test. Every request is answered by `api`, and remembered for the test to look at.
export function answering(api: (request: Request) => Answer): Request[] {
  const seen: Request[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    seen.push(request.clone());
    const { status = 200, body, headers } = api(request);
    return new Response(body === undefined ? null : JSON.stringify(body), { status, headers });
  });
  return seen;
}

export function problem(status: number, code: string, words: object = {}): Answer {
  return { status, body: { code, title: "", detail: `what of ${code}`, why: "why", mend: "mend", ...words } };
}
