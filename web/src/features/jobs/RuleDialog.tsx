// When a schedule runs: which fields are asked depends on how it recurs.
import { Select, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api, type Schemas } from "../../api/client";
import { Dialog } from "../../ui/Dialog";
import type { FieldControl } from "../../ui/form/fields";
import { SchemaForm } from "../../ui/form/SchemaForm";
import { say, undoBy } from "../../ui/toasts";
import { nameOf, t } from "../../words/words";
import { fieldsOf, ruleFrom, ruleSchema, valuesOf, weekdayName, type Recurrence } from "./rule";

type Schedule = Schemas["ScheduleInfo"];

export function RuleDialog({ schedule, onClose }: { schedule: Schedule | null; onClose: () => void }) {
  return (
    <Dialog
      title={t("schedules.rule.title", { name: nameOf("job_kind", schedule?.name ?? "") })}
      opened={schedule !== null}
      onClose={onClose}
    >
      {schedule !== null && <ScheduleForm schedule={schedule} onClose={onClose} />}
    </Dialog>
  );
}

function ScheduleForm({ schedule, onClose }: { schedule: Schedule; onClose: () => void }) {
  const queries = useQueryClient();
  const setRule = async (rule: Schemas["ScheduleRule"]) => {
    const params = { path: { name: schedule.name } };
    await answer(api.PATCH("/v1/schedules/{name}", { params, body: { rule } }));
    await queries.invalidateQueries({ queryKey: ["schedules"] });
  };
  const change = async (rule: Schemas["ScheduleRule"]) => {
    await setRule(rule);
    onClose();
    say(
      t("schedules.done.rule"),
      undoBy(() => setRule(schedule.rule)),
    );
  };
  return <RuleForm rule={schedule.rule} submit={change} onCancel={onClose} />;
}

interface RuleFormProps {
  rule: Schemas["ScheduleRule"];
  submit: (rule: Schemas["ScheduleRule"]) => Promise<unknown>;
  onCancel: () => void;
}

export function RuleForm({ rule, submit, onCancel }: RuleFormProps) {
  const [recurrence, setRecurrence] = useState<Recurrence>(rule.recurrence);
  return (
    <SchemaForm
      schema={ruleSchema}
      only={fieldsOf(recurrence)}
      initial={valuesOf(rule)}
      custom={{
        recurrence: (field) => <RecurrenceField key="recurrence" field={field} onChosen={setRecurrence} />,
        weekday: (field) => <WeekdayField key="weekday" field={field} />,
        time: (field) => <TimeField key="time" field={field} />,
      }}
      submitLabel={t("action.save")}
      onCancel={onCancel}
      submit={(values) => submit(ruleFrom(values))}
    />
  );
}

const recurrences: readonly Recurrence[] = ["every_minutes", "daily", "weekly", "monthly"];

function RecurrenceField({ field, onChosen }: { field: FieldControl; onChosen: (recurrence: Recurrence) => void }) {
  const { onChange, value, ...rest } = field;
  return (
    <Select
      {...rest}
      allowDeselect={false}
      data={recurrences.map((recurrence) => ({ value: recurrence, label: t(`recurrence.${recurrence}`) }))}
      value={value as Recurrence}
      onChange={(chosen) => {
        onChange(chosen);
        onChosen(chosen as Recurrence);
      }}
    />
  );
}

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

function WeekdayField({ field }: { field: FieldControl }) {
  const { onChange, value, ...rest } = field;
  return (
    <Select
      {...rest}
      allowDeselect={false}
      data={weekdays.map((day) => ({ value: String(day), label: weekdayName(day) }))}
      value={String(value)}
      onChange={(day) => onChange(Number(day))}
    />
  );
}

function TimeField({ field }: { field: FieldControl }) {
  const { onChange, value, ...rest } = field;
  return (
    <TextInput {...rest} type="time" value={String(value)} onChange={(event) => onChange(event.currentTarget.value)} />
  );
}
