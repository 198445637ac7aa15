// The person's own menu: account, look of the console, sign-out.
import { Menu, SegmentedControl, UnstyledButton } from "@mantine/core";
import { useMantineColorScheme, type MantineColorScheme } from "@mantine/core";
import { Link } from "react-router";
import { api, answer } from "../api/client";
import type { Session } from "../api/session";
import { IconChevronDown, IconHelp, IconKeyboard, IconLogOut, IconUser } from "../ui/icons";
import { refuse } from "../ui/toasts";
import { t } from "../words/words";
import styles from "./UserMenu.module.css";

export function UserMenu({ session, onShowShortcuts }: { session: Session; onShowShortcuts: () => void }) {
  return (
    <Menu width={260}>
      <Menu.Target>
        <UnstyledButton
          className={styles.target}
          aria-label={t("user_menu.open", { initials: initials(session.name ?? "") })}
        >
          <span className={styles.face} aria-hidden="true">
            {initials(session.name ?? "")}
          </span>
          <IconChevronDown size={16} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={styles.who}>
          <strong>{session.name}</strong>
          <small>{session.email}</small>
        </div>
        <Menu.Divider />
        <Menu.Item component={Link} to="/account" leftSection={<IconUser size={16} />}>
          {t("account.title")}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={onShowShortcuts}>
          {t("shortcuts.title")}
        </Menu.Item>
        <Menu.Item component={Link} to="/help" leftSection={<IconHelp size={16} />}>
          {t("help.title")}
        </Menu.Item>
        <Menu.Divider />
        <SchemeItems />
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogOut size={16} />} onClick={signOut}>
          {t("user_menu.sign_out")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function SchemeItems() {
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  return (
    <>
      <Menu.Label>{t("look.scheme")}</Menu.Label>
      <Menu.RadioGroup value={colorScheme} onChange={(value) => setColorScheme(value as MantineColorScheme)}>
        {schemes.map((scheme) => (
          <Menu.RadioItem key={scheme} value={scheme}>
            {t(`look.scheme.${scheme}`)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  );
}

const schemes = ["auto", "light", "dark"] as const satisfies readonly MantineColorScheme[];

export function SchemeChoice() {
  // Mantine would switch transitions off through a <style> element, which the content security policy refuses.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      aria-label={t("look.scheme")}
      value={colorScheme}
      onChange={(value) => setColorScheme(value as MantineColorScheme)}
      data={schemes.map((scheme) => ({ value: scheme, label: t(`look.scheme.${scheme}`) }))}
    />
  );
}

// Leads to a fresh page: nothing that was read stays in memory, and whoever signs in next does not land where this person was.
function signOut(): void {
  answer(api.DELETE("/v1/session"))
    .then(() => window.location.assign("/sign-in"))
    .catch(refuse);
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const last = words.length > 1 ? (words.at(-1)?.charAt(0) ?? "") : "";
  return ((words[0]?.charAt(0) ?? "") + last).toUpperCase();
}
