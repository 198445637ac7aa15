// The look: one accent, quiet grays, and text that keeps a contrast of at least 4.5:1 in both schemes (tests/e2e checks with axe).
import type { ConvertCSSVariablesInput, MantineColorsTuple, MantineTheme, MantineThemeOverride } from "@mantine/core";

const pine: MantineColorsTuple = [
  "#eef7f4",
  "#dcede8",
  "#b5d9cf",
  "#8ac4b4",
  "#62b09c",
  "#46a089",
  "#2c8571",
  "#1b6f5d",
  "#155b4c",
  "#0f463b",
];

// Mantine's dark grays with a little of the accent's hue in them.
const dark: MantineColorsTuple = [
  "#d5dbdc",
  "#b7c0c2",
  "#939ea1",
  "#677276",
  "#434d50",
  "#343d40",
  "#293134",
  "#1e2527",
  "#171d1f",
  "#101516",
];

export const theme: MantineThemeOverride = {
  primaryColor: "pine",
  primaryShade: { light: 7, dark: 7 },
  colors: { pine, dark },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  headings: {
    fontWeight: "650",
    sizes: {
      h1: { fontSize: "1.625rem", lineHeight: "1.25" },
      h2: { fontSize: "1.1875rem", lineHeight: "1.35" },
      h3: { fontSize: "1rem", lineHeight: "1.4" },
    },
  },
  components: {
    // Mantine locks the page's scroll by adding a <style> element, which the content security policy refuses; base.css does it.
    ModalRoot: { defaultProps: { lockScroll: false, radius: "lg" } },
    DrawerRoot: { defaultProps: { lockScroll: false } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300, events: { hover: true, focus: true, touch: false } } },
    // Inside its landmark, and without the empty focusable element that a menu may not have among its items (ARIA 1.2).
    Menu: {
      defaultProps: { shadow: "md", position: "bottom-end", withinPortal: false, withInitialFocusPlaceholder: false },
    },
  },
};

// Where Mantine's defaults are too faint to read, and the few tones that are our own.
export function cssVariables(merged: MantineTheme): ConvertCSSVariablesInput {
  const { gray, red } = merged.colors;
  return {
    variables: { "--privity-nav-width": "15.5rem", "--privity-bar-height": "3.5rem" },
    light: {
      "--mantine-color-body": "#ffffff",
      "--mantine-color-dimmed": "#566166",
      "--mantine-color-placeholder": "#667176",
      "--mantine-color-error": red[9],
      "--mantine-color-anchor": pine[7],
      "--privity-surface": "#f7f9f9",
      "--privity-raised": "#ffffff",
      "--privity-line": gray[3],
      "--privity-accent-text": pine[8],
      "--privity-accent-soft": pine[0],
    },
    dark: {
      "--mantine-color-body": dark[8],
      "--mantine-color-text": "#dfe5e6",
      "--mantine-color-dimmed": "#a3aeb1",
      "--mantine-color-placeholder": "#98a3a6",
      "--mantine-color-error": red[4],
      "--mantine-color-anchor": pine[3],
      "--privity-surface": dark[9],
      "--privity-raised": dark[7],
      "--privity-line": dark[5],
      "--privity-accent-text": pine[2],
      "--privity-accent-soft": "#1b302c",
    },
  };
}
