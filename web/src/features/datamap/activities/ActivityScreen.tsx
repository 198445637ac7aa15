// One processing activity: what the record says of it, which articles still want something, and every version with who wrote it.
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useParams } from "react-router";
import { answer, api, type Schemas, type Tagged } from "../../../api/client";
import { useMay } from "../../../api/session";
import { Confirm, ExactInstant, Instant, StateBadge } from "../../../ui/bits";
import { Dialog } from "../../../ui/Dialog";
import { IconPencil } from "../../../ui/icons";
import { Loaded } from "../../../ui/Loaded";
import { Facts, Page, Panel } from "../../../ui/Page";
import { say } from "../../../ui/toasts";
import { useFlag } from "../../../ui/useFlag";
import { nameOf, t } from "../../../words/words";
import { useActorName } from "../../identity/people";
import { useActivity, type Activity, type ActivityContent } from "./activity";
import { ActivityForm } from "./ActivityForm";
import { RecordOf } from "./RecordOf";
import styles from "./activities.module.css";

export default function ActivityScreen() {
  const { id = "" } = useParams();
  const activity = useActivity(id);
  const [editing, setEditing] = useFlag("edit");
  const may = useMay();
  const data = activity.data?.value;
  const mayChange = activity.data !== undefined && data?.ended_at == null && may("activities.write");
  return (
    <Page
      title={data?.content.name ?? t("activities.one")}
      back={{ to: "/activities", label: t("activities.title") }}
      actions={mayChange && !editing && <Steps tagged={activity.data} onEdit={() => setEditing(true)} />}
    >
      <Loaded from={activity}>
        {(tagged) =>
          editing && mayChange ? (
            <Editing
              key={tagged.etag}
              tagged={tagged}
              onDone={() => setEditing(false)}
              onReload={() => void activity.refetch()}
            />
          ) : (
            <div className={styles.columns}>
              <div>
                <Panel title={t("activities.says")}>
                  <RecordOf content={tagged.value.content} gaps={tagged.value.gaps} />
                </Panel>
              </div>
              <div>
                <Standing activity={tagged.value} />
                <History activity={tagged.value} />
              </div>
            </div>
          )
        }
      </Loaded>
    </Page>
  );
}

function Steps({ tagged, onEdit }: { tagged: Tagged<Activity>; onEdit: () => void }) {
  const queries = useQueryClient();
  const [ending, setEnding] = useState(false);
  const { id, content } = tagged.value;
  const end = useMutation({
    mutationFn: async () => {
      await answer(
        api.DELETE("/v1/activities/{id}", { params: { path: { id }, header: { "If-Match": tagged.etag ?? "*" } } }),
      );
      await queries.invalidateQueries({ queryKey: ["activities"] });
      say(t("activities.ended.said", { name: content.name }));
    },
  });
  return (
    <div className={styles.steps}>
      <Button leftSection={<IconPencil size={16} />} onClick={onEdit}>
        {t("activities.edit")}
      </Button>
      <Button variant="default" onClick={() => setEnding(true)}>
        {t("activities.end")}
      </Button>
      <Confirm
        title={t("activities.end.title", { name: content.name })}
        act={t("activities.end")}
        opened={ending}
        onClose={() => setEnding(false)}
        run={() => end.mutateAsync()}
      >
        {t("activities.end.lead")}
      </Confirm>
    </div>
  );
}

interface EditingProps {
  tagged: Tagged<Activity>;
  onDone: () => void;
  onReload: () => void;
}

function Editing({ tagged: { value, etag }, onDone, onReload }: EditingProps) {
  const queries = useQueryClient();
  const save = async (body: ActivityContent) => {
    const params = { path: { id: value.id }, header: { "If-Match": etag ?? "*" } };
    await answer(api.PUT("/v1/activities/{id}", { params, body }));
    onDone();
    await queries.invalidateQueries({ queryKey: ["activities"] });
    say(t("activities.saved"));
  };
  return (
    <Panel title={t("activities.edit")}>
      <ActivityForm
        initial={value.content}
        submitLabel={t("action.save")}
        submit={save}
        onCancel={onDone}
        onReload={onReload}
      />
    </Panel>
  );
}

function Standing({ activity }: { activity: Activity }) {
  const { gaps, ended_at: ended, content } = activity;
  return (
    <Panel title={t("activities.gaps")}>
      {ended != null && (
        <p className={styles.quiet}>
          {t("activities.ended")} <Instant at={ended} />
        </p>
      )}
      {gaps.length === 0 ? (
        <p className={styles.quiet}>{t("activities.whole.lead")}</p>
      ) : (
        <ul className={styles.entries}>
          {gaps.map(({ member, article }) => (
            <li key={member}>
              {nameOf("activity_member", member)}
              <small>{article}</small>
            </li>
          ))}
        </ul>
      )}
      <Facts
        facts={[
          [t("activities.role"), <StateBadge key="role" family="choice.role" value={content.role} tone="quiet" />],
        ]}
      />
    </Panel>
  );
}

type Version = Schemas["ActivityVersion"];

function History({ activity }: { activity: Activity }) {
  const actorName = useActorName();
  const [shown, setShown] = useState<Version | null>(null);
  const { id } = activity;
  const versions = useQuery({
    queryKey: ["activities", id, "history", activity.version],
    queryFn: async ({ signal }) =>
      (await answer(api.GET("/v1/activities/{id}/history", { params: { path: { id } }, signal }))).items,
  });
  return (
    <Panel title={t("activities.history")}>
      <Loaded from={versions}>
        {(items) => (
          <ol className={styles.entries}>
            {items.map((version, index) => (
              <li key={version.version}>
                <div className={styles.version}>
                  <span>{changesText(version, items[index + 1])}</span>
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={t("activities.version.show", { number: version.version })}
                    onClick={() => setShown(version)}
                  >
                    {t("activities.version", { number: version.version })}
                  </Button>
                </div>
                <small>
                  {actorName(version.by)} · <ExactInstant at={version.at} />
                </small>
              </li>
            ))}
          </ol>
        )}
      </Loaded>
      <Dialog
        title={t("activities.version", { number: shown?.version ?? 0 })}
        opened={shown !== null}
        onClose={() => setShown(null)}
      >
        {shown !== null && <RecordOf content={shown.content} gaps={[]} />}
      </Dialog>
    </Panel>
  );
}

// Which parts a version says otherwise than the one before it.
export function changedMembers(now: ActivityContent, before: ActivityContent): readonly string[] {
  const members = new Set([...Object.keys(now), ...Object.keys(before)]) as Set<keyof ActivityContent>;
  return [...members].filter((member) => JSON.stringify(now[member]) !== JSON.stringify(before[member]));
}

function changesText(version: Version, before: Version | undefined): string {
  if (before === undefined) return t("activities.recorded");
  const members = changedMembers(version.content, before.content);
  if (members.length === 0) return t("activities.ended");
  return t("activities.changed_members", {
    members: members.map((name) => nameOf("activity_member", name)).join(", "),
  });
}
