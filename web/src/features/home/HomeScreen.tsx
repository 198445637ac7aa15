// The start page: what waits, what failed, whether all is well. Each panel stands only for those who may see its content.
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { api, page } from "../../api/client";
import { useMay, useSession } from "../../api/session";
import { Instant } from "../../ui/bits";
import { IconCheck } from "../../ui/icons";
import { LinesSkeleton, Loaded } from "../../ui/Loaded";
import { Page, Panel } from "../../ui/Page";
import { nameOf, t } from "../../words/words";
import { HealthBadge, healthQuery } from "../health/health";
import { meQuery } from "../identity/account/me";
import { TaskStateBadge, type TaskState } from "../tasks/task";
import { NotificationList, notificationsQuery } from "../workspace/NotificationList";
import { MapPanel } from "./MapPanel";
import { RequestsDue } from "./RequestsDue";
import styles from "./home.module.css";

export default function HomeScreen() {
  const session = useSession();
  const may = useMay();
  return (
    <Page title={t("home.greeting", { name: session.data?.name ?? "" })} lead={t("home.lead")}>
      <div className={styles.columns}>
        <div>
          <SecondFactorAdvice />
          {may("rights.read") && <RequestsDue />}
          {may("tasks.use") && <OwnTasks />}
          <Waiting />
        </div>
        <div>
          {may("map.read") && <MapPanel />}
          {may("health.read") && <HealthPanel />}
          {may("jobs.read") && <FailedJobs />}
        </div>
      </div>
    </Page>
  );
}

function SecondFactorAdvice() {
  const me = useQuery(meQuery);
  if (me.data === undefined || me.data.totp) return null;
  return (
    <Panel
      title={t("setup.second_factor")}
      lead={t("totp.off")}
      actions={
        <Button component={Link} to="/account" variant="default" size="xs">
          {t("totp.set_up")}
        </Button>
      }
    >
      {null}
    </Panel>
  );
}

const tasksShownMax = 5;

// Those begun before those that wait, each by the date when it is due.
function OwnTasks() {
  const self = useSession().data?.user_id ?? "";
  const tasks = useQuery({
    queryKey: ["tasks", "own", self],
    queryFn: async ({ signal }) => {
      const inState = (state: TaskState) => {
        const query = { assignee: self, state, limit: tasksShownMax };
        return page(api.GET("/v1/tasks", { params: { query }, signal }));
      };
      const [begun, open] = await Promise.all([inState("in_progress"), inState("open")]);
      return [...begun.items, ...open.items].slice(0, tasksShownMax);
    },
  });
  return (
    <Panel title={t("home.tasks")} actions={<Link to={`/tasks?assignee=${self}`}>{t("home.all_tasks")}</Link>}>
      <Loaded from={tasks} skeleton={<LinesSkeleton lines={3} />}>
        {(items) =>
          items.length === 0 ? (
            <p className={styles.quiet}>{t("home.no_tasks")}</p>
          ) : (
            <ul className={styles.list}>
              {items.map((task) => (
                <li key={task.id}>
                  <div>
                    <Link to={`/tasks/${task.id}`}>{task.content.title}</Link>
                    {task.content.due != null && (
                      <small>
                        {t("field.due")} <Instant at={task.content.due} />
                      </small>
                    )}
                  </div>
                  <TaskStateBadge task={task} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}

function Waiting() {
  const notifications = useQuery(notificationsQuery);
  return (
    <Panel title={t("home.waiting")}>
      <Loaded from={notifications} skeleton={<LinesSkeleton lines={3} />}>
        {(items) => <NotificationList items={items} />}
      </Loaded>
    </Panel>
  );
}

function HealthPanel() {
  const health = useQuery(healthQuery);
  return (
    <Panel title={t("health.title")} actions={health.data !== undefined && <HealthBadge ok={health.data.ready} />}>
      <Loaded from={health} skeleton={<LinesSkeleton lines={2} />}>
        {(loaded) => {
          const troubled = loaded.checks.filter((check) => !check.ok);
          if (troubled.length === 0) return <p className={styles.quiet}>{t("home.all_well")}</p>;
          return (
            <ul className={styles.list}>
              {troubled.map((check) => (
                <li key={check.name}>
                  <Link to="/health">{nameOf("health_check", check.name)}</Link>
                  <HealthBadge ok={check.ok} />
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
    </Panel>
  );
}

const failedShownMax = 5;

function FailedJobs() {
  const failed = useQuery({
    queryKey: ["jobs", "failed"],
    queryFn: ({ signal }) =>
      page(api.GET("/v1/jobs", { params: { query: { state: "failed", limit: failedShownMax } }, signal })),
  });
  return (
    <Panel title={t("home.failed_jobs")}>
      <Loaded from={failed} skeleton={<LinesSkeleton lines={2} />}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={styles.quiet}>
              <IconCheck size={16} /> {t("home.no_failed_jobs")}
            </p>
          ) : (
            <ul className={styles.list}>
              {items.map((job) => (
                <li key={job.id}>
                  <Link to={`/jobs/${job.id}`}>{nameOf("job_kind", job.kind)}</Link>
                  <small>
                    <Instant at={job.finished_at ?? job.created_at} />
                  </small>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}
