import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
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
  // A session that ended elsewhere shows itself as 401 on any request: asking for the session again leads to the sign-in page.
  queryCache: new QueryCache({
    onError: (thrown, query) => {
      if (thrown instanceof ProblemError && thrown.problem.status === 401 && query.queryKey[0] !== sessionKey[0]) {
        void queries.invalidateQueries({ queryKey: sessionKey });
      }
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (count, thrown) => !(thrown instanceof ProblemError) && count < 2,
    },
  },
});

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
