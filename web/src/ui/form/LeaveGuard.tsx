// Asks before unsaved changes are lost: on leaving the screen (a dialog of ours) and on closing the tab (the browser's).
import { Button } from "@mantine/core";
import { useEffect } from "react";
import { useBlocker } from "react-router";
import { t } from "../../words/words";
import { Dialog } from "../Dialog";
import styles from "./form.module.css";

export function LeaveGuard({ active }: { active: boolean }) {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => active && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (!active) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [active]);

  const stay = () => blocker.reset?.();
  return (
    <Dialog title={t("form.leave")} opened={blocker.state === "blocked"} onClose={stay}>
      <p className={styles.lead}>{t("form.leave.lead")}</p>
      <div className={styles.buttons}>
        <Button data-autofocus onClick={stay}>
          {t("form.leave.stay")}
        </Button>
        <Button variant="default" onClick={() => blocker.proceed?.()}>
          {t("form.leave.go")}
        </Button>
      </div>
    </Dialog>
  );
}
