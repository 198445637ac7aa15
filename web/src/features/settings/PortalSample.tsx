// A piece of the public portal in one of its themes, in the company's color.
import type { ReactNode } from "react";
import type { Schemas } from "../../api/client";
import styles from "./settings.module.css";

export type Face = Schemas["PortalFace"];

export function PortalSample(props: { face: Face; theme: "light" | "dark"; children: ReactNode }) {
  const { face, theme, children } = props;
  const color = theme === "light" ? face.accent : face.accent_dark;
  // Only what is a color: anything else would be a style that somebody typed.
  const accent = color != null && /^#[0-9a-f]{6}$/i.test(color) ? color : undefined;
  return (
    <div
      className={styles.sample}
      data-theme={theme}
      style={accent === undefined ? {} : { ["--accent" as string]: accent }}
    >
      {children}
    </div>
  );
}
