// What the screens of processing activities share.
import { Badge } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { answerWithTag, api, type Schemas } from "../../../api/client";
import { IconAlert } from "../../../ui/icons";
import { t } from "../../../words/words";
import styles from "./activities.module.css";

export type Activity = Schemas["Activity"];
export type ActivityContent = Schemas["ActivityRequest"];

export function useActivity(id: string) {
  return useQuery({
    queryKey: ["activities", id],
    queryFn: ({ signal }) => answerWithTag(api.GET("/v1/activities/{id}", { params: { path: { id } }, signal })),
  });
}

// What a law asks for and nobody said, by a sign and in words.
export function GapCount({ activity }: { activity: Activity }) {
  const count = activity.gaps.length;
  if (count === 0) return <>{t("activities.whole")}</>;
  return (
    <Badge className={styles.gaps} variant="default" radius="sm" leftSection={<IconAlert size={13} />}>
      {t("activities.gaps.count", { count })}
    </Badge>
  );
}
