// A form drawn from the API's own schema of a request body. Field names become labels through the catalog ("field.<name>",
// "field.<name>.help"); a screen may draw single fields itself. Refusals appear at the field that the server names.
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useId, useState, type FormEvent, type ReactNode } from "react";
import { problemOf, type Problem } from "../../api/problem";
import { t } from "../../words/words";
import { IconRetry } from "../icons";
import { ProblemCard } from "../ProblemCard";
import { SchemaField, type FieldControl } from "./fields";
import { LeaveGuard } from "./LeaveGuard";
import { cleaned, problemsIn, type Place, type Schema, type Values } from "./schema";
import styles from "./form.module.css";

export interface SchemaFormProps {
  schema: Schema;
  // Which fields, in which order; all of the schema's when left out.
  only?: readonly string[];
  initial?: Values;
  // Where the catalog's label of a field says too little on this screen.
  labels?: Readonly<Record<string, string>>;
  // Help of fields that the catalog does not know.
  helps?: Readonly<Record<string, string>>;
  custom?: Readonly<Record<string, (field: FieldControl) => ReactNode>>;
  submitLabel: string;
  submit: (values: Values) => Promise<unknown>;
  onCancel?: (() => void) | undefined;
  // Loads what someone else has saved meanwhile, after the server refused an outdated version (If-Match).
  onReload?: (() => void) | undefined;
  // For forms with a field as wide as the page.
  wide?: boolean;
}

export function SchemaForm(props: SchemaFormProps) {
  const { schema, initial = {}, submit } = props;
  const [values, setValues] = useState<Values>(initial);
  const [places, setPlaces] = useState<readonly Place[]>([]);
  const prefix = useId();
  const save = useMutation({
    mutationFn: () => submit(cleaned(schema, values)),
    onError: (thrown) => showPlaces(problemOf(thrown).places),
  });

  const showPlaces = (found: readonly Place[]) => {
    setPlaces(found);
    const first = found[0];
    if (first !== undefined) document.getElementById(prefix + first.path)?.focus();
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const found = problemsIn(schema, values);
    showPlaces(found);
    if (found.length === 0) save.mutate();
    else save.reset();
  };
  const names = props.only ?? Object.keys(schema.properties ?? {});
  const dirty = !save.isSuccess && JSON.stringify(values) !== JSON.stringify(initial);

  return (
    <form className={styles.form} data-wide={props.wide} onSubmit={onSubmit} noValidate>
      {save.isError && <Refusal problem={problemOf(save.error)} known={names} onReload={props.onReload} />}
      {names.map((name, index) => (
        <SchemaField
          key={name}
          id={`${prefix}/${name}`}
          name={name}
          schema={schema.properties?.[name] ?? {}}
          required={schema.required?.includes(name) === true}
          value={values[name]}
          errors={places}
          first={index === 0}
          path={`/${name}`}
          label={props.labels?.[name]}
          help={props.helps?.[name]}
          custom={props.custom?.[name]}
          onChange={(value) => setValues((now) => ({ ...now, [name]: value }))}
        />
      ))}
      <div className={styles.buttons}>
        <Button type="submit" loading={save.isPending}>
          {props.submitLabel}
        </Button>
        {props.onCancel !== undefined && (
          <Button variant="default" onClick={props.onCancel}>
            {t("action.cancel")}
          </Button>
        )}
      </div>
      <LeaveGuard active={dirty && !save.isPending} />
    </form>
  );
}

// A refusal that names fields stands at those fields; everything else is said above the form.
function Refusal(props: { problem: Problem; known: readonly string[]; onReload: (() => void) | undefined }) {
  const { problem, known, onReload } = props;
  if (problem.status === 412 && onReload !== undefined) {
    return (
      <div role="alert" className={styles.conflict}>
        <strong>{t("form.conflict")}</strong>
        <p>{t("form.conflict.lead")}</p>
        <Button size="xs" variant="default" leftSection={<IconRetry size={14} />} onClick={onReload}>
          {t("form.conflict.reload")}
        </Button>
      </div>
    );
  }
  const placed =
    problem.places.length > 0 && problem.places.every(({ path }) => known.includes(path.split("/")[1] ?? ""));
  return placed ? null : <ProblemCard problem={problem} />;
}
