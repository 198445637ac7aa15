import { Button } from "@mantine/core";
import { CopyButton } from "../../../ui/bits";
import { IconDownload } from "../../../ui/icons";
import { download } from "../../../ui/table/csv";
import { t } from "../../../words/words";
import styles from "../identity.module.css";

// The codes that open the account when the phone is gone. Shown once.
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const text = codes.join("\n");
  return (
    <div className={styles.stack}>
      <p>{t("recovery.lead")}</p>
      <ul className={styles.codes} aria-label={t("recovery.title")}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={styles.buttons}>
        <CopyButton text={text} label={t("recovery.copy")} />
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} />}
          onClick={() => download("privity-recovery-codes.txt", `${text}\n`, "text/plain")}
        >
          {t("recovery.download")}
        </Button>
      </div>
      <div>
        <Button onClick={onDone}>{t("recovery.kept")}</Button>
      </div>
    </div>
  );
}
