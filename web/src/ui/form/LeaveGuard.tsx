// Asks before unsaved changes are lost: on leaving the screen (a dialog of ours) and on closing the tab (the browser's).
import { Button, Modal } from "@mantine/core";
import { useEffect } from "react";
import { useBlocker } from "react-router";
import { t } from "../../words/words";
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
    <Modal
      opened={blocker.state === "blocked"}
      onClose={stay}
      title={t("form.leave")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <p className={styles.lead}>{t("form.leave.lead")}</p>
      <div className={styles.buttons}>
        <Button data-autofocus onClick={stay}>
          {t("form.leave.stay")}
        </Button>
        <Button variant="default" onClick={() => blocker.proceed?.()}>
          {t("form.leave.go")}
        </Button>
      </div>
    </Modal>
  );
}
