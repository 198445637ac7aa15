// A plan as it is looked at before anybody approves it: per table how many records, what becomes of them and of each field, a few of them
// masked; where the search stopped, and what it could not read.
import { Button } from "@mantine/core";
import type { Schemas } from "../../api/client";
import { nameOf, t } from "../../words/words";
import { problemText } from "./problems";
import styles from "./rights.module.css";

export type Plan = Schemas["ExecutionPlan"];
export type Part = Schemas["PlannedPart"];
type Field = Schemas["PlannedField"];
type Place = Schemas["CollectionPlace"];

// What somebody wants to decide otherwise: a field, or without one the table as a whole.
export interface Asked {
  readonly part: Part;
  readonly field?: Field;
}

interface PlanPartsProps {
  plan: Plan;
  // Whether records go; otherwise they are handed out, or single values replaced.
  erases: boolean;
  // Absent where nothing can be decided otherwise.
  onChange?: ((asked: Asked) => void) | undefined;
}

export function PlanParts({ plan, erases, onChange }: PlanPartsProps) {
  if (plan.parts.length === 0 && plan.not_read.length === 0) return <p>{t("requests.plan.nothing")}</p>;
  return (
    <ul className={styles.entries}>
      {plan.parts.map((part) => (
        <PartEntry
          key={nameOfPlace(part.collection)}
          part={part}
          act={plan.act === "change" ? "change" : erases ? "erase" : "read"}
          onChange={part.not_covered === "" ? onChange : undefined}
        />
      ))}
      {plan.boundaries.map((boundary, at) => (
        <li key={`boundary ${at}`}>
          {t(isWithin(boundary) ? "requests.plan.boundary_within" : "requests.plan.boundary", {
            count: boundary.count,
            from: nameOfPlace(boundary.from),
            to: nameOfPlace(boundary.to),
            why: nameOf("boundary_reason", boundary.reason),
          })}
        </li>
      ))}
      {plan.not_read.map((note) => (
        <NotRead key={`${nameOfPlace(note.collection)} ${note.code}`} note={note} />
      ))}
    </ul>
  );
}

function isWithin({ from, to }: Schemas["Boundary"]): boolean {
  return nameOfPlace(from) === nameOfPlace(to);
}

export function NotRead({ note: { collection, code } }: { note: Schemas["NotRead"] }) {
  const place = nameOfPlace(collection);
  return (
    <li>
      {t("requests.plan.not_read", { place })}
      <small>{problemText(code, { store: collection.dataset, place, collection: place })}</small>
    </li>
  );
}

type Act = "read" | "erase" | "change";

function PartEntry({ part, act, onChange }: { part: Part; act: Act; onChange: PlanPartsProps["onChange"] }) {
  const place = nameOfPlace(part.collection);
  return (
    <li>
      <div className={styles.part}>
        <div>
          <strong>{place}</strong>
          <small>{fateOf(part, act)}</small>
          {part.not_shredded != null && <small>{nameOf("not_shredded", part.not_shredded)}</small>}
        </div>
        {onChange !== undefined && (
          <Button
            size="xs"
            variant="default"
            aria-label={t("requests.plan.change_named", { place })}
            onClick={() => onChange({ part })}
          >
            {t("requests.plan.change")}
          </Button>
        )}
      </div>
      <details>
        <summary>{t("requests.plan.samples")}</summary>
        <FieldTable part={part} act={act} onChange={onChange} />
      </details>
    </li>
  );
}

// Why restricted records stay where they are.
const unmoved = ["referred_to", "no_quarantine", "cannot_move"];

function fateOf(part: Part, act: Act): string {
  const { records, deleted } = part;
  if (act === "read") return t("requests.plan.read", { records });
  if (unmoved.includes(part.not_covered)) return nameOf("not_covered", part.not_covered);
  if (part.not_covered !== "") return t("requests.plan.not_covered", { records });
  if (part.keep_ground !== "") return t("requests.plan.kept", { records, ground: part.keep_ground });
  if (part.moves_to != null) return t("requests.plan.moved", { records, place: nameOfPlace(part.moves_to) });
  if (act === "change") return t("requests.plan.changed", { records });
  if (part.is_sealed) return t("requests.plan.sealed", { records });
  const emptied = records - deleted;
  if (emptied === 0) return t("requests.plan.deleted", { deleted });
  return t(deleted === 0 ? "requests.plan.emptied" : "requests.plan.erased", { deleted, emptied });
}

function FieldTable({ part, act, onChange }: { part: Part; act: Act; onChange: PlanPartsProps["onChange"] }) {
  const label = t("requests.plan.fields_of", { place: nameOfPlace(part.collection) });
  return (
    <div className={styles.fields} tabIndex={0} role="region" aria-label={label}>
      <table aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{t("fields.one")}</th>
            {act !== "read" && <th scope="col">{t("requests.plan.what_happens")}</th>}
            <th scope="col">{t("requests.plan.masked")}</th>
            {onChange !== undefined && <th scope="col">{t("table.actions")}</th>}
          </tr>
        </thead>
        <tbody>
          {part.fields.map((field) => (
            <tr key={field.name}>
              <th scope="row">{field.name}</th>
              {act !== "read" && <td>{fateOfField(part, field, act)}</td>}
              <td>{samplesOf(part, field.name) || "–"}</td>
              {onChange !== undefined && (
                <td>
                  {mayChange(part, field, act) && (
                    <Button
                      size="compact-xs"
                      variant="default"
                      aria-label={t("requests.plan.change_named", { place: field.name })}
                      onClick={() => onChange({ part, field })}
                    >
                      {t("requests.plan.change")}
                    </Button>
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const bound = ["key", "reference", "whole_record", "key_of_others"];
const ownGrounds = [...bound, "not_personal"];

function mayChange(part: Part, field: Field, act: Act): boolean {
  if (act === "change") return replacedIn(part, field) > 0;
  return !bound.includes(field.ground) && field.strategy !== "crypto_shred";
}

function replacedIn(part: Part, field: Field): number {
  return part.replacements.find((one) => one.field === field.name)?.records ?? 0;
}

function fateOfField(part: Part, field: Field, act: Act): string {
  if (act === "change") {
    const records = part.keep_ground === "" ? replacedIn(part, field) : 0;
    return records > 0 ? t("requests.plan.field_replaced", { records }) : t("requests.plan.field_stays");
  }
  if (part.keep_ground !== "" || part.not_covered !== "") return t("requests.plan.field_stays");
  if (part.deleted === part.records) return t("requests.plan.field_deleted");
  if (field.strategy !== "keep") return nameOf("strategy", field.strategy);
  return ownGrounds.includes(field.ground)
    ? nameOf("plan_ground", field.ground)
    : t("requests.plan.edit_kept", { ground: field.ground });
}

function samplesOf(part: Part, field: string): string {
  return part.samples
    .flatMap((sample) => sample.filter((one) => one.field === field).map(({ value }) => value ?? "–"))
    .join(" · ");
}

export function nameOfPlace({ dataset, space, name }: Place): string {
  return [dataset, space, name].filter((part) => part !== "").join(" › ");
}
