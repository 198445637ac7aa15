import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router";
import { ProblemError } from "./api/problem";
import { sessionKey } from "./api/session";
import { createRouter } from "./app/router";
import "virtual:theme.css";
import "./ui/base.css";
import { applyDensity } from "./ui/density";
import { theme } from "./ui/theme";
import { Toasts } from "./ui/toasts";

const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (thrown, query) => askForSession(thrown, query.queryKey[0] !== sessionKey[0]),
  }),
  mutationCache: new MutationCache({ onError: (thrown) => askForSession(thrown, true) }),
  // "always": the browser's own opinion of being off line is about the wrong network. A request that fails says so at once, and
  // none is kept back to be sent later unseen.
  defaultOptions: {
    queries: {
      networkMode: "always",
      staleTime: 15_000,
      retry: (count, thrown) => !(thrown instanceof ProblemError) && count < 2,
    },
    mutations: { networkMode: "always" },
  },
});

// A session that ended elsewhere shows itself as 401 on any request: asking for the session again leads to the sign-in page.
function askForSession(thrown: unknown, elsewhere: boolean): void {
  const ended = thrown instanceof ProblemError && thrown.problem.status === 401;
  if (ended && elsewhere) void queries.invalidateQueries({ queryKey: sessionKey });
}

applyDensity();

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");

createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={localStorageColorSchemeManager({ key: "privity-color-scheme" })}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <QueryClientProvider client={queries}>
        <RouterProvider router={createRouter()} />
        <Toasts />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
