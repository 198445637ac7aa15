import { Select, TextInput } from "@mantine/core";
import type { Schemas } from "../../api/client";
import { requestSchema } from "../../api/requestSchema";
import type { FieldControl } from "../../ui/form/fields";
import { SchemaForm } from "../../ui/form/SchemaForm";
import { fromLocal, toLocal } from "../../words/dates";
import { usePeople } from "../identity/people";

type Content = Schemas["TaskContent"];

interface ContentFormProps {
  initial: Content;
  submitLabel: string;
  submit: (content: Content) => Promise<unknown>;
  onCancel?: () => void;
  onReload?: () => void;
}

// What a task asks for; the same when it is made and when it is changed.
export function ContentForm({ initial, submitLabel, submit, onCancel, onReload }: ContentFormProps) {
  return (
    <SchemaForm
      schema={{ ...requestSchema("tasks.edit"), required: ["title"] }}
      only={["title", "description", "assignee", "due", "evidence_needed"]}
      initial={{ ...initial }}
      custom={{
        assignee: (field) => <AssigneeField key="assignee" field={field} />,
        due: (field) => <DueField key="due" field={field} />,
      }}
      submitLabel={submitLabel}
      onCancel={onCancel}
      onReload={onReload}
      submit={(values) => submit({ description: "", evidence_needed: false, ...values } as Content)}
    />
  );
}

export function AssigneeField({ field }: { field: FieldControl }) {
  const people = usePeople();
  const { onChange, value, ...rest } = field;
  return (
    <Select
      {...rest}
      searchable
      clearable
      data={people.map((person) => ({ value: person.id, label: person.name }))}
      value={typeof value === "string" ? value : null}
      onChange={(id) => onChange(id ?? undefined)}
    />
  );
}

// The browser's own picker, in the organization's time zone like every instant on the screen; the API gets an instant in UTC.
function DueField({ field }: { field: FieldControl }) {
  const { onChange, value, ...rest } = field;
  return (
    <TextInput
      {...rest}
      type="datetime-local"
      value={typeof value === "string" ? toLocal(value) : ""}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        onChange(typed === "" ? undefined : fromLocal(typed));
      }}
    />
  );
}
