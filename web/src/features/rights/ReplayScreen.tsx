// One replay: who is back, named by nothing but counts; what was done, and what waits for a person, who looks at the plan first.
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useParams } from "react-router";
import { answer, api, type Schemas } from "../../api/client";
import { useMay } from "../../api/session";
import { Instant, StateBadge, type Tone } from "../../ui/bits";
import { Dialog } from "../../ui/Dialog";
import { Loaded } from "../../ui/Loaded";
import { Facts, Page, Panel } from "../../ui/Page";
import { refuse, say } from "../../ui/toasts";
import { nameOf, t } from "../../words/words";
import { ReplayBadge, type Replay } from "./ErasuresScreen";
import { nameOfPlace, NotRead, PlanParts } from "./PlanParts";
import styles from "./rights.module.css";

type Case = Schemas["ReplayCase"];

const lookAgainMilliseconds = 2_000;

export default function ReplayScreen() {
  const { id = "" } = useParams();
  const replay = useQuery({
    queryKey: ["erasures", "replays", id],
    queryFn: ({ signal }) => answer(api.GET("/v1/erasures/replays/{id}", { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (state.data?.state === "running" ? lookAgainMilliseconds : false),
  });
  return (
    <Page title={t("erasures.one")} back={{ to: "/erasures", label: t("erasures.title") }}>
      <Loaded from={replay}>
        {(loaded) => (
          <div className={styles.columns}>
            <div>
              <Cases replay={loaded} />
            </div>
            <div>
              <Standing replay={loaded} />
            </div>
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function Standing({ replay }: { replay: Replay }) {
  return (
    <Panel title={t("erasures.standing")}>
      <Facts
        facts={[
          [t("requests.state"), <ReplayBadge key="state" replay={replay} />],
          [t("erasures.dry_run"), t(replay.dry_run ? "fields.key.yes" : "fields.key.no")],
          [t("erasures.compared"), replay.erasures],
          [t("erasures.started"), <Instant key="started" at={replay.started_at} />],
          [t("erasures.ended"), <Instant key="ended" at={replay.ended_at} />],
        ]}
      />
      {replay.not_read.length > 0 && (
        <ul className={styles.entries}>
          {replay.not_read.map((note) => (
            <NotRead key={`${nameOfPlace(note.collection)} ${note.code}`} note={note} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

const tones: Record<Case["state"], Tone> = {
  found: "warn",
  acting: "busy",
  proposed: "warn",
  done: "good",
  dismissed: "quiet",
};

function Cases({ replay }: { replay: Replay }) {
  return (
    <Panel title={t("erasures.back")}>
      {replay.cases.length === 0 ? (
        <p className={styles.text}>{t(replay.state === "running" ? "erasures.looking" : "erasures.nobody_back")}</p>
      ) : (
        <ul className={styles.entries}>
          {replay.cases.map((one, index) => (
            <li key={one.id}>
              <strong>{t("erasures.case", { number: index + 1 })}</strong>{" "}
              <StateBadge family="replay_case_state" value={one.state} tone={tones[one.state]} />
              <small>{nameOf("replay_verdict", one.verdict)}</small>
              <small>{t("erasures.case.records", { records: one.records, same: one.same_records })}</small>
              {one.leftovers > 0 && <small>{t("erasures.case.leftovers", { count: one.leftovers })}</small>}
              {one.state === "proposed" && <CaseSteps one={one} />}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function CaseSteps({ one }: { one: Case }) {
  const may = useMay();
  const queries = useQueryClient();
  const [looking, setLooking] = useState(false);
  const params = { path: { id: one.id } };
  const plan = useQuery({
    queryKey: ["erasures", "cases", one.id, one.plan],
    enabled: looking,
    queryFn: ({ signal }) => answer(api.GET("/v1/erasures/cases/{id}/plan", { params, signal })),
  });
  const act = useMutation({
    mutationFn: (erase: boolean) =>
      erase
        ? answer(api.POST("/v1/erasures/cases/{id}/approval", { params, body: { plan: one.plan } }))
        : answer(api.POST("/v1/erasures/cases/{id}/dismissal", { params })),
    onSuccess: async (_, erase) => {
      setLooking(false);
      await queries.invalidateQueries({ queryKey: ["erasures"] });
      say(t(erase ? "erasures.approved" : "erasures.dismissed"));
    },
    onError: refuse,
  });
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setLooking(true)}>
        {t("erasures.look")}
      </Button>
      <Dialog title={t("requests.plan.title")} opened={looking} onClose={() => setLooking(false)}>
        <Loaded from={plan}>{(loaded) => <PlanParts plan={loaded} erases />}</Loaded>
        {may("rights.approve") && (
          <div className={styles.steps}>
            <Button color="red.8" loading={act.isPending} onClick={() => act.mutate(true)}>
              {t("erasures.erase_again")}
            </Button>
            <Button variant="default" loading={act.isPending} onClick={() => act.mutate(false)}>
              {t("erasures.let_stay")}
            </Button>
          </div>
        )}
      </Dialog>
    </>
  );
}
