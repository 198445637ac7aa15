// What is planned in the stores, before anybody approves it: per table how many records, what becomes of them, and a few of them
// masked; where the search stopped, and what it could not read.
import { useQuery } from "@tanstack/react-query";
import { answer, api, type Schemas } from "../../api/client";
import { Loaded } from "../../ui/Loaded";
import { Panel } from "../../ui/Page";
import { t } from "../../words/words";
import type { Request } from "./request";
import styles from "./rights.module.css";

type Plan = Schemas["ExecutionPlan"];
type Part = Schemas["PlannedPart"];
type Place = Schemas["CollectionPlace"];

export function PlanPanel({ request }: { request: Request }) {
  const id = request.id;
  const plan = useQuery({
    queryKey: ["requests", id, "plan", request.plan?.digest],
    queryFn: ({ signal }) => answer(api.GET("/v1/rights/requests/{id}/plan", { params: { path: { id } }, signal })),
  });
  return (
    <Panel title={t("requests.plan.title")} lead={t("requests.plan.lead")}>
      <Loaded from={plan}>{(loaded) => <PlanParts plan={loaded} erases={request.right === "erasure"} />}</Loaded>
    </Panel>
  );
}

export function PlanParts({ plan, erases }: { plan: Plan; erases: boolean }) {
  if (plan.parts.length === 0 && plan.not_read.length === 0) return <p>{t("requests.plan.nothing")}</p>;
  return (
    <ul className={styles.entries}>
      {plan.parts.map((part) => (
        <li key={nameOfPlace(part.collection)}>
          <strong>{nameOfPlace(part.collection)}</strong>
          <small>{erases ? fateOf(part) : t("requests.plan.read", { records: part.records })}</small>
          {part.samples.length > 0 && <Samples part={part} />}
        </li>
      ))}
      {plan.boundaries.map((boundary, at) => (
        <li key={`boundary ${at}`}>
          {t("requests.plan.boundary", {
            count: boundary.count,
            from: nameOfPlace(boundary.from),
            to: nameOfPlace(boundary.to),
          })}
        </li>
      ))}
      {plan.not_read.map((note) => (
        <li key={`${nameOfPlace(note.collection)} ${note.code}`}>
          {t("requests.plan.not_read", { place: nameOfPlace(note.collection), code: note.code })}
        </li>
      ))}
    </ul>
  );
}

function fateOf(part: Part): string {
  const { records, deleted } = part;
  if (part.not_covered !== "") return t("requests.plan.not_covered", { records });
  if (part.keep_ground !== "") return t("requests.plan.kept", { records, ground: part.keep_ground });
  return t("requests.plan.erased", { deleted, emptied: records - deleted });
}

function Samples({ part }: { part: Part }) {
  return (
    <details>
      <summary>{t("requests.plan.samples")}</summary>
      {part.samples.map((sample, at) => (
        <p key={at} className={styles.text}>
          {sample.map((each) => `${each.field}: ${each.value ?? "–"}`).join(", ")}
        </p>
      ))}
    </details>
  );
}

export function nameOfPlace({ dataset, space, name }: Place): string {
  return [dataset, space, name].filter((part) => part !== "").join(" › ");
}
