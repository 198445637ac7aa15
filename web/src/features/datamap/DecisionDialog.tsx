// Why a find is rejected or of another category. The reason of the last decision stands there already: a run of alike finds is
// decided with two keys each.
import { Select, TextInput } from "@mantine/core";
import { requestSchema } from "../../api/requestSchema";
import { Dialog } from "../../ui/Dialog";
import type { FieldControl } from "../../ui/form/fields";
import { SchemaForm } from "../../ui/form/SchemaForm";
import { t } from "../../words/words";
import { categoryText, noCategory, useCategories } from "./category";
import type { Change, Words } from "./decisions";

export interface Asked {
  readonly decision: "reject" | "recategorize";
  readonly changes: readonly Change[];
}

interface DecisionDialogProps {
  asked: Asked | null;
  // What was said the last time.
  last: Words;
  onClose: () => void;
  submit: (words: Words) => Promise<unknown>;
}

export function DecisionDialog({ asked, last, onClose, submit }: DecisionDialogProps) {
  const count = asked?.changes.length ?? 0;
  return (
    <Dialog
      title={t(asked?.decision === "recategorize" ? "changes.recategorize.title" : "changes.reject.title", { count })}
      opened={asked !== null}
      onClose={onClose}
    >
      {asked !== null && (
        <SchemaForm
          schema={requestSchema(`changes.${asked.decision}`)}
          only={asked.decision === "reject" ? ["reason"] : ["category", "reason"]}
          initial={{ changes: asked.changes.map(({ id }) => id), ...last }}
          labels={{ category: t("fields.category"), reason: t("changes.reason") }}
          custom={{
            category: (field) => <CategoryField key="category" field={field} />,
            reason: (field) => <ReasonField key="reason" field={field} />,
          }}
          submitLabel={t(asked.decision === "reject" ? "changes.reject.submit" : "changes.recategorize.submit")}
          onCancel={onClose}
          submit={(values) => submit(values as Words)}
        />
      )}
    </Dialog>
  );
}

export function CategoryField({ field, withNone = false }: { field: FieldControl; withNone?: boolean }) {
  const { onChange, value, ...rest } = field;
  const categories = useCategories();
  const personal = categories.map(({ key }) => ({ value: key, label: categoryText(categories, key) }));
  const choices = withNone ? [{ value: noCategory, label: t("categories.none") }, ...personal] : personal;
  return (
    <Select
      {...rest}
      searchable
      data={choices}
      value={typeof value === "string" ? value : null}
      onChange={(category) => onChange(category ?? undefined)}
    />
  );
}

function ReasonField({ field }: { field: FieldControl }) {
  const { onChange, value, ...rest } = field;
  return (
    <TextInput
      {...rest}
      description={t("changes.reason.help")}
      value={typeof value === "string" ? value : ""}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
