// The console's addresses. Everything but the shell is loaded when it is first visited.
import type { ComponentType } from "react";
import { createBrowserRouter, type RouteObject } from "react-router";
import { Shell } from "./Shell";
import { NotFound, RouteFailed, RouteLoading } from "./RouteFaces";
import { screens, type Screen } from "./screens";
import { loadScreenWords } from "../words/words";
import { Guarded } from "./Guarded";

const oneTimeLink = () => import("../features/identity/entry/OneTimeLink");

function lazily(load: () => Promise<{ default: ComponentType }>) {
  return async () => ({ Component: (await load()).default });
}

function screenRoute(screen: Screen): RouteObject {
  return {
    path: screen.path,
    lazy: async () => {
      // First the words: the tables and empty faces of a screen are written when its file is read.
      await loadScreenWords();
      const { default: Component } = await screen.load();
      return {
        element: (
          <Guarded permission={screen.permission}>
            <Component />
          </Guarded>
        ),
      };
    },
    errorElement: <RouteFailed />,
  };
}

export const routes: RouteObject[] = [
  {
    errorElement: <RouteFailed />,
    hydrateFallbackElement: <RouteLoading />,
    children: [
      { path: "sign-in", lazy: lazily(() => import("../features/identity/entry/SignIn")) },
      { path: "setup", lazy: lazily(() => import("../features/identity/entry/SetUp")) },
      { path: "forgotten-password", lazy: lazily(() => import("../features/identity/entry/ForgottenPassword")) },
      { path: "reset", lazy: async () => ({ Component: (await oneTimeLink()).ResetPassword }) },
      { path: "invitation", lazy: async () => ({ Component: (await oneTimeLink()).AcceptInvitation }) },
      {
        element: <Shell />,
        children: [...screens.map(screenRoute), { path: "*", element: <NotFound /> }],
      },
    ],
  },
];

export function createRouter() {
  return createBrowserRouter(routes);
}
