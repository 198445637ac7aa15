// What a record says, part by part; a part that the law asks for and that nobody filled says so with its article.
import type { ReactNode } from "react";
import { Link } from "react-router";
import type { Schemas } from "../../../api/client";
import { IconAlert } from "../../../ui/icons";
import { Facts } from "../../../ui/Page";
import { nameOf, t } from "../../../words/words";
import { usePersonName } from "../../identity/people";
import { useCategoryText } from "../category";
import { retentionText } from "../retention";
import { useSystemChoices } from "../system";
import type { ActivityContent } from "./activity";
import styles from "./activities.module.css";

interface RecordOfProps {
  content: ActivityContent;
  gaps: readonly Schemas["ActivityGap"][];
}

export function RecordOf({ content, gaps }: RecordOfProps) {
  const personName = usePersonName();
  const part = (member: keyof ActivityContent, said: ReactNode) =>
    [
      nameOf("activity_member", member),
      said ?? <NotSaid key={member} article={gaps.find((gap) => gap.member === member)?.article} />,
    ] as const;
  return (
    <div className={styles.record}>
      <Facts
        facts={[
          part("description", text(content.description)),
          part(
            "parties",
            listOf(content.parties, (party) => <Party party={party} />),
          ),
          part(
            "purposes",
            listOf(content.purposes, (purpose) => <Purpose purpose={purpose} />),
          ),
          part(
            "subject_categories",
            listOf(content.subject_categories, (name) => name),
          ),
          part(
            "data_categories",
            listOf(content.data_categories, (key) => <Category category={key} />),
          ),
          part(
            "special_condition",
            content.special_condition == null
              ? undefined
              : nameOf("choice.special_condition", content.special_condition),
          ),
          part(
            "recipients",
            listOf(content.recipients, (name) => name),
          ),
          part(
            "transfers",
            listOf(content.transfers, (transfer) => <Transfer transfer={transfer} />),
          ),
          part("retention", text(content.retention)),
          part(
            "retention_rules",
            listOf(content.retention_rules, (rule) => <Kept rule={rule} />),
          ),
          part("security", text(content.security)),
          part(
            "systems",
            listOf(content.systems, (id) => <SystemName id={id} />),
          ),
          part("steward", content.steward == null ? undefined : personName(content.steward)),
          ...(content.custom_fields ?? []).map(({ name, value }) => [name, value || "–"] as const),
        ]}
      />
    </div>
  );
}

function NotSaid({ article }: { article: string | undefined }) {
  if (article === undefined) return <span className={styles.quiet}>–</span>;
  return (
    <span className={styles.notSaid}>
      <IconAlert size={14} /> {t("activities.not_said", { article })}
    </span>
  );
}

function text(said: string | undefined): ReactNode {
  return said === undefined || said === "" ? undefined : <span className={styles.text}>{said}</span>;
}

function listOf<Item>(items: readonly Item[] | undefined, draw: (item: Item) => ReactNode): ReactNode {
  if (items === undefined || items.length === 0) return undefined;
  return (
    <ul className={styles.parts}>
      {items.map((item, index) => (
        <li key={index}>{draw(item)}</li>
      ))}
    </ul>
  );
}

function Party({ party }: { party: Schemas["ActivityParty"] }) {
  return (
    <>
      {party.name}
      <small>
        {nameOf("choice.role", party.role)}
        {party.contact != null && party.contact !== "" && ` · ${party.contact}`}
      </small>
    </>
  );
}

function Purpose({ purpose }: { purpose: Schemas["ActivityPurpose"] }) {
  return (
    <>
      {purpose.purpose}
      <small>
        {purpose.basis == null ? t("activities.no_basis") : nameOf("choice.basis", purpose.basis)}
        {purpose.explanation != null && purpose.explanation !== "" && ` · ${purpose.explanation}`}
      </small>
    </>
  );
}

function Transfer({ transfer }: { transfer: Schemas["ActivityTransfer"] }) {
  const more = [transfer.recipient, transfer.safeguards].filter((one) => one != null && one !== "");
  return (
    <>
      {transfer.destination}
      <small>{more.length === 0 ? t("activities.no_safeguards") : more.join(" · ")}</small>
    </>
  );
}

function Kept({ rule: { data_categories: keys, rule } }: { rule: Schemas["ActivityRetention"] }) {
  const categoryText = useCategoryText();
  return (
    <>
      {retentionText(rule)}
      {keys != null && keys.length > 0 && <small>{keys.map(categoryText).join(", ")}</small>}
    </>
  );
}

function Category({ category }: { category: string }) {
  return <Link to={`/fields?category=${encodeURIComponent(category)}`}>{useCategoryText()(category)}</Link>;
}

function SystemName({ id }: { id: string }) {
  const name = useSystemChoices().find(({ value }) => value === id)?.label;
  return <Link to={`/systems/${id}`}>{name ?? t("systems.one")}</Link>;
}
