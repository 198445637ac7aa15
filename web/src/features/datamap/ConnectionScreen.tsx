// One connected store: how it is reached, whether it is, when it is looked through, and what the last scans found.
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { answer, answerWithTag, api, type Schemas, type Tagged } from "../../api/client";
import { useMay } from "../../api/session";
import { Confirm, Instant } from "../../ui/bits";
import { Dialog } from "../../ui/Dialog";
import { IconActivity, IconPencil, IconTrash } from "../../ui/icons";
import { Loaded } from "../../ui/Loaded";
import { Facts, Page, Panel } from "../../ui/Page";
import { ProblemCard } from "../../ui/ProblemCard";
import { refuse, say, undoBy } from "../../ui/toasts";
import { t } from "../../words/words";
import { ruleText } from "../jobs/rule";
import { RuleForm } from "../jobs/RuleDialog";
import { ReachBadge, requestOf, useTest, WritingBadge, type Connection, type ConnectionRequest } from "./connection";
import { ConnectionForm } from "./ConnectionForm";
import { ScanList, scansOf, StartScan } from "./scan";
import { storedProblem } from "./storedProblem";
import styles from "./datamap.module.css";

export default function ConnectionScreen() {
  const { id = "" } = useParams();
  const may = useMay();
  const connection = useQuery({
    queryKey: ["connections", id],
    queryFn: ({ signal }) => answerWithTag(api.GET("/v1/connections/{id}", { params: { path: { id } }, signal })),
  });
  return (
    <Page
      title={connection.data?.value.name ?? t("connections.one")}
      back={{ to: "/connections", label: t("connections.title") }}
      actions={connection.data !== undefined && <Steps tagged={connection.data} />}
    >
      <Loaded from={connection}>
        {(loaded) => (
          <div className={styles.columns}>
            <div>
              <ReachPanel connection={loaded.value} />
              <FactsPanel tagged={loaded} onReload={() => connection.refetch()} />
            </div>
            <div>
              <SchedulePanel tagged={loaded} />
              {may("map.read") && <ScansPanel system={loaded.value.system} />}
            </div>
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function useChange({ value, etag }: Tagged<Connection>) {
  const queries = useQueryClient();
  return async (body: ConnectionRequest, tag: string | null = etag) => {
    const params = { path: { id: value.id }, header: { "If-Match": tag ?? "*" } };
    await answer(api.PUT("/v1/connections/{id}", { params, body }));
    await queries.invalidateQueries({ queryKey: ["connections"] });
  };
}

function Steps({ tagged: { value, etag } }: { tagged: Tagged<Connection> }) {
  const may = useMay();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [removing, setRemoving] = useState(false);
  const remove = async () => {
    const params = { path: { id: value.id }, header: { "If-Match": etag ?? "*" } };
    await answer(api.DELETE("/v1/connections/{id}", { params }));
    void navigate("/connections");
    say(t("connections.removed", { name: value.name }));
    for (const key of ["connections", "systems"]) await queries.invalidateQueries({ queryKey: [key, "list"] });
  };
  return (
    <>
      <StartScan system={value.system} />
      {may("connections.write") && (
        <Button variant="default" leftSection={<IconTrash size={16} />} onClick={() => setRemoving(true)}>
          {t("connections.remove")}
        </Button>
      )}
      <Confirm
        title={t("connections.remove.title", { name: value.name })}
        act={t("connections.remove")}
        opened={removing}
        onClose={() => setRemoving(false)}
        run={remove}
      >
        {t("connections.remove.lead")}
      </Confirm>
    </>
  );
}

// Whether the store answers, and if not, what to do about it.
function ReachPanel({ connection }: { connection: Connection }) {
  const may = useMay();
  const test = useTest(connection.id);
  const found = connection.test;
  return (
    <Panel
      title={t("connections.reach")}
      actions={
        may("connections.write") && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconActivity size={14} />}
            loading={test.isPending}
            onClick={() => test.mutate()}
          >
            {t("connections.test")}
          </Button>
        )
      }
    >
      <div role="status" className={styles.reach}>
        <ReachBadge connection={connection} />
        <span className={styles.quiet}>
          {found == null ? t("connections.untested.lead") : <Instant at={found.at} />}
        </span>
      </div>
      {found?.ok === true && <TestFacts test={found} />}
      {found?.problem != null && <ProblemCard problem={storedProblem(found.problem)} />}
    </Panel>
  );
}

function TestFacts({ test }: { test: Schemas["ConnectionTest"] }) {
  return (
    <Facts
      facts={[
        [t("connections.product"), `${test.product} ${test.version}`.trim()],
        [t("connections.encrypted"), t(test.encrypted ? "connections.encrypted.yes" : "connections.encrypted.no")],
      ]}
    />
  );
}

function FactsPanel({ tagged, onReload }: { tagged: Tagged<Connection>; onReload: () => void }) {
  const may = useMay();
  const change = useChange(tagged);
  const [editing, setEditing] = useState(false);
  const connection = tagged.value;
  return (
    <Panel
      title={t("connections.how")}
      actions={
        may("connections.write") && (
          <Button size="xs" variant="default" leftSection={<IconPencil size={14} />} onClick={() => setEditing(true)}>
            {t("action.edit")}
          </Button>
        )
      }
    >
      <Facts
        facts={[
          [t("connections.kind"), connection.kind],
          [t("field.address"), <code key="address">{connection.address}</code>],
          [t("field.password"), t(connection.has_password ? "connections.password.kept" : "connections.password.none")],
          [t("connections.writing"), <WritingBadge key="writing" connection={connection} />],
          [t("field.private_networks"), connection.networks.length === 0 ? "–" : connection.networks.join(", ")],
          [t("field.sample_records"), connection.sample_records],
          [t("systems.one"), <SystemLink key="system" connection={connection} />],
        ]}
      />
      <Dialog title={t("connections.edit")} opened={editing} onClose={() => setEditing(false)}>
        <ConnectionForm
          connection={connection}
          submitLabel={t("action.save")}
          onCancel={() => setEditing(false)}
          onReload={onReload}
          submit={async (request) => {
            await change(request);
            setEditing(false);
          }}
        />
      </Dialog>
    </Panel>
  );
}

function SystemLink({ connection }: { connection: Connection }) {
  const may = useMay();
  return may("map.read") ? <Link to={`/systems/${connection.system}`}>{connection.name}</Link> : connection.name;
}

const firstRule: Schemas["ScheduleRule"] = { recurrence: "daily", hour: 3, minute: 0 };

function SchedulePanel({ tagged }: { tagged: Tagged<Connection> }) {
  const may = useMay();
  const change = useChange(tagged);
  const [changing, setChanging] = useState(false);
  const connection = tagged.value;
  const { schedule } = connection;
  // Taken back on whatever version there is by then: the schedule alone is what was changed.
  const setRule = async (rule: Schemas["ScheduleRule"] | null) => {
    await change({ ...requestOf(connection), schedule: rule });
    const undo = undoBy(() => change({ ...requestOf(connection), schedule: schedule ?? null }, "*"));
    say(t(rule === null ? "connections.schedule.stopped" : "schedules.done.rule"), undo);
  };
  const stop = useMutation({ mutationFn: () => setRule(null), onError: refuse });
  return (
    <Panel
      title={t("connections.schedule.title")}
      actions={
        may("connections.write") && (
          <>
            <Button size="xs" variant="default" onClick={() => setChanging(true)}>
              {t(schedule == null ? "connections.schedule.set" : "schedules.step.rule")}
            </Button>
            {schedule != null && (
              <Button size="xs" variant="default" loading={stop.isPending} onClick={() => stop.mutate()}>
                {t("connections.schedule.stop")}
              </Button>
            )}
          </>
        )
      }
    >
      <Facts
        facts={[
          [t("schedules.rule"), schedule == null ? t("connections.on_demand") : ruleText(schedule)],
          [t("schedules.next"), <Instant key="next" at={connection.next_scan_at} />],
        ]}
      />
      <Dialog title={t("connections.schedule.title")} opened={changing} onClose={() => setChanging(false)}>
        <RuleForm
          rule={{ ...ruleDefaults, ...(schedule ?? firstRule) }}
          onCancel={() => setChanging(false)}
          submit={async (rule) => {
            await setRule(rule);
            setChanging(false);
          }}
        />
      </Dialog>
    </Panel>
  );
}

// What the form begins with where the other recurrences ask for more.
const ruleDefaults = { minutes: 60, hour: 3, minute: 0, weekday: 1, day_of_month: 1 } as const;

function ScansPanel({ system }: { system: string }) {
  const scans = useQuery(scansOf(system));
  return (
    <Panel title={t("scans.title")} actions={<Link to={`/scans?system=${system}`}>{t("scans.all")}</Link>}>
      <Loaded from={scans}>{({ items }) => <ScanList scans={items} />}</Loaded>
    </Panel>
  );
}
