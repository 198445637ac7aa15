// What is planned in the stores, and what people decided otherwise: each edit with its reason, by whom, and the way back. A plan that was
// edited is approved anew.
import { Button, Select, TextInput } from "@mantine/core";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api, type Schemas } from "../../api/client";
import { requestSchema } from "../../api/requestSchema";
import { useMay } from "../../api/session";
import { Instant } from "../../ui/bits";
import { Dialog } from "../../ui/Dialog";
import type { FieldControl } from "../../ui/form/fields";
import { SchemaForm } from "../../ui/form/SchemaForm";
import { Loaded } from "../../ui/Loaded";
import { Panel } from "../../ui/Page";
import { refuse, say } from "../../ui/toasts";
import { nameOf, t } from "../../words/words";
import { useActorName } from "../identity/people";
import { factsOn, useLaw } from "./law";
import { nameOfPlace, PlanParts, type Asked, type Plan } from "./PlanParts";
import type { Request, RequestState } from "./request";
import styles from "./rights.module.css";

type Edit = Schemas["PlanEdit"];
type Strategy = Edit["strategy"];

const changeable: readonly RequestState[] = ["planned", "approved"];
const aboutOthers: readonly Schemas["BoundaryReason"][] = [
  "another_persons_record",
  "refers_to_another_person",
  "others_refer_to_it",
  "only_their_name",
];
const givesOut: readonly Request["right"][] = ["access", "portability"];

export function PlanPanel({ request }: { request: Request }) {
  const id = request.id;
  const may = useMay();
  const [asked, setAsked] = useState<Asked | null>(null);
  const plan = useQuery({
    queryKey: ["requests", id, "plan", request.plan?.digest],
    queryFn: ({ signal }) => answer(api.GET("/v1/rights/requests/{id}/plan", { params: { path: { id } }, signal })),
    placeholderData: keepPreviousData,
  });
  const isAhead = changeable.includes(request.state);
  const edits = may("rights.write") && isAhead && !givesOut.includes(request.right);
  return (
    <Panel
      title={t(isAhead ? "requests.plan.title" : "requests.plan.title.behind")}
      lead={t(isAhead ? "requests.plan.lead" : "requests.plan.lead.behind")}
    >
      <Loaded from={plan}>
        {(loaded) => (
          <>
            <PlanParts plan={loaded} erases={request.right === "erasure"} onChange={edits ? setAsked : undefined} />
            {loaded.boundaries.some(({ reason }) => aboutOthers.includes(reason)) && <WhyOthers request={request} />}
            {loaded.edits.length > 0 && <Edits request={request} plan={loaded} mayUndo={edits} />}
            <EditDialog request={request} plan={loaded} asked={asked} onClose={() => setAsked(null)} />
          </>
        )}
      </Loaded>
    </Panel>
  );
}

// By which articles the search stops at other people.
function WhyOthers({ request }: { request: Request }) {
  const law = useLaw(request.law);
  if (law.data === undefined) return null;
  return factsOn(law.data, "requests.others", request.right).map(({ id, text, article, uncertain }) => (
    <p key={id} className={styles.text}>
      {t("requests.plan.others", { text, article, law: request.law_name })}
      {uncertain && ` ${t("requests.uncertain")}.`}
    </p>
  ));
}

