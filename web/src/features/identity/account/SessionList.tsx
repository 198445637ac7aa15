import { Badge, Button } from "@mantine/core";
import type { Schemas } from "../../../api/client";
import { Instant } from "../../../ui/bits";
import { t } from "../../../words/words";
import styles from "../identity.module.css";

interface SessionListProps {
  sessions: readonly Schemas["SessionInfo"][];
  onEnd?: (id: string) => void;
}

// Where someone is signed in: which program, since when, last used when.
export function SessionList({ sessions, onEnd }: SessionListProps) {
  if (sessions.length === 0) return <p className={styles.none}>{t("sessions.none")}</p>;
  return (
    <ul className={styles.rows}>
      {sessions.map((session) => (
        <li key={session.id}>
          <div>
            {session.client} {session.current && <Badge variant="light">{t("sessions.this")}</Badge>}
            <small>
              {t("sessions.last_used")} <Instant at={session.last_seen_at} />
            </small>
          </div>
          {onEnd !== undefined && !session.current && (
            <Button size="xs" variant="default" onClick={() => onEnd(session.id)}>
              {t("sessions.end")}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
