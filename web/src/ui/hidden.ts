import styles from "./hidden.module.css";

// For words that only a screen reader needs: what an icon or a place in a grid tells those who see it.
export const hiddenText = styles["hidden"] ?? "";