function Edits({ request, plan, mayUndo }: { request: Request; plan: Plan; mayUndo: boolean }) {
  const actorName = useActorName();
  return (
    <>
      <h3 className={styles.subhead}>{t("requests.plan.edits")}</h3>
      <ul className={styles.entries}>
        {plan.edits.map(({ id, edit, by, at }) => (
          <li key={id}>
            <div className={styles.part}>
              <div>
                <strong>{placeOf(edit)}</strong>
                <p className={styles.text}>
                  {edit.strategy === "keep"
                    ? t("requests.plan.edit_kept", { ground: edit.ground ?? "" })
                    : nameOf("strategy", edit.strategy)}
                </p>
                {edit.reason !== "" && <p className={styles.text}>{edit.reason}</p>}
                <small>
                  {actorName(by)} · <Instant at={at} />
                </small>
              </div>
              {mayUndo && <UndoButton request={request} edit={id} place={placeOf(edit)} />}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

function placeOf({ collection, field = "" }: Edit): string {
  return field === "" ? nameOfPlace(collection) : `${nameOfPlace(collection)} › ${field}`;
}

function UndoButton({ request, edit, place }: { request: Request; edit: string; place: string }) {
  const queries = useQueryClient();
  const params = { path: { id: request.id, edit } };
  const undo = useMutation({
    mutationFn: () => answer(api.DELETE("/v1/rights/requests/{id}/plan/edits/{edit}", { params })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["requests"] });
      say(t("requests.plan.undone"));
    },
    onError: refuse,
  });
  return (
    <Button
      size="xs"
      variant="default"
      aria-label={t("requests.plan.undo_named", { place })}
      loading={undo.isPending}
      onClick={() => undo.mutate()}
    >
      {t("action.undo")}
    </Button>
  );
}

interface EditDialogProps {
  request: Request;
  plan: Plan;
  asked: Asked | null;
  onClose: () => void;
}

function EditDialog({ request, plan, asked, onClose }: EditDialogProps) {
  const queries = useQueryClient();
  const params = { path: { id: request.id } };
  return (
    <Dialog title={asked === null ? "" : titleOf(asked)} opened={asked !== null} onClose={onClose}>
      {asked !== null && (
        <SchemaForm
          schema={editSchema}
          initial={{ strategy: "keep" }}
          labels={{ strategy: t("requests.plan.what_happens"), reason: t("requests.reason") }}
          custom={{
            strategy: (field) => <StrategyField key="strategy" field={field} choices={choicesFor(plan, asked)} />,
            ground: (field) => <GroundField key="ground" field={field} />,
          }}
          submitLabel={t("requests.plan.change.submit")}
          onCancel={onClose}
          submit={async (values) => {
            const place = { collection: asked.part.collection, field: asked.field?.name ?? "" };
            const body = { ...place, ...values } as unknown as Edit;
            await answer(api.POST("/v1/rights/requests/{id}/plan/edits", { params, body }));
            onClose();
            await queries.invalidateQueries({ queryKey: ["requests"] });
            say(t("requests.plan.edited"));
          }}
        />
      )}
    </Dialog>
  );
}

// What is asked of the person; the place is the one that was chosen, and may have empty parts.
const { strategy, ground, reason } = requestSchema("requests.edit_plan").properties ?? {};
const editSchema = {
  type: "object",
  properties: { strategy: strategy ?? {}, ground: ground ?? {}, reason: reason ?? {} },
  required: ["strategy"],
};

function titleOf({ part, field }: Asked): string {
  const place = nameOfPlace(part.collection);
  return t("requests.plan.change_named", { place: field === undefined ? place : `${place} › ${field.name}` });
}

const strategies = ["keep", "null", "mask", "pseudonymize", "hash", "redact"] as const satisfies readonly Strategy[];

// Of single values that are replaced, a place can only be left as it is; what must have a value cannot be emptied.
function choicesFor(plan: Plan, { field }: Asked): readonly Strategy[] {
  if (plan.act === "change") return ["keep"];
  return strategies.filter((strategy) => strategy !== "null" || field?.nullable !== false);
}

function StrategyField({ field, choices }: { field: FieldControl; choices: readonly Strategy[] }) {
  const { onChange, value, ...rest } = field;
  return (
    <Select
      {...rest}
      allowDeselect={false}
      data={choices.map((strategy) => ({ value: strategy, label: nameOf("strategy", strategy) }))}
      value={typeof value === "string" ? value : null}
      onChange={(strategy) => onChange(strategy ?? undefined)}
    />
  );
}

function GroundField({ field }: { field: FieldControl }) {
  const { onChange, value, ...rest } = field;
  return (
    <TextInput
      {...rest}
      description={t("requests.plan.ground.help")}
      value={typeof value === "string" ? value : ""}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
