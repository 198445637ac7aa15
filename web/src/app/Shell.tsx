// The frame around every screen of someone who is signed in: navigation, search, notices, the person's own menu.
import { ActionIcon, Drawer } from "@mantine/core";
import { useEffect, useMemo, useState } from "react";
import { Navigate, Outlet, ScrollRestoration, useLocation, useNavigate, useNavigation } from "react-router";
import { useMay, useSession, type Session } from "../api/session";
import { problemOf } from "../api/problem";
import { ProofDialog } from "../features/identity/proof/ProofDialog";
import { NotificationBell } from "../features/workspace/NotificationBell";
import { IconMenu, IconSearch } from "../ui/icons";
import { Keys } from "../ui/Keys";
import { Logo } from "../ui/Logo";
import { ProblemCard } from "../ui/ProblemCard";
import { t } from "../words/words";
import { Navigation } from "./Navigation";
import { CommandPalette } from "./CommandPalette";
import { navigationGroups, navigationIn } from "./screens";
import { ShortcutDialog } from "./ShortcutDialog";
import { useShortcutKeys, useShortcuts, type Shortcut } from "./shortcuts";
import { useServerEvents } from "./useServerEvents";
import { UserMenu } from "./UserMenu";
import styles from "./Shell.module.css";

export function Shell() {
  const session = useSession();
  const location = useLocation();
  if (session.isPending) return <Starting />;
  if (session.isError) return <StartFailed error={session.error} onRetry={() => session.refetch()} />;
  if (session.data.state !== "signed_in") {
    return <Navigate to="/sign-in" replace state={{ from: location.pathname + location.search }} />;
  }
  return <Frame session={session.data} />;
}

function Starting() {
  return (
    <div className={styles.starting} role="status" aria-label={t("state.loading")}>
      <Logo size={44} />
    </div>
  );
}

function StartFailed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <main className={styles.startFailed}>
      <ProblemCard problem={problemOf(error)} onRetry={onRetry} />
    </main>
  );
}

function Frame({ session }: { session: Session }) {
  const [overlay, setOverlay] = useState<"none" | "palette" | "shortcuts" | "navigation">("none");
  const close = () => setOverlay("none");
  const { pathname } = useLocation();

  useServerEvents();
  useShortcutKeys();
  useShortcuts(
    useMemo<Shortcut[]>(
      () => [
        { keys: "mod+k", title: "shortcuts.search", group: "general", run: () => setOverlay("palette") },
        { keys: "?", title: "shortcuts.list", group: "general", run: () => setOverlay("shortcuts") },
      ],
      [],
    ),
  );
  useGoShortcuts();
  useEffect(close, [pathname]);

  return (
    <>
      <a className={styles.skip} href="#content">
        {t("shell.skip")}
      </a>
      <Arriving />
      <div className={styles.frame}>
        <aside className={styles.side}>
          <Brand organization={session.organization} />
          <Navigation />
        </aside>
        <div className={styles.main}>
          <header className={styles.bar}>
            <ActionIcon
              className={styles.burger}
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t("shell.open_navigation")}
              onClick={() => setOverlay("navigation")}
            >
              <IconMenu size={20} />
            </ActionIcon>
            <button type="button" className={styles.search} onClick={() => setOverlay("palette")}>
              <IconSearch size={16} />
              <span>{t("shell.search")}</span>
              <Keys keys="mod+k" />
            </button>
            <NotificationBell />
            <UserMenu session={session} onShowShortcuts={() => setOverlay("shortcuts")} />
          </header>
          <main id="content" tabIndex={-1}>
            <Outlet />
          </main>
        </div>
      </div>
      <Drawer.Root opened={overlay === "navigation"} onClose={close} size="17rem">
        <Drawer.Overlay backgroundOpacity={0.4} />
        {/* Without Mantine's <header>, which would be a second banner of the page. */}
        <Drawer.Content>
          <div className={styles.drawerHead}>
            <Drawer.Title>
              <Brand organization={session.organization} />
            </Drawer.Title>
            <Drawer.CloseButton aria-label={t("action.close")} />
          </div>
          <Drawer.Body>
            <Navigation />
          </Drawer.Body>
        </Drawer.Content>
      </Drawer.Root>
      <ScrollRestoration />
      <ProofDialog />
      <CommandPalette opened={overlay === "palette"} onClose={close} />
      <ShortcutDialog opened={overlay === "shortcuts"} onClose={close} />
    </>
  );
}

// A screen that is fetched for the first time may take a moment on a slow line.
function Arriving() {
  const { state } = useNavigation();
  if (state === "idle") return null;
  return <div className={styles.arriving} role="status" aria-label={t("state.loading")} />;
}

function Brand({ organization }: { organization: string | null | undefined }) {
  return (
    <div className={styles.brand}>
      <Logo />
      <div>
        <strong>{t("product")}</strong>
        {organization != null && <small>{organization}</small>}
      </div>
    </div>
  );
}

// "g" and a letter go to a screen, for each entry of the navigation that has one.
function useGoShortcuts() {
  const may = useMay();
  const navigate = useNavigate();
  const entries = navigationGroups.flatMap((group) => navigationIn(group, may));
  const signature = entries.map((entry) => entry.path).join();
  useShortcuts(
    useMemo(
      () =>
        entries.flatMap((entry): Shortcut[] =>
          entry.navigation.key === undefined
            ? []
            : [
                {
                  keys: `g ${entry.navigation.key}`,
                  title: entry.title,
                  group: "go",
                  run: () => void navigate(`/${entry.path}`),
                },
              ],
        ),
      // The entries change with the session's permissions only; their paths tell them apart.
      [signature, navigate],
    ),
  );
}
