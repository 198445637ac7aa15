import { NavLink } from "react-router";
import { useMay } from "../api/session";
import { t } from "../words/words";
import { navigationGroups, navigationIn } from "./screens";
import styles from "./Shell.module.css";

export function Navigation() {
  const may = useMay();
  return (
    <nav className={styles.navigation} aria-label={t("shell.navigation")}>
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
