// Everything that GDPR Art. 30(1) and 30(2) ask of a record, each part with its article. Parts may stay empty: what is missing is named
// afterwards.
import { MultiSelect } from "@mantine/core";
import { requestSchema } from "../../../api/requestSchema";
import type { FieldControl } from "../../../ui/form/fields";
import { SchemaForm } from "../../../ui/form/SchemaForm";
import { t } from "../../../words/words";
import { categoryText, noCategory, useCategories } from "../category";
import { CustomFieldsField } from "../customFields";
import { PersonField } from "../../identity/PersonField";
import { useSystemChoices } from "../system";
import type { ActivityContent } from "./activity";

interface ActivityFormProps {
  initial: Partial<ActivityContent>;
  submitLabel: string;
  submit: (content: ActivityContent) => Promise<unknown>;
  onCancel: () => void;
  onReload?: () => void;
}

export function ActivityForm({ initial, submit, ...rest }: ActivityFormProps) {
  return (
    <SchemaForm
      {...rest}
      schema={requestSchema("activities.create")}
      initial={initial}
      labels={{
        role: t("activities.role"),
        description: t("activity_member.description"),
        steward: t("activity_member.steward"),
      }}
      helps={{ steward: t("activities.steward.help") }}
      custom={{
        data_categories: (field) => <CategoriesField key="data_categories" field={field} />,
        systems: (field) => <SystemsField key="systems" field={field} />,
        steward: (field) => <PersonField key="steward" field={field} />,
        custom_fields: (field) => <CustomFieldsField key="custom_fields" field={field} />,
      }}
      submit={(values) => submit(values as unknown as ActivityContent)}
    />
  );
}

export function CategoriesField({ field }: { field: FieldControl }) {
  const categories = useCategories();
  const choices = categories
    .filter(({ key }) => key !== noCategory)
    .map(({ key }) => ({ value: key, label: categoryText(categories, key) }));
  return <Several field={field} choices={choices} />;
}

function SystemsField({ field }: { field: FieldControl }) {
  return <Several field={field} choices={useSystemChoices()} />;
}

interface SeveralProps {
  field: FieldControl;
  choices: readonly { value: string; label: string }[];
}

function Several({ field, choices }: SeveralProps) {
  const { value, ...rest } = field;
  const chosen = Array.isArray(value) ? (value as string[]) : [];
  // What was chosen and is not offered any more stays until somebody takes it out.
  const unknown = chosen.filter((one) => !choices.some((choice) => choice.value === one));
  const data = [...choices, ...unknown.map((one) => ({ value: one, label: one }))];
  return <MultiSelect {...rest} searchable hidePickedOptions data={data} value={chosen} />;
}
