import { useEffect, useRef } from "react";
import { NavLink, useLocation } from "react-router";
import { useMay } from "../api/session";
import { t } from "../words/words";
import { navigationGroups, navigationIn } from "./screens";
import styles from "./Shell.module.css";

export function Navigation() {
  const may = useMay();
  const list = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // Where one is stands in sight, on a low window too.
  useEffect(() => {
    list.current?.querySelector("[aria-current=page]")?.scrollIntoView({ block: "nearest" });
  }, [pathname]);
  return (
    <nav ref={list} className={styles.navigation} aria-label={t("shell.navigation")}>
      {navigationGroups.map((group) => {
        const entries = navigationIn(group, may);
        if (entries.length === 0) return null;
        return (
          <div key={group} role="group" aria-label={t(`navigation.${group}`)}>
            <h2 aria-hidden="true">{t(`navigation.${group}`)}</h2>
            <ul>
              {entries.map(({ path, title, navigation }) => (
                <li key={path}>
                  <NavLink to={`/${path}`} end={path === ""}>
                    <navigation.icon size={18} />
                    {t(title)}
                  </NavLink>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}
